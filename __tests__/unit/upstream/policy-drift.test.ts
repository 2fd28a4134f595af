import { describe, expect, it } from "vitest";
import { isDrift, policyDrift } from "../../../lib/upstream/policy-drift.js";
import type {
  PublishedPolicy,
  PublishedStatement,
} from "../../../lib/upstream/published-policy.js";

const READ = statement(
  "Read",
  ["s3:GetObject", "s3:ListBucket"],
  ["arn:aws:s3:::a", "arn:aws:s3:::b"],
);
const INVOKE = statement("Invoke", ["lambda:InvokeFunction"], ["*"]);
const LOG = statement("Log", ["logs:CreateLogStream", "logs:PutLogEvents"], ["arn:aws:logs:::x"]);

const NONE = { added: [], removed: [] };
const NO_DRIFT = { added: [], removed: [], changed: [], elements: [] };

describe("the same policy", () => {
  it.each([
    { written: "alike", theirs: [READ, INVOKE], onlyForm: false },
    { written: "with its statements in another order", theirs: [INVOKE, READ], onlyForm: true },
    {
      written: "with its actions in another order",
      theirs: [{ ...READ, Action: ["s3:ListBucket", "s3:GetObject"] }, INVOKE],
      onlyForm: true,
    },
    {
      written: "with its resources in another order",
      theirs: [{ ...READ, Resource: ["arn:aws:s3:::b", "arn:aws:s3:::a"] }, INVOKE],
      onlyForm: true,
    },
    {
      written: "with an action twice",
      theirs: [{ ...READ, Action: ["s3:GetObject", "s3:ListBucket", "s3:GetObject"] }, INVOKE],
      onlyForm: true,
    },
    {
      written: "with a single value in place of a list of one",
      theirs: [READ, { ...INVOKE, Action: "lambda:InvokeFunction", Resource: "*" }],
      onlyForm: true,
    },
    {
      written: "with its elements in another order",
      theirs: [READ, Object.fromEntries(Object.entries(INVOKE).reverse())],
      onlyForm: true,
    },
  ])("has no drift, written $written", ({ theirs, onlyForm }) => {
    const drift = policyDrift(policy(READ, INVOKE), policy(...theirs));

    expect(drift).toEqual({ ...NO_DRIFT, onlyForm });
    expect(isDrift(drift)).toBe(false);
  });

  it("has no drift when a condition lists its values in another order", () => {
    const among = (...values: string[]) =>
      policy({ ...INVOKE, Condition: { StringEquals: { "aws:PrincipalTag/a": values } } } as never);

    expect(policyDrift(among("x", "y"), among("y", "x"))).toEqual({ ...NO_DRIFT, onlyForm: true });
  });
});

