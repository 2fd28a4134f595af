import { readdirSync, readFileSync } from "node:fs";
import { type Addresses, addressesOf, type ProjectManifest } from "./addresses.js";

const ROOT = new URL("../../", import.meta.url);

const textOf = (path: string) => readFileSync(new URL(path, ROOT), "utf8");

const manifest = JSON.parse(textOf("package.json")) as ProjectManifest;

/** What a registry's tree holds beside the modules. */
export interface RegistryDocuments {
  readonly version: string;
  readonly addresses: Addresses;
  /** Path in this repository → text. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * What a registry's tree holds beside the modules, as it is in this repository. The build takes this value, which is
 * plain JSON, in place of this file.
 */
export const REGISTRY_DOCUMENTS: RegistryDocuments = {
  version: manifest.version,
  addresses: addressesOf(manifest),
  files: Object.fromEntries(
    ["CHANGELOG.md", ...exampleFiles()].map((path) => [path, textOf(path)]),
  ),
};

/** The files of the examples, without what Terraform leaves where it was run. */
function exampleFiles(): string[] {
  return readdirSync(new URL("examples/", ROOT), { recursive: true, encoding: "utf8" })
    .map((path) => `examples/${path.replaceAll("\\", "/")}`)
    .filter(
      (path) =>
        !path.includes("/.terraform") &&
        /\/(README\.md|[^/]+\.(tf|tftest\.hcl|tofutest\.hcl))$/.test(path),
    )
    .sort();
}
