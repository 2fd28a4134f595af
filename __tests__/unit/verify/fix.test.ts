import { describe, expect, it } from "vitest";
import type { PolicyDocument, Statement } from "../../../lib/iam/policy-document.js";
import { policySize } from "../../../lib/iam/quotas.js";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import type { Narrowing } from "../../../lib/remotion/resource-scope.js";
import type { Verification } from "../../../lib/verify/answer.js";
import { ExcessFinder } from "../../../lib/verify/excess.js";
import type { Fix } from "../../../lib/verify/fix.js";
import type { VerifyOptions } from "../../../lib/verify/verify-options.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options } from "./support.js";

/** The first principal of a file, verified, with its fix. */
function verified(file: unknown, given: Partial<VerifyOptions> = {}): Verification {
  const reading = readPrincipals(JSON.stringify(file));
  const [first] = verifyReading(reading, options({ fixes: true, ...given })).verified;
  if (first === undefined) {
    throw new Error("Nobody in the file has to do with Remotion.");
  }
  return first;
}

function fixFor(file: unknown, given: Partial<VerifyOptions> = {}): Fix | undefined {
  return verified(file, given).fix;
}

function documentOf(fix: Fix | undefined): PolicyDocument {
  if (fix === undefined || !("document" in fix)) {
    throw new Error(`There are no statements: ${JSON.stringify(fix)}`);
  }
  return fix.document;
}

function withoutAction({ Statement, ...others }: PolicyDocument, sid: string, action: string) {
  return {
    ...others,
    Statement: Statement.flatMap((statement): Statement[] => {
      const Action = statement.Action.filter((each) => statement.Sid !== sid || each !== action);
      return Action.length === 0 ? [] : [{ ...statement, Action }];
    }),
  };
}

const beside = (one: PolicyDocument, other: PolicyDocument): PolicyDocument => ({
  ...one,
  Statement: [
    ...one.Statement,
    ...other.Statement.map(({ Sid, ...rest }) => ({ Sid: `More${Sid}`, ...rest })),
  ],
});

const NARROW: Narrowing = {
  regions: ["eu-central-1", "us-east-1"],
  accountId: "210987654321",
  bucketNames: ["remotionlambda-useast1-abc1234567", "remotionlambda-eucentral1-abc1234567"],
  functionNames: ["remotion-render-4-0-527-mem2048mb-disk2048mb-120sec"],
};

/** What a file still says of that. */
function narrowingIn(file: unknown): Narrowing {
  const text = JSON.stringify(file);
  return Object.fromEntries(
    Object.entries(NARROW).filter(([, value]) => [value].flat().some((one) => text.includes(one))),
  );
}

const SCOPES: Readonly<Record<string, Narrowing>> = {
  "as wide as Remotion's": {},
  "of two regions": { regions: ["eu-central-1", "us-east-1"] },
  "narrowed in everything": NARROW,
};

const PROFILES = [
  ["user", "full", (scope: Narrowing) => userPolicy({ profile: "full", ...scope })],
  ["user", "deploy", (scope: Narrowing) => userPolicy({ profile: "deploy", ...scope })],
  ["user", "render", (scope: Narrowing) => userPolicy({ profile: "render", ...scope })],
  ["role", "full", (scope: Narrowing) => rolePolicy({ profile: "full", ...scope })],
  ["role", "minimal", (scope: Narrowing) => rolePolicy({ profile: "minimal", ...scope })],
] as const;

const PAIRS = PROFILES.flatMap(([actor, profile, policyOf]) =>
  Object.entries(SCOPES).map(
    ([name, scope]) =>
      [`${actor} ${profile}, ${name}`, actor, profile, policyOf(scope), scope] as const,
  ),
);

