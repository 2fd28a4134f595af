import { afterAll, describe, expect, it } from "vitest";
import { PARTITIONS } from "../../lib/iam/partition.js";
import { apiName } from "../../lib/remotion/api-calls.js";
import { sampleRequest } from "../../lib/remotion/sample-request.js";
import { EXCEPTIONS, type Exception, exceptionOf } from "./support/exceptions.js";
import { POLICIES_UNDER_TEST } from "./support/policies-under-test.js";
import { report } from "./support/report.js";
import { allAllowed, allDenied, verdictsOf } from "./support/verdicts.js";

const CASES = POLICIES_UNDER_TEST.flatMap((underTest) =>
  PARTITIONS.map((partition) => ({ ...underTest, partition })),
);

let checked = 0;
const used = new Set<Exception | undefined>();

describe.each(CASES)("the policy $name in $partition", (underTest) => {
  const { partition, policyOf, rows } = underTest;
  const policy = policyOf({ partition });
  const named = rows.map((row) => ({ ...row, name: `${apiName(row.api)} (${row.situation})` }));

  it.each(named)("allows all that $name calls, but the exceptions", async ({ calls }) => {
    const exceptions = calls.map((call) => exceptionOf(call, underTest, partition));
    const requests = calls.map((call) => sampleRequest(call, { partition }));
    const needed = requests.filter((_, index) => exceptions[index] === undefined);
    const excepted = requests.filter((_, index) => exceptions[index] !== undefined);

    expect(await verdictsOf(policy, needed)).toEqual(allAllowed(needed));
    expect(await verdictsOf(policy, excepted)).toEqual(allDenied(excepted));
    checked += calls.length;
    for (const exception of exceptions) {
      used.add(exception);
    }
  });
});

describe("the exceptions", () => {
  it.each(EXCEPTIONS)("have a use: $reason", (exception) => {
    expect([...used]).toContain(exception);
  });
});

afterAll(() => report(`least privilege: ${checked} calls of APIs asked of both evaluators`));
