/** `context.backend` in `cdktf.json` is not a backend that the stack knows. */
export function invalidBackend(value: unknown): Error {
  return new Error(
    `context.backend in cdktf.json is ${JSON.stringify(value)}: give "local", "none", { "type": "s3", "bucket": …, "key": …, "region": … } or { "type": "cloud", "organization": …, "workspace": … }.`,
  );
}

/** A backend lacks an argument. */
export function missingBackendArgument(type: string, name: string): Error {
  return new Error(
    `context.backend in cdktf.json is of type "${type}" and has no "${name}": a string is needed there.`,
  );
}

/** `cdktf.json` cannot be read. */
export function unreadableCdktfJson(file: string, cause: string): Error {
  return new Error(`${file} cannot be read (${cause}): write JSON there, or remove the file.`);
}
