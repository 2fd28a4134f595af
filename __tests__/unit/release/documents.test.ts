import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  addressesOf,
  isPlaceholder,
  type ProjectManifest,
  registrySource,
} from "../../../lib/cli/addresses.js";
import { documentsIn, withAddresses } from "../../../scripts/release/documents.js";
import { REPOSITORY } from "../../support/repository.js";

const MANIFEST: ProjectManifest = {
  version: "1.2.3",
  repository: { url: "git+https://github.com/acme/rlt.git" },
  modulesRepository: "https://github.com/acme-modules/terraform-aws-remotion-lambda",
};

const own = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as ProjectManifest;

describe("the addresses of this project", () => {
  it("are two values of package.json", () => {
    expect(addressesOf(MANIFEST)).toEqual({
      repository: "https://github.com/acme/rlt",
      modulesRepository: "https://github.com/acme-modules/terraform-aws-remotion-lambda",
    });
  });

  it("make the module's name in the registry", () => {
    expect(registrySource(MANIFEST.modulesRepository, "")).toBe("acme-modules/remotion-lambda/aws");
    expect(registrySource(MANIFEST.modulesRepository, "modules/x")).toBe(
      "acme-modules/remotion-lambda/aws//modules/x",
    );
  });

  it.each<[string, boolean]>([
    ["https://example.com/OWNER/x", true],
    ["https://git.example.org/OWNER/x", true],
    ["https://github.com/acme/x", false],
    ["https://counterexample.com/acme/x", false],
    ["https://github.com/example.com/x", false],
  ])("%s is a placeholder: %s", (address, expected) => {
    expect(isPlaceholder(address)).toBe(expected);
  });

  it.each<[string, string, string]>([
    [
      "a source out of git",
      'source = "git::https://example.com/OWNER/x.git//modules/json/remotion-user?ref=v0.1.0"',
      'source = "git::https://github.com/acme/rlt.git//modules/json/remotion-user?ref=v1.2.3"',
    ],
    [
      "a source out of the registry",
      'source  = "OWNER/remotion-lambda/aws//modules/remotion-user"\n  version = "~> 0.1.0"',
      'source  = "acme-modules/remotion-lambda/aws//modules/remotion-user"\n  version = "~> 1.2.3"',
    ],
    [
      "a source out of an archive",
      "https://example.com/OWNER/x/releases/download/v0.1.0/remotion-user-0.1.0.zip//remotion-user",
      "https://github.com/acme/rlt/releases/download/v1.2.3/remotion-user-1.2.3.zip//remotion-user",
    ],
    [
      "npm's from git",
      "`npm install git+https://example.com/OWNER/x.git`, which",
      "`npm install git+https://github.com/acme/rlt.git`, which",
    ],
    [
      "a clone",
      "git clone https://example.com/OWNER/x.git remotion-lambda-terraform && cd",
      "git clone https://github.com/acme/rlt.git remotion-lambda-terraform && cd",
    ],
    [
      "such a source in a comment, and in a sentence",
      '# source  = "OWNER/remotion-lambda/aws"\n  # version = "0.1.0"\n`OWNER/remotion-lambda/aws//modules/x`',
      '# source  = "acme-modules/remotion-lambda/aws"\n  # version = "1.2.3"\n`acme-modules/remotion-lambda/aws//modules/x`',
    ],
    [
      "a version in a registry of one's own",
      'source  = "registry.example.com/acme/remotion-lambda/aws"\n  version = "~> 0.1.0"',
      'source  = "registry.example.com/acme/remotion-lambda/aws"\n  version = "~> 1.2.3"',
    ],
    [
      "what is pushed as an artifact of OCI",
      "oci.example.com/acme/remotion-user:0.1.0 remotion-user-0.1.0.zip:archive/zip",
      "oci.example.com/acme/remotion-user:1.2.3 remotion-user-1.2.3.zip:archive/zip",
    ],
    [
      "a source out of such an artifact",
      '"oci://oci.example.com/acme/remotion-user//json/remotion-user?tag=0.1.0"',
      '"oci://oci.example.com/acme/remotion-user//json/remotion-user?tag=1.2.3"',
    ],
    [
      "the command line of one version",
      "npx remotion-lambda-terraform@0.1.0 generate",
      "npx remotion-lambda-terraform@1.2.3 generate",
    ],
    [
      "the action",
      "- uses: OWNER/x/.github/actions/verify@COMMIT # v0.1.0",
      "- uses: acme/rlt/.github/actions/verify@COMMIT # v1.2.3",
    ],
  ])("are put into a page: %s", (_name, before, after) => {
    expect(withAddresses(before, MANIFEST)).toBe(after);
    expect(withAddresses(after, MANIFEST)).toBe(after);
  });

  it("leave other addresses as they are", () => {
    const page =
      "git::https://github.com/hashicorp/x.git?ref=v1.0.0 git clone https://github.com/hashicorp/x.git uses: actions/checkout@v5 4.0.417 https://registry.terraform.io/x";

    expect(withAddresses(page, MANIFEST)).toBe(page);
  });

  it("stand in this repository's pages as in its package.json, or `npm run write-addresses` writes them", () => {
    const pages = documentsIn(REPOSITORY).map((page) => ({
      page,
      text: readFileSync(join(REPOSITORY, page), "utf8"),
    }));
    const stale = pages.filter(({ text }) => withAddresses(text, own) !== text);
    const printing = pages.filter(({ text }) => withAddresses(text, MANIFEST) !== text);

    expect(stale.map(({ page }) => page)).toEqual([]);
    const known = [
      "README.md",
      "docs/CDKTF.md",
      "docs/CI.md",
      "docs/COMMAND-LINE.md",
      "docs/MODULES.md",
      "docs/SOURCES.md",
    ];
    expect(printing.map(({ page }) => page)).toEqual(expect.arrayContaining(known));
    // A placeholder or an address of this project that no rule knows would stay when the address changes.
    const { repository } = addressesOf(own);
    for (const { page, text } of pages) {
      expect(withAddresses(text, MANIFEST), page).not.toContain(repository);
    }
  });
});
