import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../lib/cli/main.js";
import { IamApi } from "../../support/iam-api.js";
import type { Workspace } from "../../support/workspace.js";
import { type Comparison, compare, type Judged, type Report } from "./compare.js";
import { cutPlan, cutState, type Json } from "./cut-plan.js";
import {
  planAlone,
  planTogether,
  rootsWorkspace,
  WITH_MOCK,
  writeTogether,
} from "./planned-roots.js";
import { readBack } from "./read-back.js";
import type { GeneratedRoot, IntendedPolicy } from "./root.js";

/** What the judge has decided, for all roots: many have the same policies. */
export type Memory = Map<string, boolean>;

/** Roots that are planned as one. */
export class PlannedRoots {
  readonly #roots: readonly GeneratedRoot[];
  readonly #workspace: Workspace;
  readonly #plan: unknown;

  private constructor(roots: readonly GeneratedRoot[], workspace: Workspace, plan: unknown) {
    this.#roots = roots;
    this.#workspace = workspace;
    this.#plan = plan;
  }

  /** Plans them. @param environment for Terraform */
  static async of(
    roots: readonly GeneratedRoot[],
    environment: Readonly<Record<string, string>>,
  ): Promise<PlannedRoots> {
    const workspace = rootsWorkspace(environment);
    return new PlannedRoots(roots, workspace, await planTogether(workspace, roots));
  }

  /** Compares each with what its generator knows. */
  async comparisons(memory: Memory): Promise<readonly Comparison[]> {
    const comparisons: Comparison[] = [];
    for (const root of this.#roots) {
      const cut = cutPlan(this.#plan, root.name);
      const report = await reportOf(this.#workspace, cut, root.options);
      comparisons.push(await compare(root, report, intendedOf(root, cut), memory));
    }
    return comparisons;
  }

  /** What the tool says of the first ones as they are cut from the plan, and planned alone: it is to be the same. */
  async cutAndAlone(
    count: number,
  ): Promise<readonly { readonly cut: Report; readonly alone: Report }[]> {
    const reports = [];
    for (const root of this.#roots.slice(0, count)) {
      const plans = {
        cut: cutPlan(this.#plan, root.name),
        alone: await planAlone(this.#workspace, root),
      };
      reports.push({
        cut: await reportOf(this.#workspace, plans.cut, root.options),
        alone: await reportOf(this.#workspace, plans.alone, root.options),
      });
    }
    return reports;
  }

  /** Deletes what it made. */
  remove(): void {
    this.#workspace.remove();
  }
}

/**
 * Applies roots as one to the AWS mock, and compares what the tool says of the plan, and of the state after
 * it, with the policies that the mock's IAM gives back.
 *
 * @param url of the mock
 */
export async function compareApplied(
  roots: readonly GeneratedRoot[],
  environment: Readonly<Record<string, string>>,
  url: string,
  memory: Memory,
): Promise<readonly Comparison[]> {
  const workspace = rootsWorkspace(environment);
  const iam = new IamApi(url);
  try {
    await makePolicyOfOthers(iam);
    await writeTogether(workspace, roots, WITH_MOCK);
    const plan = await workspace.plan([], "together");
    await workspace.run("terraform", ["apply", "-input=false", "-no-color", "plan"], "together");
    const { stdout } = await workspace.run("terraform", ["show", "-json"], "together");
    const state: unknown = JSON.parse(stdout);
    const comparisons: Comparison[] = [];
    for (const root of roots) {
      const judged = await readBackAll(iam, root);
      for (const file of [cutPlan(plan, root.name), cutState(state, root.name)]) {
        const report = await reportOf(workspace, file, root.options);
        comparisons.push(await compare(root, report, judged, memory));
      }
    }
    return comparisons;
  } finally {
    workspace.remove();
  }
}

/** The policy that roots attach and do not make. */
async function makePolicyOfOthers(iam: IamApi): Promise<void> {
  const document = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "s3:*", Resource: "*" },
      { Effect: "Deny", Action: "lambda:DeleteFunction", Resource: "*" },
    ],
  };
  await iam.call("CreatePolicy", {
    PolicyName: "of-another-team",
    PolicyDocument: JSON.stringify(document),
  });
}

async function readBackAll(iam: IamApi, root: GeneratedRoot): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const principal of root.principals) {
    judged.push({ principal, held: await readBack(iam, principal) });
  }
  return judged;
}

/** What `verify --json` says of a file. */
async function reportOf(
  workspace: Workspace,
  content: unknown,
  options: readonly string[],
): Promise<Report> {
  const file = join(workspace.path, "verified.json");
  writeFileSync(file, JSON.stringify(content));
  const results: string[] = [];
  const notes: string[] = [];
  const status = await run(["verify", file, "--json", ...options], {
    result: (line) => void results.push(line),
    note: (line) => void notes.push(line),
  });
  if (status === 2) {
    throw new Error(`verify ${options.join(" ")}: ${notes.join("\n")}`);
  }
  return JSON.parse(results.join("\n")) as Report;
}

/** The principals of a root with the policies that its generator, or a module at an address, gives them. */
function intendedOf(root: GeneratedRoot, plan: Json): readonly Judged[] {
  return root.principals.map((principal) => ({
    principal,
    held: {
      policies: principal.policies.map((policy) => documentOf(policy, plan)),
      boundary: principal.boundary === undefined ? undefined : documentOf(principal.boundary, plan),
      hasUnread: principal.hasUnread,
    },
  }));
}

/** The policy as the generator has it, or as Terraform's plan has it at an address. */
function documentOf(policy: IntendedPolicy, plan: Json): object {
  if ("document" in policy) {
    return policy.document;
  }
  const changes = plan["resource_changes"] as readonly {
    readonly address: string;
    readonly change: { readonly after: { readonly policy?: string } | null };
  }[];
  const text = changes.find(({ address }) => address === policy.at)?.change.after?.policy;
  if (text === undefined) {
    throw new Error(`The plan has no policy at ${policy.at}.`);
  }
  return JSON.parse(text) as object;
}
