import { beforeAll, expect, inject, it, vi } from "vitest";
import { TOLERATED_CALLS } from "../../lib/remotion/tolerated.js";
import type { FoundPackages } from "../support/cached-packages.js";
import { PART } from "../support/part.js";
import { describeUnless } from "../support/suites.js";
import { SCENARIOS } from "./scenarios/index.js";
import type { DenialChoice } from "./support/denial-check.js";
import { findRemotion } from "./support/packages-cache.js";
import { RECORDED_VERSION } from "./support/packages-manifest.js";
import { type Result, recordClient } from "./support/record.js";

const { missing } = inject("moto");
const packages: FoundPackages =
  missing === undefined ? await findRemotion(RECORDED_VERSION) : { missing };

/** All tolerated calls, each day in another scenario, and a part of the others. */
const DENIALS: DenialChoice = {
  tolerated: TOLERATED_CALLS,
  parts: 20,
  seed: PART,
};

const describeClient = describeUnless("missing" in packages ? packages.missing : undefined);

describeClient("what Remotion's client asks of AWS", () => {
  let result: Result;

  beforeAll(async () => {
    const folder = "folder" in packages ? packages.folder : "";
    // Remotion's own warnings, about what the scenarios are for.
    const muted = (["log", "warn", "error"] as const).map((method) =>
      vi.spyOn(console, method).mockReturnValue(undefined),
    );
    result = await recordClient(folder, RECORDED_VERSION, SCENARIOS, DENIALS);
    for (const spy of muted) {
      spy.mockRestore();
    }
    const requests = result.recordings.flatMap((recording) => recording.requests);
    process.stderr.write(
      `Remotion ${RECORDED_VERSION}: ${SCENARIOS.length} scenarios, ${requests.length} requests, ` +
        `${result.denials.plays} plays without a call, tolerated ones in ` +
        `${result.denials.tolerated.join(" of ")} scenarios (TEST_PART=${DENIALS.seed} plays the same)\n`,
    );
  });

  it("is recorded for every exported function and every command", () => {
    expect(result.coverage).toEqual([]);
  });

  it("is what the table of API calls says, under the conditions that it says", () => {
    expect(result.table).toEqual([]);
  });

  it("can be refused where the table of tolerated calls says so, and nowhere else", () => {
    expect(result.denials.problems).toEqual([]);
  });
});
