import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { CHUNKS } from "../../scripts/build/chunks.js";
import { REPOSITORY, type SourceFile, sourceFiles } from "./support/source-files.js";

/*
 * Facts → documents → constructs → stacks → editions → files: who may import whom. What a layer is
 * not given here, it does without.
 */
interface Layer {
  /** Layers beside its own that it may import. */
  readonly layers: readonly string[];
  /** Packages that it may import; `node:` stands for all of Node.js. */
  readonly packages: readonly string[];
}

const CDKTF = ["cdktf", "constructs"];

const LAYERS: Record<string, Layer> = {
  "lib/json": { layers: [], packages: ["node:"] },
  "lib/iam": { layers: ["lib/json"], packages: ["node:"] },
  "lib/remotion": { layers: ["lib/iam"], packages: [] },
  // What every page is made of; the build takes what esbuild makes of its script in place of the file that asks for it.
  "lib/html": { layers: [], packages: ["node:", "esbuild"] },
  "lib/upstream": { layers: ["lib/iam", "lib/remotion"], packages: ["node:"] },
  // Values that are not all told, and what Terraform's expressions make of them.
  "lib/terraform-expression": { layers: ["lib/json"], packages: [] },
  // What principals are read from; in lib/terraform is also what all readers share.
  "lib/terraform": { layers: ["lib/json", "lib/iam", "lib/terraform-expression"], packages: [] },
  // A synthesized stack, whose expressions it works out.
  "lib/terraform-configuration": {
    layers: ["lib/json", "lib/iam", "lib/terraform-expression", "lib/terraform"],
    packages: [],
  },
  "lib/aws-account": {
    layers: ["lib/json", "lib/iam", "lib/terraform-expression", "lib/terraform"],
    packages: [],
  },
  // Handed to lib/reading by the command line, with the values of parameters.
  "lib/cloudformation": {
    layers: ["lib/json", "lib/iam", "lib/terraform-expression", "lib/terraform"],
    packages: ["yaml", "node:"],
  },
  // Chooses among the readers by what a file holds.
  "lib/reading": {
    layers: [
      "lib/json",
      "lib/iam",
      "lib/terraform-expression",
      "lib/terraform",
      "lib/terraform-configuration",
      "lib/aws-account",
      "lib/cloudformation",
    ],
    packages: [],
  },
  "lib/verify": {
    layers: ["lib/json", "lib/iam", "lib/remotion", "lib/terraform", "lib/html"],
    packages: [],
  },
  "lib/denied": { layers: ["lib/json", "lib/iam", "lib/remotion", "lib/deployer"], packages: [] },
  "lib/deployer": { layers: ["lib/iam", "lib/remotion"], packages: [] },
  "lib/adoption": {
    layers: [
      "lib/json",
      "lib/iam",
      "lib/remotion",
      "lib/terraform",
      "lib/aws-account",
      "lib/reading",
    ],
    packages: [],
  },
  "lib/constructs": {
    layers: ["lib/iam", "lib/remotion"],
    packages: [...CDKTF, "@cdktf/provider-aws"],
  },
  "lib/module": { layers: [], packages: CDKTF },
  stacks: {
    layers: ["lib/iam", "lib/remotion", "lib/deployer", "lib/constructs", "lib/module"],
    packages: [...CDKTF, "@cdktf/provider-aws", "node:"],
  },
  "lib/cli": {
    layers: [
      "lib/json",
      "lib/iam",
      "lib/remotion",
      "lib/upstream",
      "lib/terraform",
      "lib/aws-account",
      "lib/cloudformation",
      "lib/reading",
      "lib/verify",
      "lib/adoption",
      "lib/denied",
      "lib/deployer",
      "lib/module",
      "stacks",
    ],
    packages: ["diff", "yargs", "node:"],
  },
  "lib/index.ts": { layers: ["lib/constructs", "lib/remotion"], packages: [] },
  "lib/policies.ts": { layers: ["lib/iam", "lib/remotion"], packages: [] },
  "main.ts": { layers: ["stacks"], packages: ["cdktf"] },
};

const FILES = sourceFiles();
const PATHS = FILES.map(({ path }) => path);

