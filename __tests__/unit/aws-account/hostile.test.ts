import { describe, expect, it } from "vitest";
import { evaluate } from "../../../lib/iam/evaluate/evaluate.js";
import { UnreadableFile } from "../../../lib/json/unreadable-file.js";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { Accepted } from "../../../lib/verify/accepted.js";
import { KnownPolicies } from "../../../lib/verify/known-policies.js";
import { outcomeOf } from "../../../lib/verify/outcome.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { processorTimer } from "../../support/processor-time.js";
import { options } from "../verify/support.js";
import {
  arn,
  attached,
  boundary,
  type Details,
  details,
  document,
  group,
  inline,
  policy,
  role,
  user,
  version,
} from "./support/answers.js";

/* Files that claim to be answers of AWS: each is an error of one sentence, or untold of whom it concerns. */

const ALL = { Action: "*", NotAction: undefined };
const DENIES = document("Denies", { Effect: "Deny", Action: "lambda:*" });

/** What `verify` comes to of the user `u`, who is allowed everything by a policy of its own. */
function answerOf(text: string): string {
  const reading = readPrincipals(text);
  const asked = options({ named: [{ name: "u", actor: "user", profile: "full" }] });
  const strictness = { excess: false, tolerated: false, allowUntold: false };
  return outcomeOf(verifyReading(reading, asked), strictness, new Accepted([], "2026-01-01"))
    .complete;
}

/** What the policies of the user `u` say to a call: far quicker than all that `verify` asks for. */
function decisionOf(text: string): string {
  const principal = readPrincipals(text).principals.find(({ name }) => name === "u");
  return principal === undefined
    ? "nobody"
    : evaluate(CALL, new KnownPolicies(true).attachedTo(principal)).decision;
}

const CALL = {
  action: "lambda:InvokeFunction",
  resource: "arn:aws:lambda:us-east-1:123456789012:function:remotion-render",
};

const allowed = (more: object): object =>
  user("u", { UserPolicyList: [inline("all", document("All", ALL))], ...more });

/** An account in which one policy, each time in another place, denies what all others allow. */
const DENIED: Record<string, Details> = {
  "an inline policy": {
    UserDetailList: [
      allowed({ UserPolicyList: [inline("all", document("All", ALL)), inline("no", DENIES)] }),
    ],
  },
  "a managed policy": {
    UserDetailList: [allowed({ AttachedManagedPolicies: [attached(arn("policy", "no"))] })],
    Policies: [
      policy("no", {
        DefaultVersionId: "v2",
        PolicyVersionList: [version("v1", document("A", ALL)), version("v2", DENIES, true)],
      }),
    ],
  },
  "an inline policy of a group": {
    UserDetailList: [allowed({ GroupList: ["g"] })],
    GroupDetailList: [group("g", { GroupPolicyList: [inline("no", DENIES)] })],
  },
  "a managed policy of a group": {
    UserDetailList: [allowed({ GroupList: ["g"] })],
    GroupDetailList: [group("g", { AttachedManagedPolicies: [attached(arn("policy", "no"))] })],
    Policies: [policy("no", { PolicyVersionList: [version("v1", DENIES, true)] })],
  },
  "a boundary": {
    UserDetailList: [allowed({ PermissionsBoundary: boundary(arn("policy", "limit")) })],
    Policies: [
      policy("limit", {
        PolicyVersionList: [version("v1", document("Limit", { Action: "s3:List*" }), true)],
      }),
    ],
  },
};

/** What may stand where something else should. */
const OTHER_VALUES: readonly unknown[] = [
  undefined,
  null,
  true,
  7,
  "x",
  "\u001b[31m\u0007\n\u202e",
  [],
  [null],
  {},
  { Statement: [] },
];

type Path = readonly (string | number)[];

/** Every place of a value, the document itself first; not what is inside of a policy document. */
function placesIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null || at.at(-1) === "Statement") {
    return [at];
  }
  const keys: readonly (string | number)[] = Array.isArray(value)
    ? [...value.keys()]
    : Object.keys(value);
  return [at, ...keys.flatMap((key) => placesIn(valueIn(value, key), [...at, key]))];
}

function valueIn(value: unknown, key: string | number): unknown {
  return (value as Readonly<Record<string | number, unknown>>)[key];
}

/** The same with another value in one place. */
function withOther(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) {
    return other;
  }
  const inside = withOther(valueIn(value, key), rest, other);
  return Array.isArray(value)
    ? value.with(Number(key), inside)
    : { ...(value as object), [key]: inside };
}

/** Whether an account is as it may be, and somebody has no such policies in it. */
function isSaidToHaveNone(path: Path, other: unknown): boolean {
  const key = path.at(-1);
  const isEmpty = Array.isArray(other) && other.length === 0;
  const isNone = other === undefined || other === null;
  return (
    (isEmpty && /^(?:.*PolicyList|GroupList|AttachedManagedPolicies)$/.test(String(key))) ||
    (other === undefined && key === "UserPolicyList") ||
    (isNone && key === "PermissionsBoundary")
  );
}

