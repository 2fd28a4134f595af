import { describe, expect, it } from "vitest";
import type { ApiRow } from "../../lib/remotion/api-calls.js";
import type { Recording } from "./support/recording.js";
import { tableProblems } from "./support/table-check.js";

const NAME = { api: "rendering", situation: "launch" } as const;
const CALL = { action: "s3:ListAllMyBuckets", resource: "*" };
const ROW: ApiRow = { ...NAME, actor: "function", calls: [CALL] };
const UNRECORDED: ApiRow = { ...ROW, unrecorded: "Read in a package." };
const RECORDING: Recording = {
  ...NAME,
  variant: "plain",
  requests: [],
  permissions: [CALL],
  outcome: { ending: "resolved", value: "", effects: [] },
};

describe("the comparison of the table with what was recorded", () => {
  it.each([
    { case: "a row that is recorded", row: ROW, recordings: [RECORDING] },
    { case: "a row that says why it is not", row: UNRECORDED, recordings: [] },
  ])("accepts $case", ({ row, recordings }) => {
    expect(tableProblems([row], recordings, [])).toEqual([]);
  });

  it.each([
    {
      case: "a row that is not recorded, and does not say why",
      row: ROW,
      recordings: [],
      problem: "no scenario records this row",
    },
    {
      case: "a row that is recorded, and says that it is not",
      row: UNRECORDED,
      recordings: [RECORDING],
      problem: "says why it is not recorded, but is",
    },
    {
      case: "a call that is never seen, without a reason",
      row: { ...ROW, calls: [CALL, { action: "s3:CreateBucket", resource: "*" }] },
      recordings: [RECORDING],
      problem: "was never seen",
    },
  ])("finds $case", ({ row, recordings, problem }) => {
    expect(tableProblems([row], recordings, [])).toEqual([expect.stringContaining(problem)]);
  });
});
