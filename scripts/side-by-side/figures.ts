import type { CountingProxy, IamCall } from "../../__tests__/support/counting-proxy.js";
import { MODULE_NAMES } from "../../__tests__/support/module-sources.js";
import { workspaceOf } from "../../__tests__/support/twins.js";
import type { Plan, ResourceChange, Workspace } from "../../__tests__/support/workspace.js";
import { grantedBy } from "./granted.js";
import { modulesOf, partOf, ROOT_WAYS, type RootWay, rootText } from "./roots.js";
import { figuresOfFolders, linesOf, type SourceFigures } from "./source-figures.js";

/** What one way to a module's resources takes. */
export interface Figures {
  readonly module: string;
  readonly way: RootWay;
  /** Lines of the root, which the user writes. */
  readonly written: number;
  /** Of the modules that the root calls; `undefined` by hand. */
  readonly source: SourceFigures | undefined;
  readonly resources: number;
  /** Calls to IAM, the plan's without changes. */
  readonly calls: { readonly apply: number; readonly plan: number };
}

/** The figures of all ways, and what they are from. */
export interface Comparison {
  readonly figures: readonly Figures[];
  readonly terraform: string;
  readonly provider: string;
}

/** What the root of all calls one of them. */
const nameOf = (module: string, way: RootWay) => `${module}-${way}`;

/** What goes before all its names, and tells its calls to IAM from others; some names have no room for more. */
const prefixOf = (module: string, way: RootWay) =>
  `root-${MODULE_NAMES.indexOf(module)}-${ROOT_WAYS.indexOf(way)}-`;

/**
 * Plans, applies and plans again all roots at once, against a mock of AWS that is empty.
 *
 * @param environment of Terraform, whose provider speaks to the proxy
 * @param clone of terraform-aws-modules/iam
 * @throws Error where the ways do not grant the same, or a second plan has changes
 */
export async function compareAll(
  proxy: CountingProxy,
  environment: Readonly<Record<string, string>>,
  clone: string,
): Promise<Comparison> {
  const all = MODULE_NAMES.flatMap((module) => ROOT_WAYS.map((way) => ({ module, way })));
  const workspace = await workspaceOf(
    all.map(({ module, way }) =>
      partOf(nameOf(module, way), rootText(module, way), prefixOf(module, way), clone),
    ),
    environment,
  );
  try {
    const plan = await workspace.plan();
    for (const module of MODULE_NAMES) {
      expectSameGrants(plan, module);
    }
    proxy.takeCalls();
    await workspace.apply(["plan"]);
    const applied = proxy.takeCalls();
    if (!(await workspace.isUpToDate())) {
      throw new Error("A plan after the apply has changes.");
    }
    const planned = proxy.takeCalls();
    const figures = all.map(({ module, way }) => ({
      module,
      way,
      written: linesOf(rootText(module, way)).length,
      source: figuresOfFolders(modulesOf(module, way, clone)),
      resources: createdBy(plan, module, way).length,
      calls: {
        apply: countOf(applied, prefixOf(module, way)),
        plan: countOf(planned, prefixOf(module, way)),
      },
    }));
    return { figures, ...(await versionsOf(workspace)) };
  } finally {
    workspace.remove();
  }
}

async function versionsOf(workspace: Workspace): Promise<Omit<Comparison, "figures">> {
  const { stdout } = await workspace.run("terraform", ["version", "-json"]);
  const said = JSON.parse(stdout) as {
    readonly terraform_version: string;
    readonly provider_selections: Readonly<Record<string, string>>;
  };
  const provider = said.provider_selections["registry.terraform.io/hashicorp/aws"];
  return { terraform: said.terraform_version, provider: provider ?? "unknown" };
}

function createdBy(plan: Plan, module: string, way: RootWay): readonly ResourceChange[] {
  return (plan.resource_changes ?? []).filter(
    ({ address, change }) =>
      address.startsWith(`module.${nameOf(module, way)}.`) && change.actions.includes("create"),
  );
}

/** Lines and calls can be compared where what comes of them is the same. */
function expectSameGrants(plan: Plan, module: string): void {
  const [first, ...others] = ROOT_WAYS.map((way) =>
    grantedBy(createdBy(plan, module, way), prefixOf(module, way)),
  );
  for (const [index, other] of others.entries()) {
    const differing = [
      ...(first ?? []).filter((grant) => !other.includes(grant)),
      ...other.filter((grant) => !first?.includes(grant)),
    ];
    if (differing.length > 0) {
      throw new Error(
        `${module}: ${ROOT_WAYS[index + 1]} grants something else:\n${differing.join("\n")}`,
      );
    }
  }
}

function countOf(calls: readonly IamCall[], namePrefix: string): number {
  const isOf = (named: string) => named.slice(named.lastIndexOf("/") + 1).startsWith(namePrefix);
  return calls.filter(({ names }) => names.some(isOf)).length;
}
