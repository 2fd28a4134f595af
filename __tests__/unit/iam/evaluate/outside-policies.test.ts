import { describe, expect, test } from "vitest";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy.js";
import {
  compileResourceControlPolicy,
  compileResourcePolicy,
  policyInDoubt,
} from "../../../../lib/iam/evaluate/compile-resource-policy.js";
import { PolicyError } from "../../../../lib/iam/evaluate/errors.js";
import { type AttachedPolicies, evaluate } from "../../../../lib/iam/evaluate/evaluate.js";
import type {
  OutsidePolicies,
  ResourceRule,
} from "../../../../lib/iam/evaluate/outside-policies.js";
import { resourceCaller } from "../../../../lib/iam/evaluate/resource-caller.js";
import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";

const ACCOUNT = "123456789012";
const USER = `arn:aws:iam::${ACCOUNT}:user/team/video`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/team/video`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/video/one`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const OTHER = "210987654321";

const OBJECT = "arn:aws:s3:::videos/out.mp4";
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const doubt = new UnknownPart("it is open", "more");

type Statement = Readonly<Record<string, unknown>>;

const policy = (...statements: readonly Statement[]) => ({
  Version: "2012-10-17",
  Statement: statements.map(withoutUndefined),
});
const allow = (statement: Statement = {}): Statement => ({
  Effect: "Allow",
  Action: "*",
  Resource: "*",
  ...statement,
});
const deny = (statement: Statement = {}): Statement => ({ ...allow(statement), Effect: "Deny" });

const NOTHING = policy(allow({ Action: "sqs:SendMessage" }));
const ALL = policy(allow());

function attached(identity: unknown, boundary?: unknown): AttachedPolicies {
  return {
    identity: [compilePolicy(identity, "identity")],
    ...(boundary === undefined ? {} : { boundary: compilePolicy(boundary, "boundary") }),
  };
}

const resourceSide = (rule: ResourceRule, ...documents: readonly unknown[]) => ({
  resource: {
    rule,
    policies: documents.map((document) =>
      compileResourcePolicy(document, { name: "of resource", kind: "bucket policy" }),
    ),
  },
});

/** What is decided, and by what where that is told. */
function decided(
  policies: AttachedPolicies,
  outside: Partial<OutsidePolicies>,
  { action = "s3:GetObject", resource = OBJECT, caller = USER as string | null } = {},
): string {
  const principal = caller === null ? {} : { principal: caller };
  const found = evaluate({ action, resource, ...principal }, policies, {
    caller: resourceCaller(caller ?? undefined),
    ...outside,
  });
  switch (found.decision) {
    case "explicitly denied":
      return `denied by ${found.by.policy}`;
    case "implicitly denied":
      return `not allowed by ${found.level ?? found.notAllowedBy}`;
    case "untold":
      return `untold: ${found.because.map(({ cause }) => cause).join("; ")}`;
    case "allowed":
      return "allowed";
  }
}

const NOT_BY_IDENTITY = "not allowed by identity policies";
const NOT_BY_BOUNDARY = "not allowed by permissions boundary";

