import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { rolePolicy, userPolicy } from "../../lib/remotion/policies.js";
import {
  APP_STACK,
  CONSTRUCTS_APP,
  type ModuleSystem,
  TERRAIN_APP,
  writeApp,
} from "../../scripts/cdk-terrain/constructs-app.js";
import { SUCCESSORS } from "../../scripts/cdk-terrain/packages.js";
import { builtPackage } from "../support/built-package.js";
import { blocksIn } from "../support/page-blocks.js";
import { REPOSITORY } from "../support/repository.js";
import { itUnless } from "../support/suites.js";
import { sourceFiles } from "../unit/support/source-files.js";
import { findNewestBindings } from "./support/newest-bindings.js";
import { unpack } from "./support/tarball.js";

const PACKAGES = join(REPOSITORY, "node_modules");

const BINDINGS = "@cdktf/provider-aws";

/** Packages that an app installs beside this one, its framework and the bindings. */
const PEERS = ["constructs", "@types/node", "undici-types"];

/** CDKTF and its bindings by the names that an app of CDK Terrain asks for; by its own names nobody finds it. */
const AS_TERRAIN = Object.fromEntries(SUCCESSORS.map(({ from, to }) => [to, from]));

/** Classes of the bindings that the library makes resources with, by their folders. */
const CLASSES = new Set(
  sourceFiles()
    .filter(({ path }) => path.startsWith("lib/"))
    .flatMap(({ imports }) => imports.map(({ specifier }) => specifier))
    .flatMap((name) => /^@cdktf\/provider-aws\/lib\/(.+)\/index\.js$/.exec(name)?.[1] ?? []),
);

const newest = await findNewestBindings([...CLASSES, "provider"].sort());

/** The lines of the app's stack that differ with the newest bindings, and what they become. */
const DIFFERENCES = [
  // The app's own AwsProvider asks for the provider that the bindings were made from.
  ['        "version": "5.100.0"', '        "version": "6.25.0"'],
];

describe.each([
  { system: "ESM", type: "module" },
  { system: "CommonJS", type: "commonjs" },
] as const)("a TypeScript app of $system", ({ type }) => {
  let app: App;
  let newestApp: App;
  let terrainApp: App;
  beforeAll(async () => {
    app = await runApp(type, CONSTRUCTS_APP, { cdktf: "cdktf", [BINDINGS]: BINDINGS });
    terrainApp = await runApp(type, TERRAIN_APP, AS_TERRAIN);
    if ("folder" in newest) {
      const bindings = newest.folder;
      // Copied, as links would have them look for CDKTF where they are kept.
      newestApp = await runApp(type, CONSTRUCTS_APP, { cdktf: "cdktf" }, (installed) =>
        cpSync(bindings, installed(BINDINGS), { recursive: true }),
      );
    }
  });

  it("type-checks, the types of its packages included", () => {
    expect(app.checked).toMatchObject({ status: 0, stdout: "" });
  });

  it("synthesizes Remotion's policies, and resources of every kind", () => {
    expect(app.synthesized).toMatchObject({ status: 0, stderr: "" });
    const { resource, output, locals } = JSON.parse(app.stack);
    const types = [...CLASSES].map((name) => `aws_${name.replaceAll("-", "_")}`);
    expect(Object.keys(resource).sort()).toEqual(types.sort());
    expect(output.role_arn.value).toMatch(/aws_iam_role/);
    const text = JSON.stringify(locals);
    for (const sid of rolePolicy().Statement.map(({ Sid }) => Sid)) {
      expect(text).toContain(`"Sid":${JSON.stringify(sid)}`);
    }
    expect(JSON.parse(app.synthesized.stdout)).toEqual(userPolicy());
  });

  describe("that imports remotion-lambda-terraform/cdktn", () => {
    it("type-checks, the types of its packages included", () => {
      expect(terrainApp.checked).toMatchObject({ status: 0, stdout: "" });
    });

    it("synthesizes the same, byte for byte", () => {
      expect(terrainApp.synthesized).toEqual(app.synthesized);
      expect(terrainApp.stack).toBe(app.stack);
    });
  });

  describe("with the bindings of the AWS provider 6", () => {
    const itWithThem = itUnless("missing" in newest ? newest.missing : undefined);

    itWithThem("type-checks, the types of its packages included", () => {
      expect(newestApp.checked).toMatchObject({ status: 0, stdout: "" });
    });

    itWithThem("synthesizes the same, byte for byte, but for the provider's version", () => {
      expect(newestApp.synthesized).toEqual(app.synthesized);
      const lines = app.stack.split("\n");
      const newestLines = newestApp.stack.split("\n");
      expect(newestLines).toHaveLength(lines.length);
      const pairs = lines.map((line, index) => [line, newestLines[index]]);
      expect(pairs.filter(([line, newestLine]) => line !== newestLine)).toEqual(DIFFERENCES);
    });
  });
});