describe("statements for any one action that is taken away", () => {
  it.each(PAIRS)("%s", (_name, actor, profile, whole, scope) => {
    const given = {
      actor,
      ...(actor === "user" ? { profile } : { roleProfile: profile }),
      scope,
    } as Partial<VerifyOptions>;
    const narrowed = new ExcessFinder(whole);
    let fixed = 0;
    for (const { Sid, Action } of whole.Statement) {
      for (const action of Action) {
        const file = withoutAction(whole, Sid, action);
        const before = verified(file, given);
        const answers = before.apis.map(({ answer }) => answer);
        if (answers.every((answer) => answer === "allowed")) {
          // Another statement allows it, too, or no row of the table needs it.
          expect(before.fix).toBeUndefined();
          continue;
        }
        const document = documentOf(before.fix);
        fixed += 1;
        expect(document.Statement.flatMap((statement) => statement.Action)).toContain(action);
        expect(narrowed.excessOf("fix", document)).toEqual([]);
        const after = verified(beside(file, document), given);
        expect(after.apis.filter(({ answer }) => answer !== "allowed")).toEqual([]);
        expect(after.findings).toEqual([]);
        expect(after.excess).toEqual([]);
        expect(after.fix).toBeUndefined();
      }
    }
    expect(fixed).toBeGreaterThan(5);
  });

  it.each(PROFILES)("%s %s: where the policy itself says the scope", (actor, profile, policyOf) => {
    const whole = policyOf(NARROW);
    const given = {
      actor,
      ...(actor === "user" ? { profile } : { roleProfile: profile }),
    } as Partial<VerifyOptions>;
    let fixed = 0;
    for (const { Sid } of whole.Statement) {
      const file = { ...whole, Statement: whole.Statement.filter((one) => one.Sid !== Sid) };
      const { fix } = verified(file, given);
      if (fix === undefined || "none" in fix) {
        // What else the policy has does not say how narrow this was.
        expect(fix?.none ?? "").toMatch(
          /^(its policies are narrower than what is checked: say .*)?$/,
        );
        continue;
      }
      fixed += 1;
      const document = documentOf(fix);
      const told = new ExcessFinder(policyOf(narrowingIn(file)));
      expect(told.excessOf("fix", document)).toEqual([]);
      const after = verified(beside(file, document), given);
      expect(after.apis.filter(({ answer }) => answer !== "allowed")).toEqual([]);
    }
    expect(fixed).toBeGreaterThan(0);
  });
});

const state = (resources: readonly object[], outputs: object = {}) => ({
  format_version: "1.0",
  terraform_version: "1.11.4",
  values: { outputs, root_module: { resources } },
});

const resource = (type: string, name: string, values: object) => ({
  address: `${type}.${name}`,
  mode: "managed",
  type,
  name,
  values,
});

function userState(document: unknown, more: readonly object[] = [], user: object = {}) {
  return state([
    resource("aws_iam_user", "u", { name: "remotion-user", path: "/", ...user }),
    resource("aws_iam_user_policy", "u", {
      name: "remotion-user-policy",
      user: "remotion-user",
      policy: JSON.stringify(document),
    }),
    ...more,
  ]);
}

const lacking = withoutAction(userPolicy(), "HandleQuotas", "servicequotas:GetServiceQuota");

describe("what a document fits into", () => {
  it("the inline policies of a user, as far as there is room", () => {
    const names = Array.from({ length: 20 }, (_, number) => `arn:aws:sqs:::queue-${number}`);
    const padding = { Effect: "Allow", Action: "sqs:SendMessage", Resource: names };
    const more = resource("aws_iam_user_policy", "more", {
      name: "more",
      user: "remotion-user",
      policy: JSON.stringify({ Version: "2012-10-17", Statement: padding }),
    });
    const { Statement, ...others } = userPolicy();
    const half = { ...others, Statement: Statement.slice(0, 2) };
    expect(fixFor(userState(half, [more]))).toMatchObject({ as: "managed policy", most: 6144 });

    const render = userPolicy({ profile: "render" });
    const [first] = render.Statement;
    const room = fixFor(userState(withoutAction(render, first?.Sid ?? "", "s3:ListAllMyBuckets")), {
      profile: "render",
    });
    expect(room).toMatchObject({ as: "inline policy" });
    expect(room).toHaveProperty("most", expect.any(Number));
  });

  it("as much as an account's user has left", () => {
    const [, ...Statement] = userPolicy({ profile: "render" }).Statement;
    const document = { Version: "2012-10-17" as const, Statement };
    const fix = fixFor({
      UserDetailList: [
        {
          Path: "/",
          UserName: "remotion-user",
          UserId: "AIDAEXAMPLE",
          Arn: "arn:aws:iam::123456789012:user/remotion-user",
          UserPolicyList: [{ PolicyName: "p", PolicyDocument: document }],
          GroupList: [],
          AttachedManagedPolicies: [],
        },
      ],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
      IsTruncated: false,
    });
    expect(fix).toMatchObject({ as: "inline policy", most: 2048 - policySize(document) });
  });

  it("none, where it is longer than any policy may be", () => {
    const functionNames = Array.from(
      { length: 60 },
      (_, number) => `remotion-render-4-0-${number + 100}-mem2048mb-disk2048mb-120sec`,
    );
    const fix = fixFor(userState({ ...lacking, Statement: lacking.Statement.slice(0, 3) }), {
      scope: { functionNames, regions: ["eu-central-1", "us-east-1"] },
    });
    expect(fix).toEqual({
      none: expect.stringMatching(
        /^its statements have \d+ characters, and a managed policy 6144 at most/,
      ),
    });
  });
});

