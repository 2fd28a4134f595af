import { join } from "node:path";
import { asVariable, fewestPolicies, manyBuckets } from "../../__tests__/support/many-buckets.js";
import { moduleSource, PROVIDER } from "../../__tests__/support/module-sources.js";
import { awsEnvironment, startMoto } from "../../__tests__/support/moto.js";
import { REPOSITORY } from "../../__tests__/support/repository.js";
import { Workspace } from "../../__tests__/support/workspace.js";
import { attachProvider } from "../attached-provider.js";
import { grantedOnce } from "../granted-once.js";
import { measure, medianUsage, type Usage } from "../measure.js";
import type { Ratio } from "../ratios.js";
import { growth, pairedRatio, worseThanLinear } from "../statistics.js";
import type { Suite } from "../suite.js";
import { milliseconds, times } from "../table.js";

/** Buckets, and how often a plan with them is timed. */
const ROUNDS: ReadonlyMap<number, number> = new Map([
  [1, 3],
  [10, 3],
  [100, 3],
  [500, 3],
  [2000, 3],
  [8000, 1],
]);

const SIZES = [...ROUNDS.keys()];

/** How many buckets the same grants in a single document, which no policy can hold, are timed for. */
const UNPACKED = [500, 2000, 8000];

/** Up to so many buckets the number of policies has a limit; more of them show how time grows. */
const PROMISED = 2000;

/** The most policies for so many at least: 5 % or one above. */
const mostPolicies = (fewest: number) => Math.max(fewest * 1.05, fewest + 1);

/** Packing of 1 to 2,000 buckets and more into managed policies, and what Terraform takes for it. */
export const buckets: Suite = {
  name: "buckets",
  needs: ["terraform", "moto"],
  run: async () => {
    const moto = await startMoto();
    const provider = await attachProvider(awsEnvironment(moto.url));
    const workspaces: Workspace[] = [];
    const workspaceFor = async (root: string, count: number) => {
      const workspace = new Workspace(provider.environment)
        .write("main.tf", `${PROVIDER}${root}`)
        .copy(join(REPOSITORY, "bench", "twins", "many-buckets"), "many-buckets")
        .write(
          "buckets.auto.tfvars.json",
          JSON.stringify({ buckets: asVariable(manyBuckets(count)) }),
        );
      workspaces.push(workspace);
      return workspace.init();
    };
    const plan = (workspace: Workspace) =>
      measure({
        program: "terraform",
        args: ["plan", "-out=plan", "-input=false", "-no-color"],
        folder: workspace.path,
        environment: { ...provider.environment, CHECKPOINT_DISABLE: "1" },
      });
    try {
      const nothing = await workspaceFor('\nvariable "buckets" {}\n', 0);
      const packed = new Map<number, Workspace>();
      for (const size of SIZES) {
        packed.set(size, await workspaceFor(PACKED, size));
      }
      await plan(nothing);
      const empty: Usage[] = [];
      const usages = new Map<number, Usage[]>(SIZES.map((size) => [size, []]));
      const rounds = Math.max(...ROUNDS.values());
      for (let round = 0; round < rounds; round += 1) {
        empty.push(await plan(nothing));
        for (const [size, workspace] of packed) {
          if (round < (ROUNDS.get(size) ?? 0)) {
            usages.get(size)?.push(await plan(workspace));
          }
        }
      }
      const byHand = new Map<number, Usage>();
      for (const size of UNPACKED) {
        byHand.set(size, await plan(await workspaceFor(UNPACKED_ROOT, size)));
      }
      const found: Found[] = [];
      for (const [size, workspace] of packed) {
        const texts = await plannedPolicies(workspace);
        found.push({
          size,
          policies: texts.length,
          fewest: fewestPolicies(manyBuckets(size)),
          problems: grantedOnce(manyBuckets(size), texts),
          usages: usages.get(size) ?? [],
        });
      }
      return resultOf(found, empty, byHand);
    } finally {
      for (const workspace of workspaces) {
        workspace.remove();
      }
      await provider.stop();
      await moto.stop();
    }
  },
};

const PACKED = `
variable "buckets" {
  type = any
}

module "grants" {
  source         = ${JSON.stringify(moduleSource("remotion-bucket-grants", "hcl"))}
  role_names     = { writer = "writer" }
  output_buckets = var.buckets

  max_policies_per_role = 1000
}
`;

const UNPACKED_ROOT = `
module "grants" {
  source         = "./many-buckets"
  output_buckets = var.buckets
}

variable "buckets" {
  type = any
}
`;