describe("a statement", () => {
  it.each([
    { what: "that only they have", ours: [READ], theirs: [READ, LOG], drift: { added: [LOG] } },
    { what: "that only we have", ours: [LOG, READ], theirs: [READ], drift: { removed: [LOG] } },
    {
      what: "in place of another",
      ours: [READ],
      theirs: [LOG],
      drift: { added: [LOG], removed: [READ] },
    },
    {
      what: "that they have twice",
      ours: [READ],
      theirs: [READ, { ...READ }],
      drift: { added: [READ] },
    },
    {
      what: "with an action that only they have",
      ours: [READ],
      theirs: [{ ...READ, Action: ["s3:ListBucket", "s3:PutObject", "s3:GetObject"] }],
      drift: { changed: [changed("Read", { actions: { added: ["s3:PutObject"], removed: [] } })] },
    },
    {
      what: "with an action that only we have",
      ours: [READ],
      theirs: [{ ...READ, Action: "s3:GetObject" }],
      drift: { changed: [changed("Read", { actions: { added: [], removed: ["s3:ListBucket"] } })] },
    },
    {
      what: "with the same Sid and nothing else in common",
      ours: [READ],
      theirs: [{ ...LOG, Sid: "Read" }],
      drift: {
        changed: [
          changed("Read", {
            actions: { added: LOG.Action, removed: READ.Action },
            resources: { added: LOG.Resource, removed: READ.Resource },
          }),
        ],
      },
    },
    {
      what: "with another resource",
      ours: [INVOKE, READ],
      theirs: [{ ...INVOKE, Resource: "arn:aws:lambda:::f" }, READ],
      drift: {
        changed: [
          changed("Invoke", { resources: { added: ["arn:aws:lambda:::f"], removed: ["*"] } }),
        ],
      },
    },
    {
      what: "with another effect",
      ours: [INVOKE],
      theirs: [{ ...INVOKE, Effect: "Deny" }],
      drift: {
        changed: [
          changed("Invoke", { elements: [{ element: "Effect", ours: "Allow", theirs: "Deny" }] }),
        ],
      },
    },
    {
      what: "with a condition that only they have",
      ours: [INVOKE],
      theirs: [{ ...INVOKE, Condition: { Bool: { "aws:SecureTransport": "true" } } }],
      drift: {
        changed: [
          changed("Invoke", {
            elements: [
              { element: "Condition", theirs: { Bool: { "aws:SecureTransport": "true" } } },
            ],
          }),
        ],
      },
    },
    {
      what: "with NotAction in place of Action",
      ours: [INVOKE],
      theirs: [{ Sid: "Invoke", Effect: "Allow", NotAction: ["iam:*"], Resource: ["*"] }],
      drift: {
        changed: [
          changed("Invoke", {
            actions: { added: [], removed: ["lambda:InvokeFunction"] },
            elements: [{ element: "NotAction", theirs: ["iam:*"] }],
          }),
        ],
      },
    },
    {
      what: "with another Sid",
      ours: [INVOKE, READ],
      theirs: [{ ...INVOKE, Sid: "Call" }, READ],
      drift: {
        changed: [
          changed("Invoke", { elements: [{ element: "Sid", ours: "Invoke", theirs: "Call" }] }),
        ],
      },
    },
    {
      what: "without a Sid",
      ours: [statement(undefined, ["s3:GetObject", "s3:PutObject"], ["*"])],
      theirs: [statement(undefined, ["s3:GetObject"], ["*"])],
      drift: { changed: [changed(null, { actions: { added: [], removed: ["s3:PutObject"] } })] },
    },
  ])("$what is said to be so", ({ ours, theirs, drift }) => {
    const result = policyDrift(policy(...ours), policy(...theirs));

    expect(result).toEqual({ ...NO_DRIFT, ...drift, onlyForm: false });
    expect(isDrift(result)).toBe(true);
  });
});

describe("numbered statements", () => {
  const ours = [
    statement("0", ["s3:ListAllMyBuckets"], ["*"]),
    statement("1", ["lambda:InvokeFunction"], ["*"]),
  ];

  it("are paired by what they allow, when a new one comes before them", () => {
    const first = statement("0", ["ec2:DescribeVpcs"], ["*"]);
    const theirs = [first, ...ours.map((item, index) => ({ ...item, Sid: String(index + 1) }))];

    const { added, removed, changed } = policyDrift(policy(...ours), policy(...theirs));

    expect({ added, removed }).toEqual({ added: [first], removed: [] });
    expect(changed.map(({ elements }) => elements)).toEqual([
      [{ element: "Sid", ours: "0", theirs: "1" }],
      [{ element: "Sid", ours: "1", theirs: "2" }],
    ]);
  });

  it("are told apart when they swap their numbers", () => {
    const theirs = ours.map((item, index) => ({ ...item, Sid: String(1 - index) }));

    const { added, removed, changed } = policyDrift(policy(...ours), policy(...theirs));

    expect({ added, removed }).toEqual({ added: [], removed: [] });
    expect(changed.map(({ actions }) => actions)).toEqual([NONE, NONE]);
  });
});

describe("the policy itself", () => {
  it("drifts when its version does, or an element is new", () => {
    const { elements } = policyDrift({ Version: "2012-10-17", Statement: [READ] }, {
      Version: "2008-10-17",
      Id: "x",
      Statement: [READ],
    } as PublishedPolicy);

    expect(elements).toEqual([
      { element: "Version", ours: "2012-10-17", theirs: "2008-10-17" },
      { element: "Id", theirs: "x" },
    ]);
  });
});

function statement(sid: string | undefined, actions: string[], resources: string[]) {
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: "Allow",
    Action: actions,
    Resource: resources,
  };
}

function policy(...statements: readonly PublishedStatement[]): PublishedPolicy {
  return { Version: "2012-10-17", Statement: statements };
}

function changed(sid: string | null, parts: object) {
  return { sid, actions: NONE, resources: NONE, elements: [], ...parts };
}
