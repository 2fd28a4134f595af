import { afterAll, beforeAll, expect, it } from "vitest";
import { startProvider } from "../support/aws.js";
import {
  type FaultProxy,
  NO_FAULTS,
  seededFaults,
  startFaultProxy,
} from "../support/fault-proxy.js";
import { IamApi } from "../support/iam-api.js";
import { awsEnvironment, type Moto, startMoto } from "../support/moto.js";
import { partOf } from "../support/part.js";
import type { RunningProvider } from "../support/running-provider.js";
import { describeAws } from "../support/suites.js";
import { WHOLE_NAMES, WHOLE_ROOT } from "../support/whole-root.js";
import { Workspace } from "../support/workspace.js";
import { converge } from "./support/converge.js";

/*
 * Terraform between two states of an account, with throttling, errors, and calls and answers that get lost or are
 * late. Each round converges, by itself or with `import --from-error`; nothing is left that the state does not know.
 */

/** Rounds with faults by chance: the seed is the number. */
const ROUNDS = Array.from({ length: 24 }, (_, seed) => ({
  seed,
  percent: 10 + (seed % 4) * 10,
}));

/** In how many applies there are faults. */
const FAULTY_APPLIES = 2;

describeAws("Terraform, with faults between it and AWS,", () => {
  let moto: Moto;
  let iam: IamApi;
  let proxy: FaultProxy;
  let provider: RunningProvider;
  let environment: Record<string, string>;
  beforeAll(async () => {
    moto = await startMoto();
    iam = new IamApi(moto.url);
    proxy = await startFaultProxy(moto.url);
    provider = await startProvider(awsEnvironment(proxy.url));
    environment = { ...awsEnvironment(proxy.url), ...provider.environment };
  });
  afterAll(async () => {
    await provider?.stop();
    await proxy?.stop();
    await moto?.stop();
  });

  it.each(partOf("rounds of Terraform with faults", ROUNDS, ROUNDS.length))(
    "converges with the seed $seed, where $percent % of the calls have a fault",
    async ({ seed, percent }) => {
      await moto.reset();
      const workspace = await new Workspace(environment).write("main.tf", WHOLE_ROOT).init();
      const plan = seededFaults(String(seed), percent / 100);
      const before = proxy.injected.length;

      const convergence = await converge(workspace, (apply) => {
        proxy.plan(apply <= FAULTY_APPLIES ? plan : NO_FAULTS);
      });

      proxy.plan(NO_FAULTS);
      const injected = proxy.injected.slice(before);
      say(seed, convergence, injected);
      expect(injected).not.toEqual([]);
      expect(await iam.everything()).toEqual(WHOLE_NAMES);
      expect(await workspace.isUpToDate()).toBe(true);
      await workspace.destroy();
      expect(await iam.everything()).toEqual([]);
      workspace.remove();
    },
  );
});

function say(
  seed: number,
  { applies, imported }: Awaited<ReturnType<typeof converge>>,
  injected: FaultProxy["injected"],
): void {
  process.stderr.write(
    `seed ${seed}: ${injected.length} faults, ${applies} applies, ${imported.length} imported\n`,
  );
}