describe.each(Object.entries(LAYERS))("%s", (layer, { layers, packages }) => {
  const files = FILES.filter(({ path }) => layerOf(path) === layer);

  it("exists", () => {
    expect(files).not.toEqual([]);
  });

  it(`imports no other layer than ${layers.join(", ") || "its own"}`, () => {
    const imported = files.flatMap(({ path, imports }) =>
      imports.flatMap(({ file }) => (file === undefined ? [] : [{ path, file }])),
    );
    const allowed = [layer, ...layers];

    expect(imported.filter(({ file }) => !allowed.includes(layerOf(file)))).toEqual([]);
  });

  it(`imports no other package than ${packages.join(", ") || "none"}`, () => {
    const imported = packagesOf(files);

    expect(imported.filter(({ name }) => !packages.includes(name))).toEqual([]);
  });
});

describe("the layers", () => {
  it("are in no circle: of two of them one at most may import the other, by whichever way", () => {
    const below = (layer: string, seen = new Set<string>()): Set<string> => {
      for (const next of LAYERS[layer]?.layers ?? []) {
        if (!seen.has(next)) {
          below(next, seen.add(next));
        }
      }
      return seen;
    };

    expect(Object.keys(LAYERS).filter((layer) => below(layer).has(layer))).toEqual([]);
    expect(below("lib/cli")).toContain("lib/terraform-expression");
  });

  it("each name layers that there are", () => {
    const named = Object.values(LAYERS).flatMap(({ layers }) => layers);

    expect(named.filter((layer) => !(layer in LAYERS))).toEqual([]);
  });
});

describe("every file", () => {
  it("belongs to a layer", () => {
    expect(PATHS.filter((path) => !(layerOf(path) in LAYERS))).toEqual([]);
  });

  it("is named in kebab-case", () => {
    const names = PATHS.map((path) => basename(path));

    expect(
      names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*\.(ts|mjs|sh|json|css)$/.test(name)),
    ).toEqual([]);
  });

  it("imports files that exist, by the names that Node.js knows them by", () => {
    const wrong = FILES.flatMap(({ path, imports }) =>
      imports
        .filter(({ file }) => file !== undefined && !PATHS.includes(file))
        .map(({ specifier }) => `${path}: ${specifier}`),
    );

    expect(wrong).toEqual([]);
  });

  it("imports no package that package.json does not declare", () => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(
      readFileSync(join(REPOSITORY, "package.json"), "utf8"),
    );
    const declared = [...Object.keys({ ...dependencies, ...devDependencies }), "node:"];

    expect(packagesOf(FILES).filter(({ name }) => !declared.includes(name))).toEqual([]);
  });

  it("imports Node.js's modules with their prefix", () => {
    expect(packagesOf(FILES).filter(({ name }) => builtinModules.includes(name))).toEqual([]);
  });

  it("imports provider bindings one class at a time: all of them cost 3 s and 560 MB", () => {
    const bindings = FILES.flatMap(({ imports }) =>
      imports.map(({ specifier }) => specifier),
    ).filter((specifier) => specifier.startsWith("@cdktf/provider-aws"));

    expect(bindings).not.toEqual([]);
    for (const specifier of bindings) {
      expect(specifier).toMatch(/^@cdktf\/provider-aws\/lib\/[a-z0-9-]+\/index\.js$/);
    }
  });

  it("is in no circle of imports", () => {
    expect(PATHS.filter((path) => reachable(path).has(path))).toEqual([]);
  });
});

