import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startProvider } from "../support/aws.js";
import { type CountingProxy, type IamCall, startCountingProxy } from "../support/counting-proxy.js";
import { MODULE_NAMES } from "../support/module-sources.js";
import { awsEnvironment, type Moto, startMoto } from "../support/moto.js";
import type { RunningProvider } from "../support/running-provider.js";
import { describeAws } from "../support/suites.js";
import { WAYS, type Way, workspaceWith } from "../support/twins.js";

/** What everything of a module's comparison is named after. */
const prefixOf = (module: string, way: Way) => `${module}-${way}-`;

/** Every module, and the same resources by hand, for one apply. */
const TWINS = MODULE_NAMES.flatMap((module) =>
  WAYS.map((way) => ({ module, way, namePrefix: prefixOf(module, way) })),
);

describeAws("Calls to IAM", () => {
  let moto: Moto;
  let proxy: CountingProxy;
  let provider: RunningProvider;
  const calls: Record<"apply" | "plan", IamCall[]> = { apply: [], plan: [] };
  beforeAll(async () => {
    moto = await startMoto();
    proxy = await startCountingProxy(moto.url);
    provider = await startProvider(awsEnvironment(proxy.url));
    const environment = { ...awsEnvironment(proxy.url), ...provider.environment };
    const workspace = await workspaceWith(TWINS, environment);
    await workspace.apply();
    calls.apply = proxy.takeCalls();
    expect(await workspace.isUpToDate()).toBe(true);
    calls.plan = proxy.takeCalls();
    workspace.remove();
  });
  afterAll(async () => {
    await provider.stop();
    await proxy.stop();
    await moto.stop();
  });

  const actionsOf = (step: "apply" | "plan", module: string, way: Way) =>
    calls[step]
      .filter(({ names }) => names.some((name) => isOf(name, prefixOf(module, way))))
      .map(({ action }) => action);

  it("are all told apart by what they name", () => {
    const whose = ({ names }: IamCall) =>
      TWINS.filter(({ namePrefix }) => names.some((name) => isOf(name, namePrefix)));

    expect([...calls.apply, ...calls.plan].filter((call) => whose(call).length !== 1)).toEqual([]);
  });

  describe.each(MODULE_NAMES)("of %s", (module) => {
    it.each(["apply", "plan"] as const)("are at most those of the same by hand, at %s", (step) => {
      const byHand = actionsOf(step, module, "by-hand");

      expect(byHand).not.toEqual([]);
      expect(actionsOf(step, module, "with-module").length).toBeLessThanOrEqual(byHand.length);
    });

    it("create as much as by hand", () => {
      const created = (way: Way) =>
        actionsOf("apply", module, way)
          .filter((action) => /^(Create|Put|Attach|Add)/.test(action))
          .sort();

      expect(created("with-module")).toEqual(created("by-hand"));
    });
  });

  it("are at most 23 at apply and 14 at a plan for the whole set, with a caller's role", () => {
    expect(actionsOf("apply", "remotion-lambda", "with-module").length).toBeLessThanOrEqual(23);
    expect(actionsOf("plan", "remotion-lambda", "with-module").length).toBeLessThanOrEqual(14);
  });
});

/** Whether a name, or an ARN by its last part, begins with the prefix. */
function isOf(name: string, prefix: string): boolean {
  return name.slice(name.lastIndexOf("/") + 1).startsWith(prefix);
}
