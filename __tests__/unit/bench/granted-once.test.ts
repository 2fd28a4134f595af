import { expect, it } from "vitest";
import { grantedOnce } from "../../../bench/granted-once.js";
import { bucketGrantStatements } from "../../../lib/remotion/bucket-grants.js";
import { manyBuckets } from "../../support/many-buckets.js";

const BUCKETS = manyBuckets(20);
const STATEMENTS = bucketGrantStatements(BUCKETS, "aws");
const [FIRST] = STATEMENTS;
const text = (Statement: readonly unknown[]) => JSON.stringify({ Statement });
const ARN = FIRST?.Resource[0] ?? "";

it.each([
  { name: "all in one policy", policies: [text(STATEMENTS)], problems: [] },
  {
    name: "spread over two",
    policies: [text(STATEMENTS.slice(0, 2)), text(STATEMENTS.slice(2))],
    problems: [],
  },
  {
    name: "one of them twice",
    policies: [text(STATEMENTS), text([{ ...FIRST, Resource: ARN }])],
    problems: [`${FIRST?.Sid} on ${ARN} is granted 2 times.`],
  },
  {
    name: "one of them missing",
    policies: [text([{ ...FIRST, Resource: FIRST?.Resource.slice(1) }, ...STATEMENTS.slice(1)])],
    problems: [`${FIRST?.Sid} on ${ARN} is granted 0 times.`],
  },
  {
    name: "one too many",
    policies: [text([...STATEMENTS, { Sid: "Other", Resource: "*" }])],
    problems: ["Other on * is granted, and nobody asked for it."],
  },
])("finds what is not granted exactly once: $name", ({ policies, problems }) => {
  expect(grantedOnce(BUCKETS, policies)).toEqual(problems);
});