/** A sentence or some, of which nothing reaches a terminal that it would obey. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
const ONE_LINE = /^[^\u0000-\u001f\u007f-\u009f\u202a-\u202e]+$/;

describe("wrong types everywhere", () => {
  it.each(Object.entries(DENIED))("allow nothing that %s denies", (_what, lists) => {
    const content: unknown = JSON.parse(details(lists));
    const told = JSON.stringify(content);
    expect(answerOf(told)).toBe("missing");
    expect(decisionOf(told)).toMatch(/denied$/);
    let errors = 0;
    let answers = 0;

    for (const path of placesIn(content)) {
      for (const other of OTHER_VALUES) {
        const text = JSON.stringify(withOther(content, path, other)) ?? "null";
        if (text === told || isSaidToHaveNone(path, other)) {
          continue;
        }
        try {
          expect([path, other, decisionOf(text)]).not.toEqual([path, other, "allowed"]);
          answers += 1;
        } catch (error) {
          if (!(error instanceof UnreadableFile)) {
            throw error;
          }
          expect(error.message).toMatch(ONE_LINE);
          errors += 1;
        }
      }
    }

    expect(Math.min(errors, answers)).toBeGreaterThan(50);
  });

  it.each<[string, object]>([
    ["a list that is none", { RoleDetailList: 5 }],
    ["an entry that is none", { RoleDetailList: [5] }],
    ["no ARN", { RoleDetailList: [role("r", { Arn: undefined })] }],
    ["the ARN of something else", { RoleDetailList: [role("r", { Arn: arn("user", "r") })] }],
    ["a role of AWS's", { RoleDetailList: [role("r", { Arn: "arn:aws:iam::aws:role/r" })] }],
    ["another name than in its ARN", { RoleDetailList: [role("r", { RoleName: "q" })] }],
    ["a name of another type", { RoleDetailList: [role("r", { RoleName: 5 })] }],
    ["another path than in its ARN", { RoleDetailList: [role("r", { Path: "/x/" })] }],
    ["a name that stands for others", { RoleDetailList: [role("r*", { Arn: arn("role", "r*") })] }],
    [
      "a name that a terminal would obey",
      { UserDetailList: [user("\u001b]0;x\u0007", { Arn: arn("user", "\u001b]0;x\u0007") })] },
    ],
    [
      "a path that a terminal would obey",
      {
        UserDetailList: [user("u", { Path: "/\u009b31m/", Arn: arn("user", "u", "/\u009b31m/") })],
      },
    ],
  ])("%s is an error of one sentence or two", (_what, lists) => {
    const read = () => readPrincipals(details(lists));

    expect(read).toThrow(UnreadableFile);
    expect(read).toThrow(ONE_LINE);
    expect(read).toThrow("The file is no answer of the `aws` command line: ");
  });
});

describe("a key that stands twice", () => {
  /** A text in which a key stands once more, before the place where it stands already. */
  const twice = (text: string, key: string, value: string, nth = 0): string => {
    const places = [...text.matchAll(new RegExp(`"${key}": `, "g"))];
    const at = places[nth]?.index ?? Number.NaN;
    return `${text.slice(0, at)}"${key}": ${value}, ${text.slice(at)}`;
  };

  const OTHERS = {
    RoleDetailList: [role("r", { RolePolicyList: [inline("own")] })],
  };

  it.each(Object.entries(DENIED))(
    "in %s allows nothing, and concerns nobody else",
    (_what, lists) => {
      const text = details({ ...lists, ...OTHERS });
      const denying = /"Action": "(?:lambda:|s3:List)\*"/;
      const last = text.includes('"Deny"') ? '"Action": "none:Other"' : '"Action": "*"';
      const harmless = text.replace(denying, last);
      // The one that comes last counts to JSON.parse.
      const hostile = text.replace(denying, (first) => `${first}, ${last}`);
      const { principals } = readPrincipals(hostile);

      expect(answerOf(harmless)).toBe("complete");
      expect(answerOf(hostile)).not.toBe("complete");
      expect(principals.find(({ name }) => name === "r")).toMatchObject({
        policies: [{ document: document("own") }],
        unread: [],
      });
    },
  );

  it.each<[string, string, string]>([
    ["of its lists", "UserPolicyList", "[]"],
    ["of its groups", "GroupList", '["h"]'],
    ["of its attachments", "AttachedManagedPolicies", "[]"],
    ["of its name", "UserName", '"v"'],
    ["in an entry of a list", "PolicyName", '"other"'],
  ])("in somebody's entry leaves more untold: %s", (_what, key, value) => {
    const text = twice(details({ UserDetailList: [allowed({})], ...OTHERS }), key, value);
    const { principals } = readPrincipals(text);

    expect(principals.find(({ name }) => name === "u")?.unread).toMatchObject([
      { cause: `the key "${key}" stands twice in what the answer has of it`, mayDeny: true },
    ]);
    expect(principals.find(({ name }) => name === "r")?.unread).toEqual([]);
    expect(answerOf(text)).toBe("untold");
  });

  it("in a group's entry leaves more untold of its users", () => {
    const text = twice(
      details({
        UserDetailList: [allowed({ GroupList: ["g"] }), user("other")],
        GroupDetailList: [group("g")],
      }),
      "GroupPolicyList",
      "[]",
    );

    expect(readPrincipals(text).principals.map(({ unread }) => unread.length)).toEqual([1, 0]);
  });

  it("in a policy's entry leaves its text untold", () => {
    const text = twice(
      details({
        UserDetailList: [allowed({ AttachedManagedPolicies: [attached(arn("policy", "p"))] })],
        Policies: [policy("p")],
      }),
      "PolicyVersionList",
      "[]",
    );

    expect(answerOf(text)).toBe("untold");
  });

  it("in one of two entries that are alike otherwise is an error", () => {
    const text = details({ UserDetailList: [allowed({})] });

    expect(readPrincipals([text, text]).principals).toHaveLength(1);
    expect(() => readPrincipals([text, twice(text, "UserPolicyList", "[]")])).toThrow(
      "twice, and not alike",
    );
  });

  it("in the answer itself is an error", () => {
    const text = twice(details({ UserDetailList: [user("u")] }), "UserDetailList", "[]");

    expect(() => readPrincipals(text)).toThrow('the key "UserDetailList" twice');
  });
});