describe("no statements", () => {
  const role = (values: object) =>
    resource("aws_iam_role", "r", { name: "remotion-lambda-role", path: "/", ...values });
  const trust = (service: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } },
    });
  const boundary = { permissions_boundary: "arn:aws:iam::123456789012:policy/limit" };
  const deny = (Action: string) => ({
    ...lacking,
    Statement: [...lacking.Statement, { Effect: "Deny", Action, Resource: "*" }],
  });

  it.each<[string, unknown, string]>([
    [
      "where something is not told",
      userState(lacking, [], boundary),
      "something of it is not told, so that it may have the rest already: give --policy arn:aws:iam::123456789012:policy/limit=FILE",
    ],
    [
      "where a Deny decides",
      deny("s3:PutObject"),
      "no statement helps with s3:PutObject on arn:aws:s3:::remotionlambda-",
    ],
    [
      "where Lambda is not trusted",
      state([role({ assume_role_policy: trust("ec2.amazonaws.com") })]),
      "no statement helps: Lambda cannot assume it",
    ],
  ])("%s", (_name, file, reason) => {
    const fix = fixFor(file);
    expect(fix).toEqual({ none: expect.stringContaining(reason) });
  });

  it("that name an example: of functions that are told by a pattern", () => {
    const pattern = JSON.parse(
      JSON.stringify(userPolicy()).replaceAll("remotion-render-*", "remotion-render-4-0-527-*"),
    ) as PolicyDocument;
    const file = withoutAction(pattern, "FunctionManagement", "lambda:DeleteFunction");
    expect(fixFor(file)).toEqual({
      none: "its policies are narrower than what is checked: say what is meant with --function",
    });
  });

  it("and none where nothing is missing", () => {
    expect(fixFor(userPolicy())).toBeUndefined();
  });

  it("but those that are needed, where a guard rail denies what Remotion goes on without", () => {
    const document = documentOf(fixFor(deny("lambda:TagResource")));
    expect(document.Statement.flatMap(({ Action }) => Action)).toContain(
      "servicequotas:GetServiceQuota",
    );
  });
});

/** A plan with a user that a module of this project makes. */
function modulePlan(module: string, type: string, policy: unknown) {
  const address = `module.video["a.b"]`;
  const resources = [
    {
      address: `${address}.aws_iam_user.this`,
      type: "aws_iam_user",
      values: { name: "remotion-user", path: "/" },
    },
    {
      address: `${address}.aws_iam_user_policy.this`,
      type: "aws_iam_user_policy",
      values: {
        name: "remotion-user-policy",
        user: "remotion-user",
        policy: JSON.stringify(policy),
      },
    },
  ].map((one) => ({ mode: "managed", name: "this", ...one }));
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: { child_modules: [{ address, resources }] } },
    resource_changes: resources.map(({ address, type, values }) => ({
      address,
      type,
      change: { actions: ["create"], before: null, after: values },
    })),
    configuration: {
      root_module: {
        module_calls: { video: { source: `./modules/${type}${module}`, module: {} } },
      },
    },
  };
}