describe("the policy of a resource of the own account", () => {
  const cases: readonly [name: string, statement: Statement, expected: string, caller?: string][] =
    [
      ["allows the user it names", allow({ Principal: { AWS: USER } }), "allowed"],
      ["allows the role it names", allow({ Principal: { AWS: ROLE } }), "allowed", ROLE],
      [
        "allows the session of the role it names",
        allow({ Principal: { AWS: ROLE } }),
        "allowed",
        SESSION,
      ],
      ["allows the session it names", allow({ Principal: { AWS: SESSION } }), "allowed", SESSION],
      ["allows everybody", allow({ Principal: "*" }), "allowed"],
      ["allows everybody, written as AWS", allow({ Principal: { AWS: ["*"] } }), "allowed"],
      ["does not allow another user", allow({ Principal: { AWS: `${USER}2` } }), NOT_BY_IDENTITY],
      [
        "does not allow the same name in another account",
        allow({ Principal: { AWS: USER.replace(ACCOUNT, OTHER) } }),
        NOT_BY_IDENTITY,
      ],
      [
        "leaves the account to its identity policies",
        allow({ Principal: { AWS: ROOT } }),
        NOT_BY_IDENTITY,
      ],
      ["likewise by its number", allow({ Principal: { AWS: ACCOUNT } }), NOT_BY_IDENTITY],
      [
        "does not allow a service's name",
        allow({ Principal: { Service: "s3.amazonaws.com" } }),
        NOT_BY_IDENTITY,
      ],
      [
        "allows another action only",
        allow({ Principal: "*", Action: "s3:PutObject" }),
        NOT_BY_IDENTITY,
      ],
      [
        "allows all but an action",
        allow({ Principal: "*", Action: undefined, NotAction: "s3:GetObject" }),
        NOT_BY_IDENTITY,
      ],
      [
        "allows all but another action",
        allow({ Principal: "*", Action: undefined, NotAction: "s3:PutObject" }),
        "allowed",
      ],
      [
        "is for another bucket",
        allow({ Principal: "*", Resource: "arn:aws:s3:::other/*" }),
        NOT_BY_IDENTITY,
      ],
      [
        "is for all but another bucket",
        allow({ Principal: "*", Resource: undefined, NotResource: "arn:aws:s3:::other/*" }),
        "allowed",
      ],
      [
        "is for all but this one",
        allow({ Principal: "*", Resource: undefined, NotResource: "arn:aws:s3:::videos/*" }),
        NOT_BY_IDENTITY,
      ],
      [
        "has a condition that holds",
        allow({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalArn": USER } } }),
        "allowed",
      ],
      [
        "has a condition that does not",
        allow({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalArn": ROLE } } }),
        NOT_BY_IDENTITY,
      ],
      ["denies", deny({ Principal: { AWS: USER } }), "denied by of resource"],
      ["denies the account", deny({ Principal: { AWS: ROOT } }), "denied by of resource"],
      [
        "names one session of the role",
        allow({ Principal: { AWS: SESSION } }),
        "untold: it names one session of the role, which the caller chooses",
        ROLE,
      ],
      ["is known in part", { ...allow({ Principal: "*" }), Effect: doubt }, "untold: it is open"],
      [
        "has a principal that is not told",
        allow({ Principal: { AWS: doubt } }),
        "untold: it is open",
      ],
    ];

  test.each(cases)("%s", (_name, statement, expected, caller = USER) => {
    const side = resourceSide("own", policy(statement));

    expect(decided(attached(NOTHING), side, { caller })).toBe(expected);
  });

  test("a Deny decides whatever is allowed elsewhere", () => {
    const document = policy(deny({ Principal: "*", Sid: "No blanks needed" }));

    expect(decided(attached(ALL), resourceSide("own", document))).toBe("denied by of resource");
  });

  test("that names a canonical user may be for the account", () => {
    const CanonicalUser = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
    const document = policy(deny({ Principal: { CanonicalUser } }));

    expect(decided(attached(ALL), resourceSide("own", document))).toBe(
      "untold: which account a canonical user is does not show in its id",
    );
  });

  test("that may deny leaves what is allowed open", () => {
    const document = policy(deny({ Principal: "*", Condition: doubt }));

    expect(decided(attached(ALL), resourceSide("own", document))).toBe("untold: it is open");
  });

  test("of which it is open whether it is there decides nothing for sure", () => {
    const compiled = compileResourcePolicy(policy(deny({ Principal: "*" })), {
      name: "perhaps",
      kind: "bucket policy",
      doubt,
    });
    const side = { resource: { rule: "own" as const, policies: [compiled] } };

    expect(decided(attached(ALL), side)).toBe("untold: it is open");
    expect(decided(attached(NOTHING), side)).toBe(NOT_BY_IDENTITY);
  });

  test("says nothing sure of a caller who is not told", () => {
    const named = policy(deny({ Principal: { AWS: USER } }));
    const options = { caller: null };

    expect(decided(attached(ALL), resourceSide("own", named), options)).toBe(
      "untold: who calls is not told",
    );
    expect(
      decided(attached(NOTHING), resourceSide("own", policy(allow({ Principal: "*" }))), options),
    ).toBe("allowed");
  });
});

/** A statement without the elements that a case takes away. */
function withoutUndefined(statement: Statement): Statement {
  return Object.fromEntries(Object.entries(statement).filter(([, value]) => value !== undefined));
}

describe("a permissions boundary", () => {
  const limit = NOTHING;
  const cases: readonly [name: string, principal: unknown, caller: string, expected: string][] = [
    ["does not limit what a user is granted by name", { AWS: USER }, USER, "allowed"],
    ["does not limit what a session is granted by name", { AWS: SESSION }, SESSION, "allowed"],
    ["limits what a role is granted by name", { AWS: ROLE }, ROLE, NOT_BY_BOUNDARY],
    ["limits it for a session of that role", { AWS: ROLE }, SESSION, NOT_BY_BOUNDARY],
    [
      "may limit what everybody is granted",
      "*",
      USER,
      "untold: AWS does not say whether it limits what the policy of a resource grants to everybody",
    ],
  ];

  test.each(cases)("%s", (_name, principal, caller, expected) => {
    const side = resourceSide("own", policy(allow({ Principal: principal })));

    expect(decided(attached(NOTHING, limit), side, { caller })).toBe(expected);
    expect(decided(attached(NOTHING, ALL), side, { caller })).toBe("allowed");
  });

  test("that is not in the file may deny what a user is granted by name", () => {
    const unreadBoundary = { cause: "it is not in the file", give: "the file" };
    const side = resourceSide("own", policy(allow({ Principal: { AWS: USER } })));

    expect(decided({ ...attached(NOTHING), unreadBoundary }, side)).toBe(
      "untold: it is not in the file",
    );
  });
});

describe("NotPrincipal with Deny", () => {
  const cases: readonly [name: string, leftOut: unknown, caller: string, expected: string][] = [
    ["denies who is not named", { AWS: `${USER}2` }, USER, "denied by of resource"],
    ["denies nobody where everybody is named", "*", USER, "allowed"],
    ["leaves out a user with their account", { AWS: [USER, ROOT] }, USER, "allowed"],
    [
      "leaves out a session with its role and account",
      { AWS: [SESSION, ROLE, ROOT] },
      SESSION,
      "allowed",
    ],
    ["may deny a user without their account", { AWS: USER }, USER, "untold: its NotPrincipal"],
    [
      "may deny a role without its session",
      { AWS: [ROLE, ROOT] },
      ROLE,
      "untold: its NotPrincipal",
    ],
  ];

  test.each(cases)("%s", (_name, leftOut, caller, expected) => {
    const statement = { Effect: "Deny", Action: "*", Resource: "*", NotPrincipal: leftOut };
    const side = resourceSide("own", policy(statement));

    expect(decided(attached(ALL), side, { caller }).startsWith(expected)).toBe(true);
  });

  test("denies whoever has a boundary", () => {
    const statement = {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      NotPrincipal: { AWS: [USER, ROOT] },
    };

    expect(decided(attached(ALL, ALL), resourceSide("own", policy(statement)))).toBe(
      "denied by of resource",
    );
  });
});

describe("the policy of a key", () => {
  const request = { action: "kms:Decrypt", resource: KEY };
  const cases: readonly [
    name: string,
    statement: Statement,
    identity: unknown,
    expected: string,
  ][] = [
    [
      "lets identity policies count",
      allow({ Principal: { AWS: ROOT }, Sid: "Enable IAM User Permissions" }),
      ALL,
      "allowed",
    ],
    [
      "lets them count by the account's number",
      allow({ Principal: { AWS: ACCOUNT } }),
      ALL,
      "allowed",
    ],
    [
      "allows nothing itself by that",
      allow({ Principal: { AWS: ROOT } }),
      NOTHING,
      NOT_BY_IDENTITY,
    ],
    ["allows whom it names without them", allow({ Principal: { AWS: USER } }), NOTHING, "allowed"],
    [
      "lets them count for nobody else",
      allow({ Principal: { AWS: `${USER}2` } }),
      ALL,
      "not allowed by key policy",
    ],
    [
      "lets another account's count",
      allow({ Principal: { AWS: `arn:aws:iam::${OTHER}:root` } }),
      ALL,
      "not allowed by key policy",
    ],
    ["denies", deny({ Principal: { AWS: ROOT } }), ALL, "denied by of resource"],
    [
      "lets them count under a condition",
      allow({
        Principal: { AWS: ROOT },
        Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
      }),
      ALL,
      "not allowed by key policy",
    ],
  ];

  test.each(cases)("%s", (_name, statement, identity, expected) => {
    expect(decided(attached(identity), resourceSide("own key", policy(statement)), request)).toBe(
      expected,
    );
  });

  test("that is not told leaves all open but what is denied", () => {
    const side = resourceSide("own key", doubt);

    expect(decided(attached(ALL), side, request)).toBe("untold: it is open");
    expect(decided(attached(NOTHING), side, request)).toBe("untold: it is open");
    expect(decided(attached(policy(allow(), deny())), side, request)).toBe("denied by identity");
  });
});

describe("a resource of another account", () => {
  const cases: readonly [name: string, principal: unknown, identity: unknown, expected: string][] =
    [
      ["both allow", { AWS: ROOT }, ALL, "allowed"],
      ["both allow by name", { AWS: USER }, ALL, "allowed"],
      ["only its policy does", { AWS: USER }, NOTHING, NOT_BY_IDENTITY],
      ["only identity policies do", { AWS: `${USER}2` }, ALL, "not allowed by key policy"],
    ];

  test.each(cases)("%s", (_name, principal, identity, expected) => {
    const side = resourceSide("of another account", policy(allow({ Principal: principal })));

    expect(decided(attached(identity), side)).toBe(expected);
  });
});

describe("service control policies", () => {
  const level = (name: string, ...documents: readonly unknown[]) => ({
    name,
    policies: documents.map((document, index) => ({
      ...compilePolicy(document, `${name} ${index}`),
      kind: "service control policy" as const,
    })),
  });
  const cases: readonly [name: string, levels: ReturnType<typeof level>[], expected: string][] = [
    ["none", [], "allowed"],
    ["each level allows", [level("root", ALL), level("unit", ALL)], "allowed"],
    ["one of a level allows", [level("root", NOTHING, ALL)], "allowed"],
    ["a level does not allow", [level("root", ALL), level("unit", NOTHING)], "not allowed by unit"],
    [
      "a level that only denies has AWS's own that allows all",
      [level("root", policy(deny({ Action: "s3:PutObject" })))],
      "allowed",
    ],
    [
      "one that only denies beside one that allows something else",
      [level("root", policy(deny({ Action: "sqs:SendMessage" })), NOTHING)],
      "not allowed by root",
    ],
    [
      "one that denies and allows something else",
      [level("root", policy(deny({ Action: "sqs:*" }), allow({ Action: "sqs:*" })))],
      "not allowed by root",
    ],
    ["one denies", [level("root", ALL), level("unit", ALL, policy(deny()))], "denied by unit 1"],
    [
      "one denies all but an action",
      [level("root", ALL, policy(deny({ Action: undefined, NotAction: "s3:GetObject" })))],
      "allowed",
    ],
    [
      "one denies under a condition that holds for what is not sent",
      [
        level(
          "root",
          policy(
            deny({
              Condition: { StringNotEquals: { "s3:x-amz-bucket-namespace": "account-regional" } },
            }),
          ),
        ),
      ],
      "denied by root 0",
    ],
    [
      "it is open whether one denies",
      [level("root", policy(deny({ Condition: doubt })))],
      "untold: it is open",
    ],
    [
      "it is open whether a level allows",
      [level("root", policy(allow({ Condition: doubt })))],
      "untold: it is open",
    ],
  ];

  test.each(cases)("%s", (_name, serviceControl, expected) => {
    expect(decided(attached(ALL), { serviceControl })).toBe(expected);
  });

  test("of which it is not told whether they allow or deny may leave all to AWS's own", () => {
    const statement = { ...allow({ Action: "s3:PutObject" }), Effect: doubt };

    expect(decided(attached(ALL), { serviceControl: [level("root", policy(statement))] })).toBe(
      "untold: whether its policies allow anything, or only deny, is not told",
    );
    expect(
      decided(attached(ALL), {
        serviceControl: [level("root", policy(statement, allow({ Action: "sqs:*" })))],
      }),
    ).toBe("not allowed by root");
  });

  test.each<[what: string, outside: Partial<OutsidePolicies>, give: string]>([
    [
      "the effects of an organization's policies",
      {
        serviceControl: [
          level("root", policy({ ...allow({ Action: "s3:PutObject" }), Effect: doubt })),
        ],
      },
      "the policies in full",
    ],
    [
      "a Deny for all but some of the caller's names",
      resourceSide("own", policy({ ...deny(), NotPrincipal: { AWS: USER } })),
      "a policy that compares aws:PrincipalArn in a Condition",
    ],
  ])("and others say what to give for %s", (_, outside, give) => {
    const request = { action: "s3:GetObject", resource: OBJECT, principal: USER };
    const found = evaluate(request, attached(ALL), { caller: resourceCaller(USER), ...outside });

    expect(found).toMatchObject({ decision: "untold", because: [{ give }] });
  });

  test("limit what the policy of a resource grants, too", () => {
    const outside = {
      serviceControl: [level("root", NOTHING)],
      ...resourceSide("own", policy(allow({ Principal: { AWS: USER } }))),
    };

    expect(decided(attached(NOTHING), outside)).toBe("not allowed by root");
  });

  test("of which it is open whether they count deny nothing for sure", () => {
    const one = level("unit", policy(deny()));
    const serviceControl = [
      { ...one, policies: one.policies.map((it) => policyInDoubt(it, doubt)) },
    ];

    expect(decided(attached(ALL), { serviceControl })).toBe("untold: it is open");
  });

  test("of a level that may have more do not deny what they leave out", () => {
    const serviceControl = [{ ...level("unit", NOTHING), more: doubt }];

    expect(decided(attached(ALL), { serviceControl })).toBe("untold: it is open");
  });
});

describe("resource control policies", () => {
  const outside = (...statements: readonly Statement[]) => ({
    resourceControl: [compileResourceControlPolicy(policy(...statements), { name: "rcp" })],
  });

  test.each([
    ["deny", deny({ Principal: "*" }), "denied by rcp"],
    ["deny everybody, written as AWS", deny({ Principal: { AWS: "*" } }), "denied by rcp"],
    ["deny another action", deny({ Principal: "*", Action: "s3:PutObject" }), "allowed"],
    ["do not have to allow: AWS's own does", allow({ Principal: "*", Action: "sqs:*" }), "allowed"],
    [
      "deny by who calls",
      deny({ Principal: "*", Condition: { ArnNotEquals: { "aws:PrincipalArn": USER } } }),
      "allowed",
    ],
  ])("%s", (_name, statement, expected) => {
    expect(decided(attached(ALL), outside(statement))).toBe(expected);
  });

  test("grant nothing", () => {
    expect(decided(attached(NOTHING), outside(allow({ Principal: "*" })))).toBe(NOT_BY_IDENTITY);
  });

  test.each([
    ["a user", { AWS: USER }],
    ["an account beside everybody", { AWS: ["*", ACCOUNT] }],
    ["a service", { Service: "s3.amazonaws.com" }],
  ])("name nobody: %s", (_name, principal) => {
    expect(() => outside(deny({ Principal: principal }))).toThrow(PolicyError);
  });
});

describe("a policy of a resource", () => {
  test.each([
    ["without a principal", { Effect: "Allow", Action: "*", Resource: "*" }],
    ["with both", { ...allow({ Principal: "*" }), NotPrincipal: "*" }],
    ["without a resource", { Effect: "Allow", Action: "*", Principal: "*" }],
    ["with an element that is none", { ...allow({ Principal: "*" }), Actions: "*" }],
  ])("is refused %s", (_name, statement) => {
    expect(() =>
      compileResourcePolicy(policy(statement), { name: "it", kind: "bucket policy" }),
    ).toThrow(PolicyError);
  });

  test("is refused with a key that stands twice", () => {
    const text =
      '{"Statement":[{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}]}';

    expect(() => compileResourcePolicy(text, { name: "it", kind: "bucket policy" })).toThrow(
      /"Effect" twice/,
    );
  });
});
