import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renameImports } from "./rename.js";

/** A module system, as `package.json` says it. */
export type ModuleSystem = "module" | "commonjs";

export const MODULE_SYSTEMS: readonly ModuleSystem[] = ["module", "commonjs"];

/** An app of CDKTF in TypeScript with every construct of this package. Synthesizes to the folder that it is given. */
export const CONSTRUCTS_APP = `
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

/** The same app with CDK Terrain, of which nothing but imports is another. */
export const TERRAIN_APP = renameImports(CONSTRUCTS_APP).replace(
  'from "remotion-lambda-terraform"',
  'from "remotion-lambda-terraform/cdktn"',
);

/** Name of the app's stack. */
export const APP_STACK = "acme";

/** What the compiler is run on: all types are checked, those of the packages included. */
const COMPILER_OPTIONS = {
  target: "es2022",
  module: "nodenext",
  outDir: "out",
  rootDir: ".",
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  types: ["node"],
};

/** Writes an app to a folder in which, or above which, its packages are; compiled, it is `out/app.js`. */
export function writeApp(folder: string, app: string, type: ModuleSystem): void {
  mkdirSync(folder, { recursive: true });
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write("package.json", JSON.stringify({ type }));
  write("app.ts", app);
  write("tsconfig.json", JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: ["app.ts"] }));
}
