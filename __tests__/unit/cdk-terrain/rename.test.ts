import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXACT, newestRanges } from "../../../scripts/cdk-terrain/packages.js";
import { renamedManifest, renameImports } from "../../../scripts/cdk-terrain/rename.js";
import { REPOSITORY, sourceFiles } from "../support/source-files.js";

describe("renaming the imports of a file", () => {
  const renamed: Record<string, readonly [string, string]> = {
    "the framework": ['import { App } from "cdktf";', 'import { App } from "cdktn";'],
    types: ['import type { App } from "cdktf";', 'import type { App } from "cdktn";'],
    "several lines": [
      'import {\n  App,\n  type IResolvable,\n} from "cdktf";',
      'import {\n  App,\n  type IResolvable,\n} from "cdktn";',
    ],
    "a part of the framework": ['import x from "cdktf/lib/x";', 'import x from "cdktn/lib/x";'],
    "one class of the bindings": [
      'import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";',
      'import { IamRole } from "@cdktn/provider-aws/lib/iam-role/index.js";',
    ],
    "an export": ['export { App } from "cdktf";', 'export { App } from "cdktn";'],
    "an import for its effect": ['import "cdktf";', 'import "cdktn";'],
    "a late import": ['await import("cdktf");', 'await import("cdktn");'],
    "each of several": [
      'import "./a.js";\nimport { A } from "cdktf";\nimport { B } from "@cdktf/provider-aws/b.js";\n',
      'import "./a.js";\nimport { A } from "cdktn";\nimport { B } from "@cdktn/provider-aws/b.js";\n',
    ],
  };

  it.each(Object.entries(renamed))("renames %s", (_case, [before, after]) => {
    expect(renameImports(before)).toBe(after);
  });

  const kept: Record<string, string> = {
    "a comment": "/** `cdktf deploy` reads cdktf.json. */",
    "a message": 'throw new Error("context.backend in cdktf.json is not one");',
    "a text": 'const name = "cdktf";',
    "a file of ours": 'import { x } from "./cdktf.js";',
    "a package with a longer name": 'import x from "cdktf-cli";',
    "bindings of another provider": 'import x from "@cdktf/provider-awscc/lib/x.js";',
    "the parser of HCL, which has no part in generating":
      'import { parse } from "@cdktf/hcl2json";',
    constructs: 'import { Construct } from "constructs";',
  };

  it.each(Object.entries(kept))("leaves %s alone", (_case, text) => {
    expect(renameImports(text)).toBe(text);
  });

  it("changes nothing the second time", () => {
    for (const [, after] of Object.values(renamed)) {
      expect(renameImports(after)).toBe(after);
    }
  });
});

describe("the program", () => {
  const files = sourceFiles().filter(({ path }) => /\.m?ts$/.test(path));
  const textOf = (path: string) => readFileSync(join(REPOSITORY, path), "utf8");

  it("is renamed in the files that import CDKTF, line by line, and in no other", () => {
    const importing = files.filter(({ imports }) =>
      imports.some(({ specifier }) => /^(cdktf|@cdktf\/provider-aws)(\/|$)/.test(specifier)),
    );
    const changed = files.filter(({ path }) => renameImports(textOf(path)) !== textOf(path));

    expect(changed).not.toEqual([]);
    expect(changed.map(({ path }) => path)).toEqual(importing.map(({ path }) => path));
    for (const { path, imports } of changed) {
      const before = textOf(path).split("\n");
      const lines = renameImports(textOf(path))
        .split("\n")
        .filter((line, index) => line !== before[index]);
      expect(lines).toHaveLength(
        imports.filter(({ specifier }) => /^@?cdktf/.test(specifier)).length,
      );
      expect(lines.join("\n")).not.toMatch(/"@?cdktf/);
    }
  });
});

describe("package.json of the copy", () => {
  it("names what generating needs: the successors exactly, the others as here, and no more", () => {
    const manifest = renamedManifest(
      JSON.stringify({
        name: "x",
        version: "1.2.3",
        license: "Apache-2.0",
        scripts: { postinstall: "exit 1" },
        dependencies: { cdktf: "^0.21.0", constructs: "^10.4.2", diff: "^8.0.4", yargs: "^18" },
        devDependencies: { tsx: "^4", "@types/node": "^20", "@types/yargs": "^17", vitest: "^4" },
      }),
      { cdktn: "0.24.0", "@cdktn/provider-aws": "25.5.0" },
    );

    expect(JSON.parse(manifest)).toEqual({
      name: "x",
      version: "1.2.3",
      license: "Apache-2.0",
      private: true,
      type: "module",
      dependencies: {
        cdktn: "0.24.0",
        "@cdktn/provider-aws": "25.5.0",
        constructs: "10.7.2",
        diff: "^8.0.4",
        tsx: "^4",
        yargs: "^18",
        "@types/node": "^20",
        "@types/yargs": "^17",
      },
    });
  });

  it("has every package that the program imports", () => {
    const { dependencies } = JSON.parse(renamedManifest(textOfManifest(), EXACT));
    const packages = sourceFiles()
      .flatMap(({ imports }) => imports)
      .filter(({ file, specifier }) => file === undefined && !specifier.startsWith("node:"))
      .map(({ specifier }) => renameImports(`import "${specifier}";`).split('"')[1] ?? "")
      .map((specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0]);

    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining([...new Set(packages)]));
  });
});

describe("the newest packages of CDK Terrain", () => {
  it("are those that package.json takes as peers, the exact ones among them", () => {
    expect(newestRanges(textOfManifest())).toEqual({
      cdktn: "^0.24.0",
      "@cdktn/provider-aws": "^25.5.0",
    });
    expect(EXACT).toEqual({ cdktn: "0.24.0", "@cdktn/provider-aws": "25.5.0" });
  });
});

function textOfManifest(): string {
  return readFileSync(join(REPOSITORY, "package.json"), "utf8");
}
