import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { licenceNotAllowed, withoutLicence } from "./errors.js";
import { REPOSITORY } from "./repository.js";

/** Licences that ask for no more than that their text goes along. */
const ALLOWED = new Set(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0"]);

/**
 * What a package holds by others: where it is compiled, its sources lose the notice, and its licence names
 * its own authors alone.
 */
const WITHIN = new Map([
  [
    "yargs",
    "build/lib/utils/levenshtein.js: Copyright (c) 2011 Andrei Mackenzie, under the same terms.",
  ],
]);

/** A package whose code is bundled. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As SPDX names it. */
  readonly licence: string;
  /** Of the licence. */
  readonly text: string;
}

/**
 * All packages that files belong to, by name and version.
 *
 * @param files relative to the repository
 * @throws when a package has no licence text, or a licence that may not be bundled
 */
export function bundledPackages(files: readonly string[]): BundledPackage[] {
  const folders = new Set(files.flatMap((file) => packageFolder(file) ?? []));
  return [...folders]
    .map((folder) => readPackage(join(REPOSITORY, folder)))
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** The names, versions and licences of packages, as a text for a reader. */
export function licencesOf(packages: readonly BundledPackage[]): string {
  const sections = packages.map(({ name, version, licence, text }) =>
    [
      [RULE, `${name} ${version} (${licence})`, RULE, "", text.trim()].join("\n"),
      ...(WITHIN.has(name) ? [WITHIN.get(name)] : []),
    ].join("\n\n"),
  );
  return `${[HEAD, ...sections].join("\n\n")}\n`;
}

const HEAD = "The command line holds code of the following packages. Their licences follow.";

const RULE = "-".repeat(80);

/** `node_modules/yargs/node_modules/string-width` for a file in it. */
function packageFolder(file: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

/** Reads what a package says of itself. @throws when it may not be bundled */
export function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const licence = typeof license === "string" ? license : JSON.stringify(license ?? "none");
  if (!ALLOWED.has(licence)) {
    throw licenceNotAllowed(name, licence);
  }
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)([.-]|$)/i.test(entry));
  if (file === undefined) {
    throw withoutLicence(name);
  }
  return { name, version, licence, text: readFileSync(join(folder, file), "utf8") };
}
