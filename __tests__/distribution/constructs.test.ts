import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { rolePolicy, userPolicy } from "../../lib/remotion/policies.js";
import { builtPackage } from "../support/built-package.js";
import { REPOSITORY } from "../support/repository.js";
import { writeFile } from "../unit/support/folder.js";
import { unpack } from "./support/tarball.js";

/** Packages that an app installs beside this one. */
const PEERS = ["cdktf", "constructs", "@cdktf/provider-aws", "@types/node", "undici-types"];

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
const bucket: OutputBucket = { name: "acme-videos", acl: true };
const props: RemotionLambdaRoleProps = { outputBuckets: [bucket] };
const role = new RemotionLambdaRole(stack, "role", props);
const narrowing = new RemotionNarrowing(stack, "narrowing", { regions: ["eu-central-1"] });
new RemotionUser(stack, "user", { profile: "full" });
const api = new IamRole(stack, "api", { assumeRolePolicy: "{}" });
new RemotionExecutionRolePolicy(stack, "callers", { profile: "render", narrowing, roleNames: { api: api.name } });
new RemotionBucketGrants(stack, "grants", { outputBuckets: [bucket], roleNames: { api: api.name } });
new RemotionExecutionRole(stack, "caller", { trustedServices: ["lambda.amazonaws.com"] });
new TerraformOutput(stack, "role_arn", { value: role.roleArn });
// @ts-expect-error: a role has no such prop
new RemotionLambdaRole(stack, "wrong", { bucket: "acme-videos" });
const document: PolicyDocument = userPolicy({ profile: "full", regions: [] });
process.stdout.write(JSON.stringify(document));
app.synth();
`;

describe.each([
  { system: "ESM", type: "module" },
  { system: "CommonJS", type: "commonjs" },
])("a TypeScript app of $system", ({ type }) => {
  let app = "";
  let synthesized: { status: number | null; stdout: string; stderr: string };
  let checked: { status: number | null; stdout: string };
  beforeAll(async () => {
    const { tarball } = await builtPackage();
    app = mkdtempSync(join(tmpdir(), "constructs-app-"));
    unpack(tarball, join(app, "node_modules", "remotion-lambda-terraform"));
    for (const name of PEERS) {
      const link = join(app, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(REPOSITORY, "node_modules", name), link);
    }
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
    const compiler = join(REPOSITORY, "node_modules", "typescript", "bin", "tsc");
    checked = spawnSync(process.execPath, [compiler, "-p", app], { encoding: "utf8" });
    const output = join(app, "cdktf.out");
    synthesized = spawnSync(process.execPath, [join(app, "out", "app.js"), output], {
      cwd: app,
      encoding: "utf8",
    });
    return () => rmSync(app, { recursive: true });
  });

  it("type-checks, the types of its packages included", () => {
    expect(checked).toMatchObject({ status: 0, stdout: "" });
  });

  it("synthesizes Remotion's policies", () => {
    expect(synthesized).toMatchObject({ status: 0, stderr: "" });
    const file = join(app, "cdktf.out", "stacks", "acme", "cdk.tf.json");
    const { resource, output, locals } = JSON.parse(readFileSync(file, "utf8"));
    expect(Object.keys(resource)).toEqual(
      expect.arrayContaining(["aws_iam_role", "aws_iam_user", "aws_iam_policy"]),
    );
    expect(output.role_arn.value).toMatch(/aws_iam_role/);
    const text = JSON.stringify(locals);
    for (const sid of rolePolicy().Statement.map(({ Sid }) => Sid)) {
      expect(text).toContain(`"Sid":${JSON.stringify(sid)}`);
    }
    expect(JSON.parse(synthesized.stdout)).toEqual(userPolicy());
  });
});
