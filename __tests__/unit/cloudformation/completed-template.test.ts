import fc from "fast-check";
import { expect, it } from "vitest";
import type { Reading } from "../../../lib/terraform/principal.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options } from "../verify/support.js";
import { ACCOUNT, setUp, templateOf, Writer } from "./support/set-ups.js";
import { readingOf } from "./support/template.js";

/*
 * What is said of a template that leaves something open holds whatever is given for it: with the values, each
 * answer but untold is the same.
 */

/** Answers by the place of the principal, the API and the call. */
function answersOf(reading: Reading): ReadonlyMap<string, string> {
  const named = reading.principals.map(({ address, kind }) => ({
    name: address,
    actor: kind === "role" ? ("role" as const) : ("user" as const),
    profile: "full" as const,
  }));
  const scope = {
    accountId: ACCOUNT,
    regions: ["eu-central-1"],
    bucketNames: ["remotionlambda-eucentral1-abc1234567"],
    functionNames: ["remotion-render-4-0-527-mem2048mb-disk2048mb-120sec"],
  };
  return new Map(
    verifyReading(reading, options({ named, scope })).verified.flatMap(({ address, apis }) =>
      apis.flatMap(({ api, situation, calls }) =>
        calls.map(({ action, resource, answer }): [string, string] => [
          // The name of the caller is in some, and may be what is not told.
          [address, api, situation, action, resource.replace(/:(?:user|role)\/.*/, "")].join(" "),
          answer,
        ]),
      ),
    ),
  );
}

it("says of a template nothing that its values contradict", () => {
  let told = 0;
  let untold = 0;
  fc.assert(
    fc.property(setUp, fc.infiniteStream(fc.nat(1000)), (drawn, stream) => {
      const writer = new Writer(() => stream.next().value, true);
      const template = templateOf(drawn, writer);
      const open = answersOf(readingOf(template));
      const closed = answersOf(
        readingOf(template, { ...writer.values, "AWS::AccountId": ACCOUNT }),
      );
      for (const [call, answer] of open) {
        const certain = closed.get(call);
        if (answer === "untold") {
          untold += 1;
        } else if (certain !== undefined) {
          told += 1;
          expect(`${call}: ${answer}`).toBe(`${call}: ${certain}`);
        }
      }
    }),
    { numRuns: 6 },
  );

  expect(told).toBeGreaterThan(100);
  expect(untold).toBeGreaterThan(100);
});
