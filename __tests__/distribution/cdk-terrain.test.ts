import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { SUCCESSORS } from "../../scripts/cdk-terrain/packages.js";
import { builtPackage } from "../support/built-package.js";
import { REPOSITORY } from "../support/repository.js";
import { unpack } from "./support/tarball.js";

/*
 * `remotion-lambda-terraform/cdktn` as it is packed, where CDK Terrain is not at hand. `npm run check-terrain`
 * synthesizes with CDK Terrain itself.
 */

const PACKAGE = "remotion-lambda-terraform";

/** What code and types of the entry may import of others: CDK Terrain, constructs, and one class of bindings at a time. */
const ALLOWED = /^(cdktn|constructs|@cdktn\/provider-aws\/lib\/[a-z-]+\/index\.js)$/;

let tarball = "";
let folder = "";
beforeAll(async () => {
  ({ tarball, folder } = await builtPackage());
});

/** Says what an entry exports. */
const PRINT = "console.log(Object.keys(all).sort().join())";

describe.each([
  { system: "esm", print: (entry: string) => `import * as all from "${entry}"; ${PRINT};` },
  { system: "cjs", print: (entry: string) => `const all = require("${entry}"); ${PRINT};` },
])("the entry for CDK Terrain, $system", ({ system, print }) => {
  const fileOf = (name: string) => join(folder, "dist", system, name);

  it("imports CDK Terrain, and of ours what knows no framework", async () => {
    const { ours, packages } = await importsOf(fileOf("cdktn.js"));

    expect(packages.filter((name) => !ALLOWED.test(name))).toEqual([]);
    expect(packages).toEqual(expect.arrayContaining(["cdktn", "constructs"]));
    expect(ours).toEqual([fileOf("cdktn.js"), fileOf("shared.js")]);
    expect((await importsOf(fileOf("shared.js"))).packages).toEqual([]);
  });

  it("imports what the main entry does, under its successor's name", async () => {
    const { packages } = await importsOf(fileOf("index.js"));

    expect(packages).not.toEqual([]);
    expect((await importsOf(fileOf("cdktn.js"))).packages).toEqual(packages.map(renamed).sort());
  });

  it("declares types with CDK Terrain's, and with no other", () => {
    const [main, terrain] = ["index.d.ts", "cdktn.d.ts"].map((name) => typesOf(fileOf(name)));

    expect(terrain?.packages.filter((name) => !ALLOWED.test(name))).toEqual([]);
    expect(terrain?.packages).toEqual(main?.packages.map(renamed).sort());
    expect(terrain?.packages).toContain("cdktn");
    expect(terrain?.names).toEqual(main?.names);
    expect(terrain?.names).toContain("type RemotionUserProps");
    expect(terrain?.files).toHaveLength(main?.files.length ?? 0);
  });

  it("ships no declaration that no entry needs", () => {
    const needed = ["index.d.ts", "policies.d.ts", "cdktn.d.ts"].flatMap(
      (name) => typesOf(fileOf(name)).files,
    );
    const shipped = readdirSync(join(folder, "dist", system), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".d.ts"))
      .map(fileOf);

    expect(shipped.sort()).toEqual([...new Set(needed)].sort());
  });

  it("exports what the main entry does", () => {
    const both = SUCCESSORS.flatMap(({ from, to }) =>
      [from, to].map((name) => [name, from] as const),
    );
    const run = (entry: string) => runInProject(both, system, print(entry));
    const main = run(PACKAGE);

    expect(main).toMatchObject({ status: 0, stderr: "" });
    expect(main.stdout).toContain("RemotionUser");
    expect(run(`${PACKAGE}/cdktn`)).toEqual(main);
  });

  it.each([
    { entry: PACKAGE, installed: "cdktn", missing: "cdktf" },
    { entry: `${PACKAGE}/cdktn`, installed: "cdktf", missing: "cdktn" },
  ])(
    "has Node.js say what is missing: $entry asks for $missing, and not for $installed",
    ({ entry, installed, missing }) => {
      const packages = SUCCESSORS.flatMap(({ from, to }) =>
        [from, to].filter((name) => name.includes(installed)).map((name) => [name, from] as const),
      );
      const { status, stderr } = runInProject(packages, system, print(entry));

      expect(packages).toHaveLength(2);
      expect(status).toBe(1);
      expect(stderr).toMatch(
        new RegExp(`^Error.*: Cannot find (?:package|module) '${missing}'`, "m"),
      );
      expect(stderr).toMatch(/code: '(?:ERR_)?MODULE_NOT_FOUND'/);
      expect(stderr).not.toContain(`'${installed}'`);
    },
  );
});

/** The name of a package, or of a part of one, with its successor in its place. */
function renamed(specifier: string): string {
  return SUCCESSORS.reduce(
    (name, { from, to }) => (`${name}/`.startsWith(`${from}/`) ? name.replace(from, to) : name),
    specifier,
  );
}

/** What a file of code imports, and what that does: files by their paths, packages by their specifiers; sorted. */
async function importsOf(file: string): Promise<{ ours: string[]; packages: string[] }> {
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: [file],
    bundle: true,
    packages: "external",
    platform: "node",
    write: false,
    metafile: true,
    outdir: folder,
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  return {
    ours: Object.keys(metafile.inputs)
      .map((path) => join(folder, path))
      .sort(),
    packages: [
      ...new Set(imports.filter(({ external }) => external).map(({ path }) => path)),
    ].sort(),
  };
}

/** What a file of declarations exports by itself, and what it and those that it imports ask for; sorted. */
function typesOf(file: string): { names: string[]; packages: string[]; files: string[] } {
  const files = new Map<string, readonly string[]>();
  const waiting = [file];
  for (const path of waiting) {
    if (!files.has(path)) {
      const text = readFileSync(path, "utf8").replace(/\/\*.*?\*\//gs, "");
      const specifiers = [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)"([^"]+)"/g)].map(
        ([, specifier = ""]) => specifier,
      );
      files.set(path, specifiers);
      const ours = specifiers.filter((specifier) => specifier.startsWith("."));
      waiting.push(...ours.map((own) => join(dirname(path), own.replace(/\.js$/, ".d.ts"))));
    }
  }
  const entry = readFileSync(file, "utf8");
  const names = [...entry.matchAll(/^export (type )?\{([^}]*)\}/gm)].flatMap(
    ([, kind = "", list = ""]) =>
      list
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "")
        .map((name) => kind + name),
  );
  const packages = [...files.values()].flat().filter((specifier) => !specifier.startsWith("."));
  return { names: names.sort(), packages: [...new Set(packages)].sort(), files: [...files.keys()] };
}

/** Runs code where this package is installed, and these: the name that each has there → by which it is found here. */
function runInProject(
  packages: readonly (readonly [string, string])[],
  system: string,
  code: string,
) {
  const project = mkdtempSync(join(tmpdir(), "cdk-terrain-"));
  try {
    const installed = (name: string) => join(project, "node_modules", name);
    unpack(tarball, installed(PACKAGE));
    for (const [name, here] of [...packages, ["constructs", "constructs"] as const]) {
      mkdirSync(dirname(installed(name)), { recursive: true });
      symlinkSync(join(REPOSITORY, "node_modules", here), installed(name));
    }
    const type = system === "esm" ? "module" : "commonjs";
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [`--input-type=${type}`, "--eval", code],
      { cwd: project, encoding: "utf8" },
    );
    return { status, stdout, stderr };
  } finally {
    rmSync(project, { recursive: true });
  }
}
