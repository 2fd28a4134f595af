import { posix } from "node:path";

/** A repository as the Terraform registry sees it. */
export interface RegistryRepository {
  readonly name: string;
  readonly tags: readonly string[];
  /** Path → text. */
  readonly files: ReadonlyMap<string, string>;
}

const STRUCTURE = ["main.tf", "variables.tf", "outputs.tf", "README.md"];

/**
 * What keeps a repository from being published as a module, or makes less of it than the registry shows.
 *
 * @see https://developer.hashicorp.com/terraform/registry/modules/publish#requirements
 * @see https://developer.hashicorp.com/terraform/language/modules/develop/structure
 */
export function registryProblems({ name, tags, files }: RegistryRepository): string[] {
  const folders = new Set([...files.keys()].map((file) => posix.dirname(file)));
  const below = (folder: string) =>
    [...folders].filter((path) => posix.dirname(path) === folder).sort();
  const missing = (folder: string, wanted: readonly string[]) =>
    wanted
      .map((file) => posix.join(folder, file))
      .filter((file) => !files.get(file)?.trim())
      .map((file) => `${file} is missing or empty`);
  return [
    ...(/^terraform-[a-z0-9]+-[a-z0-9]+(-[a-z0-9]+)*$/.test(name)
      ? []
      : [`${name} is not terraform-PROVIDER-NAME`]),
    ...(tags.some((tag) => /^v?\d+\.\d+\.\d+(-[\w.-]+)?$/.test(tag))
      ? []
      : ["no tag is a semantic version"]),
    ...missing("", [...STRUCTURE, "LICENSE", "CHANGELOG.md"]),
    ...(below("modules").length > 0 ? [] : ["there is no module below modules"]),
    ...below("modules").flatMap((folder) => missing(folder, [...STRUCTURE, "LICENSE"])),
    ...(below("examples").length > 0 ? [] : ["there is no example below examples"]),
    ...below("examples").flatMap((folder) => missing(folder, ["main.tf", "README.md"])),
    ...[...files].flatMap(([file, text]) => [
      ...sourceProblems(file, text, files),
      ...descriptionProblems(file, text),
    ]),
  ];
}

/** Modules are called where they lie in the tree, and a module calls none outside of it. */
function sourceProblems(file: string, text: string, files: ReadonlyMap<string, string>): string[] {
  if (!file.endsWith(".tf")) {
    return [];
  }
  const sources = text.matchAll(/^ {2}source\s*= "(\.{1,2}(?:\/[^"]*)?)"$/gm);
  return Array.from(sources, ([, source = ""]) => source)
    .filter((source) => !files.has(posix.join(posix.dirname(file), source, "main.tf")))
    .map((source) => `${file} calls ${source}, where no module is`);
}

/** The registry lists inputs and outputs with their descriptions. */
function descriptionProblems(file: string, text: string): string[] {
  if (!/^(?:modules\/[^/]+\/)?(?:variables|outputs)\.tf$/.test(file)) {
    return [];
  }
  const blocks = text.matchAll(/^(?:variable|output) "(\w+)" \{\n(.*?)^\}/gms);
  return Array.from(blocks)
    .filter(([, , body = ""]) => !/^ {2}description +=/m.test(body))
    .map(([, name = ""]) => `${file}: ${name} has no description`);
}