interface Found {
  readonly size: number;
  readonly policies: number;
  readonly fewest: number;
  /** Buckets that are not granted, or granted twice. */
  readonly problems: readonly string[];
  readonly usages: readonly Usage[];
}

async function plannedPolicies(workspace: Workspace): Promise<string[]> {
  const { stdout } = await workspace.run("terraform", ["show", "-json", "plan"]);
  const { resource_changes: changes = [] } = JSON.parse(stdout) as {
    readonly resource_changes?: readonly {
      readonly type: string;
      readonly change: { readonly after: { readonly policy?: unknown } };
    }[];
  };
  return changes
    .filter(({ type }) => type === "aws_iam_policy")
    .map(({ change }) => String(change.after.policy));
}

/** Processor time, or time where the system does not tell it. */
const timeOf = ({ wall, cpu }: Usage) => (cpu === 0 ? wall : cpu);

function resultOf(
  found: readonly Found[],
  empty: readonly Usage[],
  byHand: ReadonlyMap<number, Usage>,
) {
  const fixed = timeOf(medianUsage(empty));
  const ratioOf = ({ usages }: Found) =>
    pairedRatio(usages.map(timeOf), empty.slice(0, usages.length).map(timeOf));
  const costs = found.map(({ size, usages }) => ({ size, cost: timeOf(medianUsage(usages)) }));
  const steps = growth(costs, fixed);
  const bend = worseThanLinear(steps);
  const handSteps = growth(
    [...byHand].map(([size, usage]) => ({ size, cost: timeOf(usage) })),
    fixed,
  );
  const handBend = worseThanLinear(handSteps);
  const problems = found.flatMap((one) => one.problems.slice(0, 5));
  const number = (value: number) => value.toLocaleString("en");
  return {
    title: "Packing of buckets",
    table: {
      columns: [
        "Buckets",
        "Policies",
        "Lower bound",
        "Granted once",
        "Plan",
        "Processor time",
        "/ an empty plan",
        "Growth",
        "One document",
      ],
      rows: [
        [
          "an empty plan",
          "",
          "",
          "",
          milliseconds(medianUsage(empty).wall),
          milliseconds(fixed),
          "",
          "",
          "",
        ],
        ...found.map((one) => {
          const { wall, cpu } = medianUsage(one.usages);
          const step = steps.find(({ to }) => to === one.size);
          const hand = byHand.get(one.size);
          return [
            number(one.size),
            String(one.policies),
            String(one.fewest),
            one.problems.length === 0 ? "all" : `${one.problems.length} wrong`,
            milliseconds(wall),
            milliseconds(cpu),
            times(ratioOf(one)),
            step === undefined ? "" : `n^${step.exponent.toFixed(2)}`,
            hand === undefined ? "" : milliseconds(timeOf(hand)),
          ];
        }),
      ],
    },
    notes: [
      `The module remotion-bucket-grants with mixed names, prefixes, accesses and keys, in HCL and without roles, of which none may have so many policies; plans with the provider running already. No number of policies below the lower bound can hold the grants; up to ${number(PROMISED)} buckets the limit is 5 % or one above it. Growth is that of Terraform's processor time from the size before, an empty plan taken off. “One document” is the processor time of a plan that only puts the same ARNs into a single document, which is far too long for a policy: what Terraform's language takes for that many buckets at least.`,
      bend === undefined
        ? `Packing grows no worse than linearly up to ${number(found.at(-1)?.size ?? 0)} buckets.`
        : `Packing is worse than linear from ${number(bend.from)} buckets on (n^${bend.exponent.toFixed(2)} up to ${number(bend.to)}): Terraform copies lists and objects whenever it looks at them. ${handBend === undefined ? "One document grows linearly there." : `One document is so from ${number(handBend.from)} on (n^${handBend.exponent.toFixed(2)}).`}`,
      ...problems,
    ],
    ratios: found.flatMap((one): Ratio[] => [
      {
        name: `buckets: policies for ${one.size} / the most allowed`,
        value: one.policies / mostPolicies(one.fewest),
        better: "lower",
        steady: true,
        ...(one.size <= PROMISED ? { limit: 1 } : {}),
      },
      {
        name: `buckets: of ${one.size}, not granted exactly once`,
        value: one.problems.length,
        better: "lower",
        steady: true,
        limit: 0,
      },
      {
        name: `buckets: plan of ${one.size} / an empty plan, processor time`,
        value: ratioOf(one),
        better: "lower",
        steady: one.usages.length > 1,
      },
    ]),
  };
}
