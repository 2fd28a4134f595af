import { afterAll, beforeAll, expect, it } from "vitest";
import { NO_FAULTS, seededFaults } from "../support/fault-proxy.js";
import { partOf } from "../support/part.js";
import { describeAws } from "../support/suites.js";
import { WHOLE_NAMES, WHOLE_ROOT } from "../support/whole-root.js";
import { Workspace } from "../support/workspace.js";
import { converge } from "./support/converge.js";
import { type FaultyAws, startFaultyAws } from "./support/faulty-aws.js";

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
  let aws: FaultyAws;
  beforeAll(async () => {
    aws = await startFaultyAws();
  });
  afterAll(() => aws?.stop());

  it.each(partOf("rounds of Terraform with faults", ROUNDS, ROUNDS.length))(
    "converges with the seed $seed, where $percent % of the calls have a fault",
    async ({ seed, percent }) => {
      await aws.moto.reset();
      const workspace = await new Workspace(aws.environment).write("main.tf", WHOLE_ROOT).init();
      const plan = seededFaults(String(seed), percent / 100);
      const before = aws.proxy.injected.length;

      const convergence = await converge(workspace, (apply) => {
        aws.proxy.plan(apply <= FAULTY_APPLIES ? plan : NO_FAULTS);
      });

      aws.proxy.plan(NO_FAULTS);
      const injected = aws.proxy.injected.slice(before);
      say(seed, convergence, injected);
      expect(injected).not.toEqual([]);
      expect(await aws.iam.everything()).toEqual(WHOLE_NAMES);
      expect(await workspace.isUpToDate()).toBe(true);
      await workspace.destroy();
      expect(await aws.iam.everything()).toEqual([]);
      workspace.remove();
    },
  );
});

function say(
  seed: number,
  { applies, imported }: Awaited<ReturnType<typeof converge>>,
  injected: FaultyAws["proxy"]["injected"],
): void {
  process.stderr.write(
    `seed ${seed}: ${injected.length} faults, ${applies} applies, ${imported.length} imported\n`,
  );
}
