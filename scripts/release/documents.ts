import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  addressesOf,
  ownerAndName,
  type ProjectManifest,
  registrySource,
} from "../../lib/cli/addresses.js";

/** A version as Semantic Versioning writes it. */
const VERSION = String.raw`\d+\.\d+\.\d+(?:-[\w.-]+)?`;

/**
 * A page with the addresses and the version of this project wherever a reader copies them from: sources for Terraform
 * out of git, registries and archives, what is pushed as an artifact of OCI, what npm installs, what is cloned, and the
 * action of GitHub.
 */
export function withAddresses(page: string, manifest: ProjectManifest): string {
  const { repository, modulesRepository } = addressesOf(manifest);
  const { version } = manifest;
  const pattern = (text: string) => new RegExp(text, "g");
  return page
    .replaceAll(
      pattern(String.raw`git::https://[^\s"?]+?\.git//(modules/[\w/-]+)\?ref=v${VERSION}`),
      (_source, folder) => `git::${repository}.git//${folder}?ref=v${version}`,
    )
    .replaceAll(pattern(String.raw`git\+https://[^\s"]+?\.git\b`), () => `git+${repository}.git`)
    .replaceAll(
      // A clone under the project's own name: pages clone others, too.
      pattern(String.raw`git clone https://[^\s"]+?\.git remotion-lambda-terraform\b`),
      () => `git clone ${repository}.git remotion-lambda-terraform`,
    )
    .replaceAll(
      pattern(String.raw`https://[^\s"]+?/releases/download/v${VERSION}/([\w-]+?)-${VERSION}\.zip`),
      (_archive, name) => `${repository}/releases/download/v${version}/${name}-${version}.zip`,
    )
    .replaceAll(
      pattern(String.raw`(["\`])[\w-]+/remotion-lambda/aws\b`),
      (_source, quote) => `${quote}${registrySource(modulesRepository, "")}`,
    )
    .replaceAll(
      pattern(
        String.raw`("[\w./-]+/remotion-lambda/aws(?://[\w/-]+)?"\n[ #]*version *= "[^"\d]*)${VERSION}`,
      ),
      (_source, rest) => `${rest}${version}`,
    )
    .replaceAll(
      pattern(String.raw`(/[\w-]+:)${VERSION}( [\w-]+?-)${VERSION}(\.zip:archive/zip)`),
      (_pushed, tag, name, rest) => `${tag}${version}${name}${version}${rest}`,
    )
    .replaceAll(
      pattern(String.raw`(oci://[^\s"]+?\?tag=)${VERSION}`),
      (_source, rest) => `${rest}${version}`,
    )
    .replaceAll(
      pattern(`(npx remotion-lambda-terraform@)${VERSION}`),
      (_call, rest) => `${rest}${version}`,
    )
    .replaceAll(
      pattern(String.raw`[\w-]+/[\w.-]+(/\.github/actions/verify@\w+ # v)${VERSION}`),
      (_action, rest) => `${ownerAndName(repository).join("/")}${rest}${version}`,
    );
}

/** The pages that this project's addresses stand in: the README, and the documents but for decisions. */
export function documentsIn(folder: string): string[] {
  const pages = readdirSync(join(folder, "docs")).filter((name) => name.endsWith(".md"));
  return ["README.md", ...pages.map((name) => `docs/${name}`)];
}

/**
 * Brings the pages of a clone up to its `package.json`.
 *
 * @returns the pages that have changed
 */
export function writeAddresses(folder: string): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return documentsIn(folder).filter((page) => {
    const path = join(folder, page);
    const before = readFileSync(path, "utf8");
    const after = withAddresses(before, manifest);
    if (after !== before) {
      writeFileSync(path, after);
    }
    return after !== before;
  });
}