describe("inputs, where a module of this project makes the principal", () => {
  it.each([
    ["remotion-user", "profile"],
    ["remotion-lambda", "user_profile"],
  ])("%s: the profile", (module, input) => {
    const policy = userPolicy({ profile: "render", regions: ["eu-central-1"] });
    const fix = fixFor(modulePlan(module, "", policy), {
      profile: "full",
      scope: { regions: ["us-east-1"] },
    });
    expect(fix).toEqual({
      module,
      address: 'module.video["a.b"]',
      inputs: {
        [input]: "full",
        regions: ["eu-central-1", "us-east-1"],
        ...(module === "remotion-user"
          ? { lambda_role_name: "remotion-lambda-role", lambda_role_path: "/" }
          : {}),
      },
    });
  });

  it("the account and the role", () => {
    const policy = userPolicy({ accountId: "123456789012", lambdaRoleName: "other" });
    const fix = fixFor(modulePlan("remotion-user", "", policy), {
      scope: { accountId: "210987654321", lambdaRoleName: "mine", lambdaRolePath: "/video/" },
    });
    expect(fix).toMatchObject({
      inputs: {
        profile: "full",
        account_id: "210987654321",
        lambda_role_name: "mine",
        lambda_role_path: "/video/",
      },
    });
  });

  it("output buckets, beside those that are there", () => {
    const videos = { name: "videos", prefix: "out/", access: "read" } as const;
    const others = { name: "videos-2", prefix: "", access: "read" } as const;
    const writing = { name: "writing", prefix: "", access: "write" } as const;
    const policy = userPolicy({ outputBuckets: [videos] });
    const fix = fixFor(modulePlan("remotion-user", "", policy), {
      outputBuckets: [videos, others, writing],
    });
    expect(fix).toEqual({
      module: "remotion-user",
      address: 'module.video["a.b"]',
      inputs: { profile: "full" },
      additions: { output_buckets: [others] },
    });
  });

  it("no region of another policy", () => {
    const plan = modulePlan(
      "remotion-user",
      "",
      userPolicy({ profile: "render", regions: ["eu-central-1"] }),
    );
    const foreign = {
      address: "aws_iam_user_policy.queue",
      type: "aws_iam_user_policy",
      mode: "managed",
      name: "queue",
      values: {
        name: "queue",
        user: "remotion-user",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: {
            Effect: "Allow",
            Action: "sqs:*",
            Resource: "arn:aws:sqs:eu-west-3:123456789012:q",
          },
        }),
      },
    };
    const { address, type, values } = foreign;
    const change = { address, type, change: { actions: ["create"], before: null, after: values } };
    const [own] = plan.planned_values.root_module.child_modules;
    const fix = fixFor(
      {
        ...plan,
        planned_values: { root_module: { child_modules: [own], resources: [foreign] } },
        resource_changes: [...plan.resource_changes, change],
      },
      { profile: "full" },
    );
    expect(fix).toMatchObject({ inputs: { regions: ["eu-central-1"] } });
  });
});

describe("a role whose name is made up by the apply", () => {
  const role = resource("aws_iam_role", "r", {
    name_prefix: "remotion-lambda-role-",
    path: "/",
    assume_role_policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "lambda.amazonaws.com" },
      },
    }),
  });
  const roleName = {
    name: "remotion-lambda-role-20231118120000123400000001",
    name_prefix: "remotion-lambda-role-",
  };
  const inState = { ...role, values: { ...role.values, ...roleName } };
  const user = (document: unknown, of: object) => {
    const { values, ...others } = userState(document);
    const [first, ...rest] = values.root_module.resources;
    return { ...others, values: { root_module: { resources: [first, ...rest, of] } } };
  };
  const passes = (Resource: string) => ({
    ...lacking,
    Statement: lacking.Statement.map((one) =>
      one.Action.includes("iam:PassRole") ? { ...one, Resource: [Resource] } : one,
    ),
  });

  it("is passed by the name that it has in a state", () => {
    const [found] = verifyReading(
      readPrincipals(JSON.stringify(user(passes("arn:aws:iam::*:role/other"), inState))),
      options({ fixes: true }),
    ).verified;
    const document = documentOf(found?.fix);
    expect(JSON.stringify(document)).toContain(`role/${roleName.name}"`);
  });
});
