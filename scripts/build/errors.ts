/** A value that should go into the bundle is more than data. */
export function notPlainData(value: unknown): Error {
  return new Error(`${String(value)} cannot be bundled as data: export what JSON can say.`);
}

/** A package in the bundle has no licence text. */
export function withoutLicence(name: string): Error {
  return new Error(
    `The package ${name} would be bundled and has no LICENSE, LICENCE or COPYING file: do without it, or ask its authors for one.`,
  );
}

/** A package in the bundle has a licence that ours does not go with. */
export function licenceNotAllowed(name: string, licence: string): Error {
  return new Error(
    `The package ${name} would be bundled and its licence is ${JSON.stringify(licence)}: do without it. Only permissive licences may be in the bundle.`,
  );
}

/** The library would hold a copy of a package instead of importing it. */
export function bundledIntoLibrary(files: readonly string[]): Error {
  return new Error(
    `The library would hold copies of ${files.join(", ")}: declare the package a peer dependency.`,
  );
}

/** A package is no longer what a patch was made for. */
export function patchDoesNotApply(file: string, text: string): Error {
  return new Error(
    `${file} does not have ${JSON.stringify(text)} once: see whether its package still needs the patch.`,
  );
}

/** Something of a chunk is asked for before the chunk is loaded, and is no function. */
export function moreThanFunctions(file: string, name: string): Error {
  return new Error(
    `${name} of ${file} is no function, so it cannot wait until it is called: move it to another file, or the file to an earlier chunk.`,
  );
}
