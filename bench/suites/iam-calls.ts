import { type CountingProxy, startCountingProxy } from "../../__tests__/support/counting-proxy.js";
import { MODULE_NAMES } from "../../__tests__/support/module-sources.js";
import { awsEnvironment, startMoto } from "../../__tests__/support/moto.js";
import {
  modulesWithoutTwin,
  WAYS,
  type Way,
  workspaceWith,
} from "../../__tests__/support/twins.js";
import type { Workspace } from "../../__tests__/support/workspace.js";
import { attachProvider } from "../attached-provider.js";
import { measure, medianUsage, type Usage } from "../measure.js";
import type { Ratio } from "../ratios.js";
import { pairedRatio } from "../statistics.js";
import type { Suite } from "../suite.js";
import { milliseconds, times } from "../table.js";

/** Plans without changes, of each module and of its twin; an apply is made once. */
const ROUNDS = 3;

const QUIET = ["-input=false", "-no-color"];

/** Calls to IAM and time of each module against the same thing written by hand. */
export const iamCalls: Suite = {
  name: "iam-calls",
  needs: ["terraform", "moto"],
  run: async () => {
    const missing = modulesWithoutTwin();
    if (missing.length > 0) {
      throw new Error(`bench/twins has nothing for ${missing.join(", ")}: write it by hand.`);
    }
    const moto = await startMoto();
    const proxy = await startCountingProxy(moto.url);
    const provider = await attachProvider(awsEnvironment(proxy.url));
    try {
      const found: Found[] = [];
      for (const module of MODULE_NAMES) {
        found.push(await compare(module, proxy, provider.environment));
      }
      return {
        title: "Modules against the same thing by hand",
        table: {
          columns: [
            "Module",
            "Calls at apply",
            "by hand",
            "Calls at plan",
            "by hand",
            "Apply",
            "by hand",
            "Plan",
            "by hand",
            "/ by hand",
          ],
          rows: found.map((one) => [
            one.module,
            String(one.calls.apply["with-module"]),
            String(one.calls.apply["by-hand"]),
            String(one.calls.plan["with-module"]),
            String(one.calls.plan["by-hand"]),
            milliseconds(one.apply["with-module"].wall),
            milliseconds(one.apply["by-hand"].wall),
            milliseconds(medianUsage(one.plans["with-module"]).wall),
            milliseconds(medianUsage(one.plans["by-hand"]).wall),
            times(planRatio(one)),
          ]),
        },
        notes: [
          `Calls to IAM as a proxy counts them; a plan is one without changes. One apply and the medians of ${ROUNDS} plans each, in turns, with the provider running already: its start is the same for both. The last column is processor time of Terraform.`,
        ],
        ratios: found.flatMap(ratiosOf),
      };
    } finally {
      await provider.stop();
      await proxy.stop();
      await moto.stop();
    }
  },
};

interface Found {
  readonly module: string;
  readonly calls: Readonly<Record<"apply" | "plan", Record<Way, number>>>;
  readonly apply: Record<Way, Usage>;
  readonly plans: Record<Way, Usage[]>;
}

async function compare(
  module: string,
  proxy: CountingProxy,
  environment: Readonly<Record<string, string>>,
): Promise<Found> {
  const calls = {
    apply: { "by-hand": 0, "with-module": 0 },
    plan: { "by-hand": 0, "with-module": 0 },
  };
  const apply: Partial<Record<Way, Usage>> = {};
  const plans: Record<Way, Usage[]> = { "by-hand": [], "with-module": [] };
  const workspaces: Partial<Record<Way, Workspace>> = {};
  const terraform = (way: Way, ...args: string[]) =>
    measure({
      program: "terraform",
      args: [...args, ...QUIET],
      folder: workspaces[way]?.path ?? "",
      environment: { ...environment, CHECKPOINT_DISABLE: "1" },
    });
  for (const way of WAYS) {
    const namePrefix = `${module.replace("remotion-", "")}-${way}-`;
    workspaces[way] = await workspaceWith([{ module, way, namePrefix }], environment);
    proxy.take();
    apply[way] = await terraform(way, "apply", "-auto-approve");
    calls.apply[way] = proxy.take().length;
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const way of round % 2 === 0 ? WAYS : WAYS.toReversed()) {
      plans[way].push(await terraform(way, "plan", "-detailed-exitcode"));
      calls.plan[way] = proxy.take().length;
    }
  }
  for (const way of WAYS) {
    workspaces[way]?.remove();
  }
  return { module, calls, apply: apply as Record<Way, Usage>, plans };
}

function planRatio({ plans }: Found): number {
  const figure = ({ wall, cpu }: Usage) => (cpu === 0 ? wall : cpu);
  return pairedRatio(plans["with-module"].map(figure), plans["by-hand"].map(figure));
}

function ratiosOf(found: Found): Ratio[] {
  const { module, calls } = found;
  return [
    ...(["apply", "plan"] as const).map(
      (step): Ratio => ({
        name: `iam-calls: ${module} / by hand, calls at ${step}`,
        value: calls[step]["with-module"] / calls[step]["by-hand"],
        better: "lower",
        steady: true,
        limit: 1,
      }),
    ),
    {
      name: `iam-calls: ${module} / by hand, processor time of a plan`,
      value: planRatio(found),
      better: "lower",
      steady: true,
    },
  ];
}
