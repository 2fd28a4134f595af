import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { rolePolicy, userPolicy } from "../../lib/remotion/policies.js";
import { builtPackage } from "../support/built-package.js";
import { REPOSITORY } from "../support/repository.js";
import { itUnless } from "../support/suites.js";
import { writeFile } from "../unit/support/folder.js";
import { sourceFiles } from "../unit/support/source-files.js";
import { findNewestBindings } from "./support/newest-bindings.js";
import { unpack } from "./support/tarball.js";

const PACKAGES = join(REPOSITORY, "node_modules");

const BINDINGS = "@cdktf/provider-aws";

/** Packages that an app installs beside this one and the bindings. */
const PEERS = ["cdktf", "constructs", "@types/node", "undici-types"];

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

const APP = `
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import {
  type OutputBucket,
  RemotionBucketGrants,
  RemotionExecutionRole,
  RemotionExecutionRolePolicy,
  RemotionLambdaRole,
  type RemotionLambdaRoleProps,
  RemotionNarrowing,
  RemotionUser,
} from "remotion-lambda-terraform";
import { type PolicyDocument, userPolicy } from "remotion-lambda-terraform/policies";

const app = new App({ outdir: process.argv[2] ?? "" });
const stack = new TerraformStack(app, "acme");
new AwsProvider(stack, "aws", { region: "eu-central-1" });
const bucket: OutputBucket = { name: "acme-videos", prefix: "", access: "write", acl: true };
const props: RemotionLambdaRoleProps = { outputBuckets: [bucket] };
const role = new RemotionLambdaRole(stack, "role", props);
const narrowing = new RemotionNarrowing(stack, "narrowing", { regions: ["eu-central-1"] });
new RemotionUser(stack, "user", { profile: "full" });
new RemotionUser(stack, "another", { name: "another", policyType: "managed", createAccessKey: true });
const api = new IamRole(stack, "api", { assumeRolePolicy: "{}" });
new RemotionExecutionRolePolicy(stack, "callers", { profile: "render", narrowing, roleNames: { api: api.name } });
new RemotionBucketGrants(stack, "grants", { outputBuckets: [bucket], roleNames: { api: api.name } });
new RemotionExecutionRole(stack, "caller", {
  trustedServices: ["ec2.amazonaws.com"],
  createInstanceProfile: true,
  logFunctionNames: ["video-api"],
});
new TerraformOutput(stack, "role_arn", { value: role.roleArn });
let refusal = "";
try {
  // @ts-expect-error: a role has no such prop, and JavaScript is told so
  new RemotionLambdaRole(stack, "wrong", { bucket: "acme-videos" });
} catch (error) {
  refusal = String(error);
}
if (!refusal.includes('acme/wrong: bucket is "acme-videos", and there is no such prop')) {
  throw new Error(refusal);
}
const document: PolicyDocument = userPolicy({ profile: "full", regions: [] });
process.stdout.write(JSON.stringify(document));
app.synth();
`;

describe.each([
  { system: "ESM", type: "module" },
  { system: "CommonJS", type: "commonjs" },
])("a TypeScript app of $system", ({ type }) => {
  let app: App;
  let newestApp: App;
  beforeAll(async () => {
    app = await runApp(type, (folder) => symlinkSync(join(PACKAGES, BINDINGS), folder));
    if ("folder" in newest) {
      const bindings = newest.folder;
      // Copied, as links would have them look for CDKTF where they are kept.
      newestApp = await runApp(type, (folder) => cpSync(bindings, folder, { recursive: true }));
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
 * Compiles and runs the app in a folder of its own.
 *
 * @param type the module system, as package.json says it
 * @param addBindings puts the bindings to a place
 */
async function runApp(type: string, addBindings: (folder: string) => void): Promise<App> {
  const { tarball } = await builtPackage();
  const app = mkdtempSync(join(tmpdir(), "constructs-app-"));
  try {
    const installed = (name: string) => join(app, "node_modules", name);
    unpack(tarball, installed("remotion-lambda-terraform"));
    for (const name of [...PEERS, BINDINGS]) {
      mkdirSync(dirname(installed(name)), { recursive: true });
    }
    for (const name of PEERS) {
      symlinkSync(join(PACKAGES, name), installed(name));
    }
    addBindings(installed(BINDINGS));
    writeFile(app, "package.json", JSON.stringify({ type }));
    writeFile(app, "app.ts", APP);
    writeFile(
      app,
      "tsconfig.json",
      JSON.stringify({
        compilerOptions: {
          target: "es2022",
          module: "nodenext",
          outDir: "out",
          rootDir: ".",
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: false,
          types: ["node"],
        },
        files: ["app.ts"],
      }),
    );
    const compiler = join(PACKAGES, "typescript", "bin", "tsc");
    const checked = runNode(app, [compiler, "-p", app]);
    const synthesized = runNode(app, [join(app, "out", "app.js"), join(app, "cdktf.out")]);
    const stack = join(app, "cdktf.out", "stacks", "acme", "cdk.tf.json");
    return {
      checked,
      synthesized,
      stack: existsSync(stack) ? readFileSync(stack, "utf8").replaceAll(app, "") : "",
    };
  } finally {
    rmSync(app, { recursive: true });
  }
}

function runNode(cwd: string, args: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  return { status, stdout, stderr };
}
