/** The call itself is wrong: the command line ends with 2 and not with 1. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A module was asked for that is not published. */
export function unknownModule(name: string, known: readonly string[]): UsageError {
  return new UsageError(`There is no module "${name}". Choose among ${known.join(", ")}.`);
}

/** An option's value breaks the rule for it. */
export function invalidOption(
  option: string,
  value: string,
  rule: { readonly subject: string; readonly requirement: string },
): UsageError {
  return new UsageError(
    `--${option} is ${JSON.stringify(value)}, which is not ${rule.subject}: ${rule.requirement}`,
  );
}

/** An option that takes one value was given several. */
export function repeatedOption(option: string, values: readonly unknown[]): UsageError {
  return new UsageError(
    `--${option} is given ${values.length} times (${values.join(", ")}): give it once.`,
  );
}

/** Buckets were given for a policy that grants none. */
export function bucketsNotForUser(): UsageError {
  return new UsageError(
    "--output-bucket does not apply to the policy of the user: remotion-lambda-role writes every video, so give it to `policy role`.",
  );
}

/** Files in the output folder are not as the generator left them. */
export function editedByHand(out: string, files: readonly string[]): Error {
  return new Error(
    [
      `Not written, because ${files.length === 1 ? "this file was" : "these files were"} changed by hand since the last run, or made by something else:`,
      ...files.map((file) => `  ${out}/${file}`),
      "Move the change into the source and run again, or overwrite it with --force.",
    ].join("\n"),
  );
}

/** A path in the output folder leads out of it. */
export function outsideOutput(out: string, file: string): Error {
  return new Error(
    `Not written, because ${out}/${file} is, or lies behind, a symbolic link: the generator writes inside ${out} only. Remove the link, or name the folder itself with --out.`,
  );
}

/** The output folder is a file. */
export function outputNotFolder(out: string): UsageError {
  return new UsageError(`--out is ${JSON.stringify(out)}, which is a file: name a folder.`);
}

/** The generator's record of its own files cannot be read. */
export function unreadableManifest(path: string): Error {
  return new Error(
    `${path} is not the record that this program writes: restore it, or delete it and run again with --force.`,
  );
}

/** A principal has no profile of that name. */
export function profileNotFor(
  principal: string,
  profile: string,
  profiles: readonly string[],
): UsageError {
  return new UsageError(
    `--profile is "${profile}", and ${principal} have ${profiles.join(", ")}: give one of these.`,
  );
}

/** A file cannot be opened. */
export function unreadableInput(file: string, cause: string): UsageError {
  return new UsageError(`${file} cannot be read (${cause}): name a file, or - for standard input.`);
}