describe("a policy that IAM would not take", () => {
  it.each<[string, unknown]>([
    ["no JSON", "{"],
    ["no JSON in URL encoding", "%7B%22Version%22"],
    ["broken URL encoding", "%7B%"],
    ["a list", []],
    ["a number", 5],
    ["null", null],
    ["an empty object", {}],
    ["an unknown element", { ...document("a"), Effects: "Deny" }],
    ["a statement of another type", { Version: "2012-10-17", Statement: ["Deny"] }],
    [
      "a statement beside one that denies",
      { Version: "2012-10-17", Statement: [...(DENIES as { Statement: [] }).Statement, {}] },
    ],
  ])("may deny anything: %s", (_what, text) => {
    const lists = {
      UserDetailList: [
        allowed({ UserPolicyList: [inline("all", document("All", ALL)), inline("x", text)] }),
      ],
    };
    const reading = readPrincipals(details(lists));
    const asked = options({ named: [{ name: "u", actor: "user", profile: "full" }] });

    expect(answerOf(details(lists))).toBe("untold");
    expect(verifyReading(reading, asked).verified[0]?.notes).toEqual([
      expect.stringContaining('IAM refuses it: Policy "x'),
    ]);
  });
});

describe("a trust policy that IAM would not take", () => {
  it.each<[string, unknown]>([
    ["no JSON", "%7Bbad"],
    ["an unknown element", { Version: "2012-10-17", Statement: [{ Effects: "Allow" }] }],
    ["a list", []],
  ])("does not tell who may assume the role: %s", (_what, AssumeRolePolicyDocument) => {
    const name = "remotion-lambda-role";
    const role = {
      Path: "/",
      RoleName: name,
      Arn: `arn:aws:iam::123456789012:role/${name}`,
      AssumeRolePolicyDocument,
      RolePolicyList: [inline("all", document("All", ALL))],
      AttachedManagedPolicies: [],
    };
    const reading = readPrincipals(details({ RoleDetailList: [role] }));
    const [verification] = verifyReading(reading, options()).verified;

    expect(verification?.findings).toEqual([
      {
        answer: "untold",
        sentence:
          "Whether Lambda can assume it is not told: AWS would not take it as it is, so what is in force is not told",
        give: "the policy as AWS has it",
      },
    ]);
  });
});

describe("large answers", () => {
  it("are read in a time that grows with them", () => {
    const lists = {
      UserDetailList: Array.from({ length: 3000 }, (_, index) =>
        user(`u${index}`, { GroupList: ["g"], UserPolicyList: [inline(`own${index}`)] }),
      ),
      GroupDetailList: [group("g", { GroupPolicyList: [inline("shared")] })],
      RoleDetailList: Array.from({ length: 3000 }, (_, index) =>
        role(`r${index}`, { AttachedManagedPolicies: [attached(arn("policy", `p${index}`))] }),
      ),
      Policies: Array.from({ length: 3000 }, (_, index) => policy(`p${index}`)),
    };
    const timer = processorTimer();
    const { principals } = readPrincipals(details(lists));

    expect(principals).toHaveLength(6000);
    expect(timer()).toBeLessThan(10_000);
  });

  it("may be thousands of documents in one file", () => {
    const page = details({ RoleDetailList: [role("r")] });
    const timer = processorTimer();

    expect(readPrincipals(page.repeat(3000)).principals).toHaveLength(1);
    expect(timer()).toBeLessThan(10_000);
  });
});
