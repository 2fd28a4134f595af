import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { report } from "../least-privilege/support/report.js";
import { startProvider } from "../support/aws.js";
import { countOf } from "../support/part.js";
import { recordPlayed } from "../support/played.js";
import type { RunningProvider } from "../support/running-provider.js";
import { describeTerraform } from "../support/suites.js";
import { type Comparison, compare, type Report } from "./support/compare.js";
import { generateRoot } from "./support/generate-root.js";
import { PlannedRoots } from "./support/run-differential.js";
import { Tally } from "./support/tally.js";

// `npm run differential` does the same for as many roots as one wants, and applies some of them.
const SEED = 1;
const WHAT = "roots that nobody wrote, to verify and to another judge";
const ROOTS = countOf(WHAT, { each: 24, all: 200 });

/** How many are planned at once. */
const TOGETHER = 50;

describeTerraform("verify, on roots that nobody wrote", () => {
  let provider: RunningProvider;
  const planned: PlannedRoots[] = [];
  beforeAll(async () => {
    provider = await startProvider({});
    const roots = Array.from({ length: ROOTS }, (_root, number) =>
      generateRoot(number, { seed: SEED, forMock: false }),
    );
    for (let from = 0; from < ROOTS; from += TOGETHER) {
      const some = roots.slice(from, from + TOGETHER);
      planned.push(await PlannedRoots.of(some, provider.environment));
    }
  });
  afterAll(async () => {
    for (const roots of planned) {
      roots.remove();
    }
    await provider.stop();
  });

  it(`says what another judge says, of ${ROOTS} of them`, async () => {
    const tally = new Tally();
    const memory = new Map<string, boolean>();
    for (const roots of planned) {
      for (const one of await roots.comparisons(memory)) {
        tally.add(one);
      }
    }
    recordPlayed(WHAT, { counted: { calls: tally.requests, simulations: memory.size } });
    report(`differential, seed ${SEED}: ${tally.lines.join("; ")}`);
    expect(tally.faults).toEqual([]);
    expect(tally.untoldWhereKnown).toBe(0);
    expect(tally.requests).toBeGreaterThan(100 * ROOTS);
  });

  it("says the same of a root in a plan of several as of the root alone", async () => {
    const reports = (await planned[0]?.cutAndAlone(2)) ?? [];
    for (const { cut, alone } of reports) {
      expect(cut).toEqual(alone);
    }
    expect(reports).toHaveLength(2);
  });
});

describe("the comparison", () => {
  const invoke = (answer: string, Effect: "Allow" | "Deny", Condition = {}) => {
    const said: Report = {
      complete: "complete",
      bystanders: [],
      verified: [
        {
          principal: "ci",
          address: "aws_iam_user.ci",
          // Of this profile not everything is asked.
          part: { actor: "user", profile: "render" },
          standing: "meant",
          checkedIn: {
            account: "123456789012",
            regions: ["us-east-1"],
            buckets: [],
            functions: [],
            narrowed: [],
          },
          apis: [
            {
              api: "getRenderProgress()",
              situation: "through the function",
              calls: [
                {
                  action: "lambda:InvokeFunction",
                  resource:
                    "arn:aws:lambda:us-east-1:123456789012:function:remotion-render-4-0-527",
                  answer: answer as "allowed",
                },
              ],
            },
          ],
        },
      ],
    };
    const statement = { Effect, Action: ["lambda:*"], Resource: ["*"], Condition };
    const document = { Version: "2012-10-17", Statement: [statement] };
    const principal = {
      address: "aws_iam_user.ci",
      kind: "user",
      name: "ci",
      path: "/",
      policies: [{ document }],
      hasUnread: false,
    } as const;
    const root = { name: "r", content: {}, options: [], principals: [principal], isKnown: true };
    const held = { policies: [document], boundary: undefined, hasUnread: false };
    return compare(root, said, [{ principal, held }], new Map());
  };
  const kinds = ({ differences }: Comparison) => differences.map(({ kind }) => kind);
  const fromOffice = { IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } };

  it.each([
    ["allowed", "Allow", {}, []],
    ["allowed", "Deny", {}, ["false yes"]],
    ["allowed", "Allow", fromOffice, ["false yes"]],
    ["missing", "Deny", {}, []],
    ["missing", "Allow", {}, ["false no"]],
    ["tolerated", "Allow", {}, ["false no"]],
    ["missing", "Allow", fromOffice, ["false no"]],
    ["untold", "Allow", fromOffice, []],
    ["untold", "Allow", {}, ["needless untold"]],
  ] as const)("of %s with %s %j finds %j", async (answer, effect, condition, expected) => {
    expect(kinds(await invoke(answer, effect, condition))).toEqual(expected);
  });
});