describe("CDKTF, which is archived", () => {
  it("is imported by constructs, by what writes modules, and by the stack that is deployed", () => {
    const importing = packagesOf(FILES)
      .filter(({ name }) => /^@?cdktf/.test(name))
      .map(({ path }) => path);
    const elsewhere = importing.filter((path) => !/^lib\/(constructs|module)\//.test(path));

    expect([...new Set(elsewhere)].sort()).toEqual([
      "main.ts",
      "stacks/backend.ts",
      "stacks/remotion-lambda.ts",
    ]);
  });
});

describe("CDK Terrain, which goes on", () => {
  it("is asked for no function by Fn, in which it makes null of an object whose key is a token", () => {
    const asking = PATHS.filter((path) => path.endsWith(".ts")).filter((path) =>
      asksForFn(readFileSync(join(REPOSITORY, path), "utf8")),
    );

    expect(asking).toEqual([]);
  });

  it.each([
    ['import { Fn } from "cdktf";', true],
    ['import {\n  type IResolvable,\n  Fn as Functions,\n} from "cdktf";', true],
    ['import * as cdktf from "cdktf";', true],
    ['import { Fn } from "cdktf/lib/terraform-functions.js";', true],
    ['export { Fn } from "cdktf";', true],
    ['import { Token } from "cdktf";\nimport { Fn } from "./fn.js";', false],
    ['import { FnToken, type Token } from "cdktf";', false],
  ])("would be seen asking: %s", (text, expected) => {
    expect(asksForFn(text)).toBe(expected);
  });
});

describe("the command line", () => {
  it.each(["main", "policy", "explain", "verify", "import", "denied", "upstream"])(
    "does without CDKTF, which takes its time to load, in %s.ts",
    (command) => {
      const files = [...reachable(`lib/cli/${command}.ts`)];
      const packages = packagesOf(FILES.filter(({ path }) => files.includes(path)));

      expect(files).not.toEqual([]);
      expect(packages.filter(({ name }) => /cdktf|constructs/.test(name))).toEqual([]);
    },
  );

  it("does without what reads YAML until a file is YAML", () => {
    const bringing = FILES.filter(({ path }) => path.startsWith("lib/")).filter(({ imports }) =>
      imports.some(({ specifier, typeOnly }) => specifier === "yaml" && !typeOnly),
    );

    // The root of a chunk waits until it is called; chunks.test.ts sees that it does.
    expect(bringing.map(({ path }) => [path])).toEqual(
      CHUNKS.filter(({ name }) => name === "yaml").map(({ roots }) => roots),
    );
  });

  it("has one file that asks esbuild for anything, in place of which the bundle has what came out", () => {
    const bringing = packagesOf(FILES).filter(({ name }) => name === "esbuild");

    expect(bringing.map(({ path }) => path)).toEqual(["lib/html/page-assets.ts"]);
  });

  it("loads it to generate modules", () => {
    const files = [...reachable("lib/cli/generate.ts")];
    const packages = packagesOf(FILES.filter(({ path }) => files.includes(path)));

    expect(packages.map(({ name }) => name)).toContain("cdktf");
  });
});

describe("the reader of imports", () => {
  it("sees imports of every kind", () => {
    const importsOf = (path: string) => FILES.find((file) => file.path === path)?.imports ?? [];

    expect(importsOf("main.ts").map(({ specifier }) => specifier)).toEqual([
      "cdktf",
      "./stacks/cdktf-json.js",
      "./stacks/remotion-lambda.js",
    ]);
    expect(FILES.flatMap(({ imports }) => imports)).toContainEqual({
      specifier: "./generate.js",
      file: "lib/cli/generate.ts",
      dynamic: true,
      typeOnly: false,
    });
  });
});

/** Whether a file takes Terraform's functions from CDKTF, by their name or with all the rest. */
function asksForFn(text: string): boolean {
  return /(?:^|\n)(?:import|export) (?:\*|[^;"]*\bFn\b)[^;"]*from "cdktf(?:\/[^"]*)?"/.test(text);
}

/** `lib/<folder>`, the folder, or the file itself at the root. */
function layerOf(path: string): string {
  return path
    .split("/")
    .slice(0, path.startsWith("lib/") ? 2 : 1)
    .join("/");
}

function packagesOf(files: readonly SourceFile[]): { path: string; name: string }[] {
  return files.flatMap(({ path, imports }) =>
    imports
      .filter(({ file }) => file === undefined)
      .map(({ specifier }) => ({ path, name: packageOf(specifier) })),
  );
}

function packageOf(specifier: string): string {
  if (specifier.startsWith("node:")) {
    return "node:";
  }
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** All files that a file needs before it can run, itself only where it is among them. */
function reachable(from: string, seen = new Set<string>()): Set<string> {
  for (const { file, dynamic, typeOnly } of FILES.find(({ path }) => path === from)?.imports ??
    []) {
    if (file !== undefined && !dynamic && !typeOnly && !seen.has(file)) {
      reachable(file, seen.add(file));
    }
  }
  return seen;
}
