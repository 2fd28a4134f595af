import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { type Lock, sbomOf } from "../../../scripts/release/sbom.js";
import { REPOSITORY } from "../../support/repository.js";

const readJson = (path: string) => JSON.parse(readFileSync(path, "utf8"));

const LIBRARY = dirname(
  createRequire(import.meta.url).resolve("@cyclonedx/cyclonedx-library/package.json"),
);
const schema = (name: string) =>
  readJson(join(LIBRARY, "res", "schema", `${name}.SNAPSHOT.schema.json`));

const MANIFEST = readJson(join(REPOSITORY, "package.json"));
const LOCK: Lock = readJson(join(REPOSITORY, "package-lock.json"));
const BUNDLED = ["yargs", "diff"].map((name) => ({
  name,
  version: LOCK.packages[`node_modules/${name}`]?.version ?? "",
  licence: "MIT",
  text: "",
}));

/** CycloneDX's own schema, which its library carries. */
function validator() {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  // Neither is in this bill.
  for (const format of ["idn-email", "iri-reference"]) {
    ajv.addFormat(format, true);
  }
  for (const name of ["spdx", "jsf-0.82"]) {
    ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(schema("bom-1.6"));
}

describe("the bill of materials", () => {
  const bill = () => JSON.parse(sbomOf(MANIFEST, BUNDLED, LOCK));

  it("is valid by CycloneDX's schema", () => {
    const validate = validator();

    expect(validate(bill()), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...bill(), serialNumber: "urn:uuid:none" })).toBe(false);
    expect(validate({ ...bill(), components: [{ type: "library" }] })).toBe(false);
  });

  it("has what is bundled, and the peers, each with its version, licence and sum", () => {
    const components = bill().components as readonly Record<string, unknown>[];
    const peers = Object.keys(MANIFEST.peerDependencies);

    expect(
      components.map(
        ({ group, name, scope }) => `${[group, name].filter(Boolean).join("/")} ${scope}`,
      ),
    ).toEqual([
      "@cdktf/provider-aws optional",
      "@cdktn/provider-aws optional",
      "cdktf optional",
      "cdktn optional",
      "constructs optional",
      "diff required",
      "yargs required",
    ]);
    expect(peers).toHaveLength(5);
    for (const { version, licenses, hashes, purl } of components) {
      expect(version).toMatch(/^\d/);
      expect(licenses).toHaveLength(1);
      expect(hashes).toEqual([
        { alg: "SHA-512", content: expect.stringMatching(/^[0-9a-f]{128}$/) },
      ]);
      expect(purl).toMatch(/^pkg:npm\/.+@\d/);
    }
  });

  it("is the same text every time, with a serial number of what it says", () => {
    const other = sbomOf({ ...MANIFEST, version: "9.9.9" }, BUNDLED, LOCK);

    expect(sbomOf(MANIFEST, [...BUNDLED].reverse(), LOCK)).toBe(sbomOf(MANIFEST, BUNDLED, LOCK));
    expect(JSON.parse(other).serialNumber).not.toBe(bill().serialNumber);
    expect(bill().metadata.timestamp).toBeUndefined();
  });

  it("is not made of a package that nobody has locked", () => {
    const unknown = [{ name: "yargs", version: "1.0.0", licence: "MIT", text: "" }];

    expect(() => sbomOf(MANIFEST, unknown, LOCK)).toThrow(
      "yargs 1.0.0 is in the package, and package-lock.json does not have it",
    );
  });
});
