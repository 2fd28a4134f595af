/** The call itself is wrong, or this machine cannot try any version: nothing was tried. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** An argument is none of those that are known. */
export function badArgument(reason: string): UsageError {
  return new UsageError(
    `${reason}\nUsage: npm run node-versions -- [VERSION…] [--whole] [--linked] [--clean-cache] [--no-deploy] [--shard=PART/PARTS]`,
  );
}

/** A version is not written as one. */
export function notAVersion(text: string): UsageError {
  return badArgument(
    `${JSON.stringify(text)} is not a version of Node.js: write 26, 20.19 or 20.19.6.`,
  );
}

/** npm has no package with the Node.js of a system. */
export function noNodeFor(system: string, known: readonly string[]): UsageError {
  return new UsageError(
    `npm has no package with Node.js for ${system}: run this on one of ${known.join(", ")}.`,
  );
}

/** A program without which no version can be tried. */
export function missingProgram(name: string): UsageError {
  return new UsageError(`${name} is not on the PATH, and every version needs it: install it.`);
}
