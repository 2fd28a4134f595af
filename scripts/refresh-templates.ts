import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolePolicy, userPolicy } from "../lib/remotion/policies.js";

/*
 * npm run refresh-templates: synthesizes the templates of the tests anew, with AWS CDK, the Serverless Framework
 * and SAM in a temporary folder. They are far larger than what they make, so they are no dependencies, and
 * what they make is committed. Needs the network, and Python with pip.
 */

const PACKAGES = ["aws-cdk-lib@2.276.0", "constructs@10.7.2"];
/** The last release that asks for no account. */
const SERVERLESS = ["serverless@3.40.0"];
const SAM = ["aws-sam-translator==1.115.0", "pyyaml"];

const SOURCES = join(import.meta.dirname, "refresh-templates");
const FIXTURES = join(import.meta.dirname, "..", "__tests__", "unit", "cloudformation", "fixtures");

const folder = mkdtempSync(join(tmpdir(), "templates-"));
try {
  refreshCdk(join(folder));
  refreshServerless(folder);
  refreshSam(folder);
} finally {
  rmSync(folder, { recursive: true });
}

function refreshCdk(cwd: string): void {
  install(PACKAGES, cwd);
  const policies = {
    role: rolePolicy(),
    render: userPolicy({ profile: "render" }),
    deploy: userPolicy({ profile: "deploy" }),
  };
  writeFileSync(join(cwd, "policies.json"), JSON.stringify(policies));
  run("node", [join(SOURCES, "cdk-app.mjs"), "policies.json"], cwd);
  const { artifacts } = JSON.parse(readFileSync(join(cwd, "cdk.out", "manifest.json"), "utf8"));
  for (const [name, { type }] of Object.entries<{ type: string }>(artifacts)) {
    if (type === "aws:cloudformation:stack") {
      const template = readFileSync(join(cwd, "cdk.out", `${name}.template.json`), "utf8");
      write(`cdk-${name.toLowerCase()}.template.json`, JSON.parse(template));
    }
  }
}

function refreshServerless(cwd: string): void {
  install(SERVERLESS, cwd);
  copyFileSync(join(SOURCES, "serverless.yml"), join(cwd, "serverless.yml"));
  writeFileSync(join(cwd, "index.js"), "exports.render = async () => {};\n");
  run("npx", ["serverless", "package", "--package", "out"], cwd, {
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_EC2_METADATA_DISABLED: "true",
    SLS_TELEMETRY_DISABLED: "1",
    SLS_NOTIFICATIONS_MODE: "off",
  });
  const template = JSON.parse(
    readFileSync(join(cwd, "out", "cloudformation-template-update-stack.json"), "utf8"),
  );
  // These have the time and what it hashes.
  for (const [id, resource] of Object.entries<{ Type: string; Properties: { Code?: unknown } }>(
    template.Resources,
  )) {
    delete resource.Properties.Code;
    if (resource.Type === "AWS::Lambda::Version") {
      delete template.Resources[id];
    }
  }
  delete template.Outputs;
  write("serverless.json", template);
}

function refreshSam(cwd: string): void {
  run("python3", ["-m", "venv", "python"], cwd);
  run(join(cwd, "python", "bin", "pip"), ["install", "--quiet", ...SAM], cwd);
  const made = execFileSync(
    join(cwd, "python", "bin", "python"),
    [join(SOURCES, "sam.py"), join(FIXTURES, "sam.yaml")],
    { cwd, encoding: "utf8" },
  );
  write("sam.transformed.json", JSON.parse(made));
}

function install(packages: readonly string[], cwd: string): void {
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
  run("npm", ["install", "--prefix", cwd, ...options, ...packages], cwd);
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): void {
  process.stdout.write(`${program} ${args.join(" ")}\n`);
  execFileSync(program, args, { cwd, stdio: "inherit", env: { ...process.env, ...env } });
}

function write(name: string, template: unknown): void {
  writeFileSync(join(FIXTURES, name), `${JSON.stringify(template, null, 1)}\n`);
}