describe("the app of docs/CDKTF.md", () => {
  const page = readFileSync(join(REPOSITORY, "docs", "CDKTF.md"), "utf8");
  const [text = ""] = blocksIn(page, "## In an app of your own", "ts");

  it("synthesizes with what it says to install", async () => {
    await inApp({ cdktf: "cdktf", [BINDINGS]: BINDINGS, tsx: "tsx" }, (folder) => {
      writeFileSync(join(folder, "main.ts"), text);

      expect(runNode(folder, ["--import", "tsx", "main.ts"])).toMatchObject({
        status: 0,
        stderr: "",
      });
      const stack = readFileSync(
        join(folder, "cdktf.out", "stacks", "video", "cdk.tf.json"),
        "utf8",
      );
      const { resource, output } = JSON.parse(stack);
      expect(Object.keys(resource)).toContain("aws_iam_role");
      expect(output.custom_role_arn.value).toMatch(/aws_iam_role/);
    });
  });
});

/** What came of the app. */
interface App {
  readonly checked: Run;
  readonly synthesized: Run;
  /** The text of the stack, wherever the app lay. */
  readonly stack: string;
}

/** How a program ended. */
interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Compiles and runs an app in a folder of its own.
 *
 * @param links packages of its framework, by the names that they get → by those that they have here
 * @param install puts what else it needs to where a package is installed
 */
async function runApp(
  type: ModuleSystem,
  text: string,
  links: Readonly<Record<string, string>>,
  install: (installed: (name: string) => string) => void = () => {},
): Promise<App> {
  return inApp(links, (app) => {
    install((name) => join(app, "node_modules", name));
    writeApp(app, text, type);
    const compiler = join(PACKAGES, "typescript", "bin", "tsc");
    const checked = runNode(app, [compiler, "-p", app]);
    const synthesized = runNode(app, [join(app, "out", "app.js"), join(app, "cdktf.out")]);
    const stack = join(app, "cdktf.out", "stacks", APP_STACK, "cdk.tf.json");
    return {
      checked,
      synthesized,
      stack: existsSync(stack) ? readFileSync(stack, "utf8").replaceAll(app, "") : "",
    };
  });
}

/**
 * Runs something in the folder of an app, where this package and its peers are installed.
 *
 * @param links further packages, by the names that they get → by those that they have here
 */
async function inApp<Result>(
  links: Readonly<Record<string, string>>,
  run: (folder: string) => Result,
): Promise<Result> {
  const { tarball } = await builtPackage();
  const app = mkdtempSync(join(tmpdir(), "constructs-app-"));
  try {
    const installed = (name: string) => join(app, "node_modules", name);
    unpack(tarball, installed("remotion-lambda-terraform"));
    const linked = { ...Object.fromEntries(PEERS.map((name) => [name, name])), ...links };
    for (const [name, here] of Object.entries(linked)) {
      mkdirSync(dirname(installed(name)), { recursive: true });
      symlinkSync(join(PACKAGES, here), installed(name));
    }
    return run(app);
  } finally {
    rmSync(app, { recursive: true });
  }
}

function runNode(cwd: string, args: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  return { status, stdout, stderr };
}
