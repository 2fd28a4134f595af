import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { exampleIn } from "../../__tests__/support/example.js";
import { awsEnvironment, startMoto } from "../../__tests__/support/moto.js";
import { moduleFiles, moduleFolders } from "../../lib/cli/module-files.js";
import { rolePolicy, userPolicy } from "../../lib/remotion/policies.js";
import { ROLE_PROFILES, USER_PROFILES } from "../../lib/remotion/profile-names.js";
import { RemotionLambdaStack } from "../../stacks/remotion-lambda.js";
import { isSkipComment } from "./skip-comments.js";

/** What linters read: paths in a temporary folder. */
export interface Linted {
  /** Folders with one module in each. */
  readonly hcl: string;
  /** The same without the comments that linters read. */
  readonly "hcl-uncommented": string;
  readonly json: string;
  /** A plan as JSON. */
  readonly plan: string;
  /** A folder with a synthesized stack. */
  readonly stack: string;
  readonly policies: readonly LintedPolicy[];
}

/** A policy by itself. */
interface LintedPolicy {
  readonly name: string;
  readonly text: string;
  readonly file: string;
}

/** Writes all that linters read. Needs Terraform and the AWS mock, for the plan. */
export async function writeLinted(folder: string): Promise<Linted> {
  const at = (name: string) => {
    mkdirSync(join(folder, name), { recursive: true });
    return join(folder, name);
  };
  const linted = {
    hcl: at("hcl"),
    "hcl-uncommented": at("hcl-uncommented"),
    json: at("json"),
    stack: at("stack"),
    plan: join(at("plan"), "plan.json"),
  };
  for (const module of moduleFolders({ hcl: "all", json: "all" })) {
    writeFiles(join(folder, module.startsWith("json/") ? module : `hcl/${module}`), module);
  }
  cpSync(linted.hcl, linted["hcl-uncommented"], { recursive: true });
  withoutSkipComments(linted["hcl-uncommented"]);
  writeStack(linted.stack);
  writeFileSync(linted.plan, await planOfEverything());
  return { ...linted, policies: writePolicies(at("policies")) };
}

/** The module alone: its tests are no part of what is applied. */
function writeFiles(folder: string, module: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of moduleFiles(module)) {
    if (!path.includes("/")) {
      writeFileSync(join(folder, path), text);
    }
  }
}

function withoutSkipComments(folder: string): void {
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (path.endsWith(".tf")) {
      const lines = readFileSync(join(folder, path), "utf8").split("\n");
      const rest = lines.filter((line) => !isSkipComment(line));
      writeFileSync(join(folder, path), rest.join("\n"));
    }
  }
}

function writeStack(outdir: string): void {
  const app = new App({ outdir, context: { backend: "none" } });
  new RemotionLambdaStack(app, "remotion-lambda");
  app.synth();
}

async function planOfEverything(): Promise<string> {
  const moto = await startMoto();
  try {
    const workspace = await exampleIn("everything", "hcl", awsEnvironment(moto.url));
    try {
      return JSON.stringify(await workspace.plan());
    } finally {
      workspace.remove();
    }
  } finally {
    await moto.stop();
  }
}

function writePolicies(folder: string): LintedPolicy[] {
  const policies = [
    ...USER_PROFILES.map((profile) => [`user ${profile}`, userPolicy({ profile })] as const),
    ...ROLE_PROFILES.map((profile) => [`role ${profile}`, rolePolicy({ profile })] as const),
  ];
  return policies.map(([name, policy]) => {
    const file = join(folder, `${name.replace(" ", "-")}.json`);
    const text = JSON.stringify(policy, null, 2);
    writeFileSync(file, text);
    return { name, text, file };
  });
}
