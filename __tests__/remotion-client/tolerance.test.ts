import { describe, expect, it } from "vitest";
import type { ApiRow } from "../../lib/remotion/api-calls.js";
import type { Consequence } from "./support/consequences.js";
import { isSame, type Outcome } from "./support/outcome.js";
import type { Recording } from "./support/recording.js";
import {
  jointProblems,
  judge,
  makingSeveral,
  readVerdict,
  verdictLike,
} from "./support/tolerance.js";

const NAME = { api: "getSites", situation: "any" } as const;
const READ = { action: "s3:GetObject", resource: "arn:{partition}:s3:::{bucket}/sites/*" };
const LIST = { action: "s3:ListAllMyBuckets", resource: "*" };
const ROW: ApiRow = { ...NAME, actor: "either", calls: [READ, LIST] };

const GIVEN: Outcome = { ending: "resolved", value: "one site", effects: ["PUT /bucket/"] };
const FAILED: Outcome = { ending: "failed", value: "No site", effects: [] };
const REJECTED: Outcome = { ending: "rejected", value: "AccessDenied", effects: [] };
const LATE: Outcome = { ending: "too late", value: "", effects: [] };

function recording(outcome: Outcome, variant = "plain"): Recording {
  const seen = { action: READ.action, resource: "arn:aws:s3:::remotionlambda-any/sites/any" };
  return { ...NAME, variant, requests: [], permissions: [seen, LIST], outcome };
}

function consequence(told: Pick<Consequence, "tolerated" | "missing" | "security">): Consequence {
  return { apis: [NAME.api], action: READ.action, ...told };
}

const THEN = consequence({ tolerated: "The version is null." });

describe("the verdict on a call", () => {
  it.each([
    ["the same", GIVEN, GIVEN, undefined, "tolerated"],
    ["another value that is written down", GIVEN, { ...GIVEN, value: "null" }, THEN, "tolerated"],
    ["another value that nobody wrote down", GIVEN, { ...GIVEN, value: "null" }, undefined, "open"],
    ["another effect that nobody wrote down", GIVEN, { ...GIVEN, effects: [] }, undefined, "open"],
    ["an error, whatever is written down", GIVEN, REJECTED, THEN, "missing"],
    ["no end, whatever is written down", GIVEN, LATE, THEN, "missing"],
    ["the error that it has in any case", FAILED, FAILED, undefined, "missing"],
    ["that error, which is written down", FAILED, FAILED, THEN, "tolerated"],
    [
      "another error than it has in any case, which is written down",
      FAILED,
      REJECTED,
      THEN,
      "tolerated",
    ],
    ["no end in place of an error", FAILED, LATE, THEN, "missing"],
    [
      "a value that is written down as none to go on with",
      GIVEN,
      { ...GIVEN, value: "[]" },
      consequence({ missing: "It finds nothing." }),
      "missing",
    ],
  ] as const)("without which there is %s", async (_case, undenied, denied, told, answer) => {
    const verdict = await judge(ROW, READ, [recording(undenied)], told, async () => denied);

    expect(verdict.answer).toBe(answer);
  });

  it("is that it is missing where one scenario fails without it, and no more are played", async () => {
    const played: string[] = [];
    const verdict = await judge(
      ROW,
      READ,
      [recording(GIVEN, "first"), recording(GIVEN, "second"), recording(GIVEN, "third")],
      THEN,
      async ({ variant }) => {
        played.push(variant);
        return variant === "second" ? REJECTED : GIVEN;
      },
    );

    expect(verdict).toMatchObject({
      answer: "missing",
      because: expect.stringContaining("second"),
    });
    expect(played).toEqual(["first", "second"]);
  });

  it("says first what makes something less secure", async () => {
    const told = consequence({ tolerated: "Anybody can list it.", security: true });

    expect(await judge(ROW, READ, [recording(GIVEN)], told, async () => GIVEN)).toEqual({
      answer: "tolerated",
      sentence: "Anybody can list it.",
      security: true,
    });
  });

  it("needs a place where it was read, of a call that is not recorded", () => {
    const read = "dist/launch.js catches it.";

    expect(readVerdict(undefined).answer).toBe("missing");
    expect(readVerdict(THEN).answer).toBe("missing");
    expect(readVerdict({ ...THEN, read })).toMatchObject({ answer: "tolerated", read });
  });

  it("is as strict as that on each of the calls that it is like", () => {
    const [good, bad] = [readVerdict({ ...THEN, read: "Anywhere." }), readVerdict(undefined)];

    expect(verdictLike([good, bad])).toBe(bad);
    expect(verdictLike([good, good])).toBe(good);
    expect(verdictLike([]).answer).toBe("missing");
  });
});

describe("calls that are tolerated one at a time", () => {
  it.each([
    ["bear it together", GIVEN, 0],
    ["do not bear it together", REJECTED, 1],
  ])("%s", async (_case, denied, problems) => {
    const found = await jointProblems(ROW, [READ, LIST], [recording(GIVEN)], async () => denied);

    expect(found).toHaveLength(problems);
  });

  it("are played together where a scenario makes several of them", () => {
    const both = recording(GIVEN, "both");
    const one: Recording = { ...recording(GIVEN, "one"), permissions: [LIST] };

    expect(makingSeveral(ROW, [READ, LIST], [both, one])).toEqual([both]);
    expect(makingSeveral(ROW, [LIST], [both, one])).toEqual([]);
  });
});

describe("outcomes", () => {
  it.each([
    ["value", { ...GIVEN, value: "two sites" }],
    ["effects", { ...GIVEN, effects: ["PUT /bucket/, public-read"] }],
    ["end", { ...GIVEN, ending: "failed" as const }],
  ])("differ by their %s", (_case, other) => {
    expect(isSame(GIVEN, { ...GIVEN })).toBe(true);
    expect(isSame(GIVEN, other)).toBe(false);
  });
});
