import { beforeAll, describe, expect, inject, it, vi } from "vitest";
import { SCENARIOS } from "./scenarios/index.js";
import { findPackages, type Packages } from "./support/packages-cache.js";
import { RECORDED_VERSION } from "./support/packages-manifest.js";
import { type Result, recordClient } from "./support/record.js";

const FIVE_MINUTES = 300_000;

const packages: Packages =
  inject("moto").missing === undefined
    ? await findPackages(RECORDED_VERSION)
    : { missing: "moto_server cannot be used." };

describe.skipIf("missing" in packages)("what Remotion's client asks of AWS", () => {
  let result: Result;

  beforeAll(async () => {
    const folder = "folder" in packages ? packages.folder : "";
    // Remotion's own warnings, about what the scenarios are for.
    const muted = (["log", "warn", "error"] as const).map((method) =>
      vi.spyOn(console, method).mockReturnValue(undefined),
    );
    result = await recordClient(folder, RECORDED_VERSION, SCENARIOS);
    for (const spy of muted) {
      spy.mockRestore();
    }
    const requests = result.recordings.flatMap((recording) => recording.requests);
    process.stderr.write(
      `Remotion ${RECORDED_VERSION}: ${SCENARIOS.length} scenarios, ${requests.length} requests\n`,
    );
  }, FIVE_MINUTES);

  it("is recorded for every exported function and every command", () => {
    expect(result.problems.coverage).toEqual([]);
  });

  it("is what the table of API calls says, under the conditions that it says", () => {
    expect(result.problems.table).toEqual([]);
  });

  it("can be refused where it is said that the API goes on", () => {
    expect(result.problems.denials).toEqual([]);
  });
});
