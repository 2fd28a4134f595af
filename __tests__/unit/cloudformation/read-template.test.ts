import { describe, expect, it } from "vitest";
import { summaries } from "../terraform/support/summary.js";
import { allowing, principalAt, readingOf, trusting } from "./support/template.js";

const LAMBDA = trusting("lambda.amazonaws.com");
const ARN = "arn:aws:iam::*";
const IN_DOUBT = "the parameter Stage has no default";
const OTHER_IN_DOUBT = `whether Other is made, and how often, is not told: ${IN_DOUBT}`;
const CHOSEN = `whether a condition of Role gives it is not told: ${IN_DOUBT}`;

/** A policy whose first statement is called so. */
const policy = (Sid: string) => ({
  Version: "2012-10-17",
  Statement: [{ Sid, Effect: "Allow", Action: "s3:*", Resource: "*" }],
});

const role = (properties: object = {}, rest: object = {}) => ({
  Type: "AWS::IAM::Role",
  Properties: { RoleName: "role", AssumeRolePolicyDocument: LAMBDA, ...properties },
  ...rest,
});
const managed = (name: string, properties: object = {}, rest: object = {}) => ({
  Type: "AWS::IAM::ManagedPolicy",
  Properties: { ManagedPolicyName: name, PolicyDocument: policy(name), ...properties },
  ...rest,
});

const STAGE = {
  Parameters: { Stage: { Type: "String" } },
  Conditions: {
    IsProd: { "Fn::Equals": [{ Ref: "Stage" }, "prod"] },
    Never: { "Fn::Equals": ["a", "b"] },
  },
};

describe("who has which policy", () => {
  it.each<[string, object, object]>([
    [
      "all that stands in a role",
      {
        Role: role({
          Path: "/video/",
          Policies: [{ PolicyName: "inline", PolicyDocument: policy("Inline") }],
          ManagedPolicyArns: [{ Ref: "Managed" }, "arn:aws:iam::aws:policy/Unheard"],
          PermissionsBoundary: { Ref: "Boundary" },
        }),
        Managed: managed("managed"),
        Boundary: managed("boundary"),
      },
      {
        Role: {
          is: `role role, ${ARN}:role/video/role`,
          policies: ["inline: Inline, Role", "managed: managed, Managed"],
          unread: ["Unheard: it is not in the file, --policy arn:aws:iam::aws:policy/Unheard=FILE"],
          boundary: `${ARN}:policy/boundary: boundary`,
        },
      },
    ],
    [
      "all that stands in a permission set",
      {
        Set: {
          Type: "AWS::SSO::PermissionSet",
          Properties: {
            Name: "video",
            InlinePolicy: policy("Inline"),
            ManagedPolicies: ["arn:aws:iam::aws:policy/Unheard"],
            CustomerManagedPolicyReferences: [{ Name: "managed" }],
            PermissionsBoundary: {
              CustomerManagedPolicyReference: { Name: "boundary", Path: "/" },
            },
          },
        },
        Managed: managed("managed"),
        Boundary: managed("boundary"),
      },
      {
        Set: {
          is: "permission set video, undefined",
          policies: ["inline policy: Inline, Set", "managed: managed, Managed"],
          unread: ["Unheard: it is not in the file, --policy arn:aws:iam::aws:policy/Unheard=FILE"],
          boundary: `${ARN}:policy/boundary: boundary`,
        },
      },
    ],
    [
      "a policy that names a role, a user and a group",
      {
        Role: role(),
        User: {
          Type: "AWS::IAM::User",
          Properties: { UserName: "user", Groups: [{ Ref: "Group" }] },
        },
        Group: { Type: "AWS::IAM::Group", Properties: { GroupName: "group" } },
        Inline: {
          Type: "AWS::IAM::Policy",
          Properties: {
            PolicyName: "inline",
            PolicyDocument: policy("Inline"),
            Roles: [{ Ref: "Role" }, "elsewhere"],
            Users: ["user"],
          },
        },
        Managed: managed("managed", { Groups: [{ Ref: "Group" }] }),
      },
      {
        Role: { is: `role role, ${ARN}:role/role`, policies: ["inline: Inline, Inline"] },
        User: {
          is: `user user, ${ARN}:user/user`,
          policies: ["inline: Inline, Inline", "managed: managed, Managed"],
        },
        Inline: {
          is: "policy inline, undefined",
          policies: ["inline: Inline, Inline"],
          notes: [
            'It is attached to the role "elsewhere", which is not in the file: what else that role may do is not seen.',
          ],
        },
      },
    ],
    [
      "policies that are resources of their own, and a user who is added to a group",
      {
        Role: role(),
        User: { Type: "AWS::IAM::User", Properties: { UserName: "user" } },
        Group: { Type: "AWS::IAM::Group", Properties: { GroupName: "group" } },
        OfRole: {
          Type: "AWS::IAM::RolePolicy",
          Properties: { RoleName: { Ref: "Role" }, PolicyName: "r", PolicyDocument: policy("R") },
        },
        OfUser: {
          Type: "AWS::IAM::UserPolicy",
          Properties: { UserName: { Ref: "User" }, PolicyName: "u", PolicyDocument: policy("U") },
        },
        OfGroup: {
          Type: "AWS::IAM::GroupPolicy",
          Properties: { GroupName: "group", PolicyName: "g", PolicyDocument: policy("G") },
        },
        Added: {
          Type: "AWS::IAM::UserToGroupAddition",
          Properties: { GroupName: { Ref: "Group" }, Users: [{ Ref: "User" }] },
        },
      },
      {
        Role: { is: `role role, ${ARN}:role/role`, policies: ["r: R, OfRole"] },
        User: { is: `user user, ${ARN}:user/user`, policies: ["u: U, OfUser", "g: G, OfGroup"] },
      },
    ],
    [
      "names that CloudFormation makes up",
      {
        Role: role({ RoleName: { Ref: "AWS::NoValue" }, ManagedPolicyArns: [{ Ref: "Managed" }] }),
        ARatherLongLogicalIdOfARole: role({ RoleName: { Ref: "AWS::NoValue" } }),
        Managed: managed("x", { ManagedPolicyName: { Ref: "AWS::NoValue" } }),
      },
      {
        Role: { is: `role *-Role-*, ${ARN}:role/*-Role-*`, policies: ["*-Managed-*: x, Managed"] },
        ARatherLongLogicalIdOfARole: {
          is: `role *-ARatherLongLogicalIdOfARole-*, ${ARN}:role/*-ARatherLongLogicalIdOfARole-*`,
        },
      },
    ],
    [
      "a resource whose condition does not hold",
      {
        Role: role(),
        Other: managed("other", { Roles: [{ Ref: "Role" }] }, { Condition: "Never" }),
      },
      { Role: { is: `role role, ${ARN}:role/role` } },
    ],
    [
      "a policy whose condition is open",
      {
        Role: role(),
        Other: managed("other", { Roles: [{ Ref: "Role" }] }, { Condition: "IsProd" }),
      },
      {
        Role: {
          is: `role role, ${ARN}:role/role`,
          policies: [`other: other (${OTHER_IN_DOUBT}), Other`],
        },
      },
    ],
    [
      "a role whose condition is open",
      {
        Role: role(
          { Policies: [{ PolicyName: "p", PolicyDocument: policy("P") }] },
          { Condition: "IsProd" },
        ),
      },
      {
        Role: {
          is: `role role, ${ARN}:role/role`,
          policies: ["p: P, Role"],
          notes: [`Whether Role is made, and how often, is not told: ${IN_DOUBT}.`],
        },
      },
    ],
    [
      "a policy that is one of two",
      {
        Role: role({ ManagedPolicyArns: [{ "Fn::If": ["IsProd", { Ref: "A" }, { Ref: "B" }] }] }),
        A: managed("a"),
        B: managed("b"),
      },
      {
        Role: {
          is: `role role, ${ARN}:role/role`,
          policies: [`a: a (${CHOSEN}), A`, `b: b (${CHOSEN}), B`],
        },
      },
    ],
    [
      "what runs as a role",
      {
        Role: role(),
        Profile: { Type: "AWS::IAM::InstanceProfile", Properties: { Roles: [{ Ref: "Role" }] } },
        Api: {
          Type: "AWS::Lambda::Function",
          Properties: { Role: { "Fn::GetAtt": ["Role", "Arn"] } },
        },
        Sub: { Type: "AWS::Lambda::Function", Properties: { Role: { "Fn::Sub": "${Role.Arn}" } } },
        Task: {
          Type: "AWS::ECS::TaskDefinition",
          Properties: { TaskRoleArn: { "Fn::GetAtt": "Role.Arn" } },
        },
        Job: {
          Type: "AWS::Batch::JobDefinition",
          Properties: {
            ContainerProperties: { JobRoleArn: "arn:aws:iam::123456789012:role/role" },
          },
        },
        Vm: { Type: "AWS::EC2::Instance", Properties: { IamInstanceProfile: { Ref: "Profile" } } },
        Start: {
          Type: "AWS::EC2::LaunchTemplate",
          Properties: {
            LaunchTemplateData: {
              IamInstanceProfile: { Arn: { "Fn::GetAtt": ["Profile", "Arn"] } },
            },
          },
        },
        App: {
          Type: "AWS::AppRunner::Service",
          Properties: {
            InstanceConfiguration: { InstanceRoleArn: { "Fn::GetAtt": ["Role", "Arn"] } },
          },
        },
      },
      {
        Role: {
          is: `role role, ${ARN}:role/role`,
          runs: ["Api", "Sub", "Task", "Job", "Vm", "Start", "App"],
        },
      },
    ],
  ])("%s", (_what, Resources, expected) => {
    expect(summaries(readingOf({ ...STAGE, Resources }))).toEqual(expected);
  });

  it("has the account in ARNs where it is given", () => {
    const template = {
      Resources: {
        Role: role({
          ManagedPolicyArns: [{ "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:policy/managed" }],
        }),
        Managed: managed("managed"),
      },
    };
    const expected = (account: string) => ({
      Role: {
        is: `role role, arn:aws:iam::${account}:role/role`,
        policies: ["managed: managed, Managed"],
      },
    });

    expect(summaries(readingOf(template))).toEqual(expected("*"));
    expect(summaries(readingOf(template, { "AWS::AccountId": "111111111111" }))).toEqual(
      expected("111111111111"),
    );
  });

  it("is open where a list of roles is", () => {
    const { Role } = summaries(
      readingOf({
        Parameters: { Roles: { Type: "CommaDelimitedList" } },
        Resources: { Role: role(), Other: managed("other", { Roles: { Ref: "Roles" } }) },
      }),
    );

    expect(Role?.policies).toEqual([
      "other: other (whether Other is for it is not told: the parameter Roles has no default), Other",
    ]);
  });
});

describe("policies that may be there", () => {
  const doubted = (template: object) => {
    const { policies } = principalAt("Role", { ...STAGE, ...template });
    return policies.map(({ document }) =>
      [Object(document).Statement].flat().map(({ Sid, Condition }) => [Sid, Condition?.cause]),
    );
  };

  it("are in doubt where a condition leaves them open", () => {
    const Other = managed("other", { Roles: [{ Ref: "Role" }] }, { Condition: "IsProd" });
    expect(doubted({ Resources: { Role: role(), Other } })).toEqual([[["other", OTHER_IN_DOUBT]]]);
  });

  it("are in doubt where a condition chooses them", () => {
    const ManagedPolicyArns = [{ "Fn::If": ["IsProd", { Ref: "Other" }, { Ref: "AWS::NoValue" }] }];
    expect(
      doubted({ Resources: { Role: role({ ManagedPolicyArns }), Other: managed("other") } }),
    ).toEqual([[["other", CHOSEN]]]);
  });

  it("are in doubt by the statement", () => {
    const [one, other] = [policy("One").Statement[0], policy("Other").Statement[0]];
    const Statement = [
      policy("Sure").Statement[0],
      { "Fn::If": ["IsProd", one, { Ref: "AWS::NoValue" }] },
      { "Fn::If": ["IsProd", one, other] },
    ];
    const Policies = [{ PolicyName: "p", PolicyDocument: { Version: "2012-10-17", Statement } }];
    expect(doubted({ Resources: { Role: role({ Policies }) } })).toEqual([
      [
        ["Sure", undefined],
        ["One", IN_DOUBT],
        ["One", IN_DOUBT],
        ["Other", IN_DOUBT],
      ],
    ]);
  });
});

describe("a policy whose name a parameter gives", () => {
  const found = (name: unknown, given: object = {}) => {
    const Policies = [{ PolicyName: "p", PolicyDocument: policy("Own") }];
    const New = {
      Type: "AWS::IAM::Policy",
      Properties: { PolicyName: name, PolicyDocument: policy("New"), Roles: [{ Ref: "Role" }] },
    };
    const Parameters = { P: { Type: "String", ...given } };
    const read = readingOf({ Parameters, Resources: { Role: role({ Policies }), New } });
    return summaries(read)["Role"]?.policies?.map((line) => line.replace(/ is not told.*/, ""));
  };

  it("may be written over one of the role's own", () => {
    expect(found({ Ref: "P" })?.[1]).toMatch(
      /^p: Own \(New may write over the inline policy "p": /,
    );
  });

  it("is another one where what is known of its name says so", () => {
    expect(found({ "Fn::Sub": "${P}-logs" })?.[1]).toBe("p: Own, Role");
  });
});

it("has the policy of a resource of its own where a role has one of that name", () => {
  const Policies = [{ PolicyName: "p", PolicyDocument: policy("Old") }];
  const New = {
    Type: "AWS::IAM::Policy",
    Properties: { PolicyName: "p", PolicyDocument: policy("New"), Roles: [{ Ref: "Role" }] },
  };
  const { Role } = summaries(readingOf({ Resources: { Role: role({ Policies }), New } }));

  expect(Role?.policies).toEqual(["p: New, New"]);
});

it.each([
  ["a name", { RoleName: ["a"] }],
  ["a path", { Path: {} }],
  ["policies", { Policies: [1, "a", [null], { PolicyName: {}, PolicyDocument: 3 }] }],
  ["ARNs", { ManagedPolicyArns: { a: 1 }, PermissionsBoundary: [[]] }],
  ["a trust policy", { AssumeRolePolicyDocument: true }],
  ["a function", { RoleName: { "Fn::Sub": [1, 2, 3] }, Path: { "Fn::Join": { Ref: [] } } }],
])("says something of a role with %s that is none", (_what, properties) => {
  expect(() => readingOf({ Resources: { Role: role(properties) } })).not.toThrow();
});

it("gives a user whose name is open what is for somebody of that name", () => {
  const User = {
    Type: "AWS::IAM::User",
    Properties: { UserName: { "Fn::Sub": "remotion-${Stage}" } },
  };
  const ForUsers = managed("p", { Users: ["remotion-dev", "else"] });
  const { User: found } = summaries(readingOf({ ...STAGE, Resources: { User, ForUsers } }));

  expect(found?.policies).toEqual([
    `p: p (whether User is called remotion-dev is not told: ${IN_DOUBT}), ForUsers`,
  ]);
});

describe("a document", () => {
  it.each<[string, unknown, object?]>([
    ["as an object", allowing("*")],
    [
      "with numbers, which CloudFormation writes as texts",
      { ...allowing("*"), Statement: [{ Sid: 1, Effect: "Allow", Action: "s3:*", Resource: "*" }] },
      { Sid: "1" },
    ],
    ["as a text", JSON.stringify(allowing("*"))],
    [
      "as a text in parts",
      {
        "Fn::Join": [
          "",
          [JSON.stringify(allowing("*")).slice(0, 30), JSON.stringify(allowing("*")).slice(30)],
        ],
      },
    ],
    ["as a function of a value", { "Fn::ToJsonString": allowing({ "Fn::Sub": "*" }) }],
    ["by a condition that holds", { "Fn::If": ["Never", "x", allowing("*")] }],
  ])("%s", (_how, PolicyDocument, more = {}) => {
    const Policies = [{ PolicyName: "p", PolicyDocument }];
    const { policies } = principalAt("Role", { ...STAGE, Resources: { Role: role({ Policies }) } });

    const document = allowing("*") as { readonly Statement: readonly object[] };
    const Statement = document.Statement.map((one) => ({ ...one, ...more }));
    expect(policies).toEqual([
      { name: "p", address: "Role", document: { ...document, Statement }, is: "inline" },
    ]);
  });
});

describe("an answer of aws cloudformation get-template", () => {
  const template = { Resources: { Role: role() } };
  const yaml =
    "Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: !Sub role\n";
  it.each<[string, object]>([
    ["with an object", { TemplateBody: template, StagesAvailable: ["Original", "Processed"] }],
    ["with JSON", { StagesAvailable: [], TemplateBody: JSON.stringify(template, undefined, 2) }],
    ["with YAML", { TemplateBody: yaml }],
    ["with YAML after a comment", { TemplateBody: `\n# roles\n---\n${yaml}` }],
  ])("%s", (_what, answer) => {
    const { source, principals } = readingOf(answer);
    expect(source).toBe("template");
    expect(principals.map(({ address, name }) => [address, name])).toEqual([["Role", "role"]]);
  });
});

describe("what is refused", () => {
  const Nested = { Type: "AWS::CloudFormation::Stack", Properties: {} };
  it.each<[string, object | string, Record<string, string>, string]>([
    [
      "a template without resources",
      { AWSTemplateFormatVersion: "2010-09-09" },
      {},
      "has no template",
    ],
    [
      "one of something else",
      { Resources: { A: { Type: "AWS::S3::Bucket" } } },
      {},
      "The template is one of something else: no IAM user, role or policy is in it with these values",
    ],
    [
      "one that leaves all to others",
      { Resources: { Nested } },
      {},
      'its nested stacks ("Nested") are other templates',
    ],
    [
      "one of whose roles none is made",
      { ...STAGE, Resources: { Role: role({}, { Condition: "Never" }) } },
      {},
      "is one of something else",
    ],
    ["an answer without a template", { TemplateBody: 1 }, {}, "has no template"],
    [
      "a parameter that is none",
      { ...STAGE, Resources: { Role: role() } },
      { stage: "x" },
      'has no parameter "stage": it has "Stage", and AWS::Region',
    ],
    [
      "a pseudo parameter that nobody can give",
      { Resources: { Role: role() } },
      { "AWS::StackId": "x" },
      'no parameter "AWS::StackId"',
    ],
  ])("%s", (_what, template, parameters, says) => {
    expect(() => readingOf(template, parameters)).toThrow(says);
  });

  it("what multiplies without end", () => {
    const double = (name: string) => ({ "Fn::Sub": `\${${name}}\${${name}}` });
    let text: unknown = "x".repeat(1000);
    for (let step = 0; step < 30; step += 1) {
      text = { "Fn::Sub": ["${A}${A}", { A: text }] };
    }
    const Policies = [{ PolicyName: "p", PolicyDocument: allowing([text, double("Nothing")]) }];
    expect(() => readingOf({ Resources: { Role: role({ Policies }) } })).toThrow(
      "more than 5000000 steps",
    );
  });
});

describe("the condition of a resource", () => {
  const Conditions = { Yes: { "Fn::Equals": ["a", "b"] }, true: { "Fn::Equals": ["a", "b"] } };
  const at = (Condition: unknown, rest: object = { Conditions }) =>
    readingOf({ ...rest, Resources: { Role: role({}, { Condition }) } });

  it.each([
    ["a truth value", true, "no text"],
    ["a number", 1, "no text"],
    ["nothing", null, "no text"],
    ["a function", { "Fn::If": ["Yes", "Yes", "Yes"] }, "no text"],
    ["another name", "No", '"No"'],
    ["a name that all objects have", "constructor", '"constructor"'],
  ])("is refused where it is %s", (_what, condition, shown) => {
    expect(() => at(condition)).toThrow(
      `The Condition of "Role" is ${shown}, and no condition of the template: name one of its Conditions`,
    );
    expect(() => at(condition, {})).toThrow(`The Condition of "Role" is ${shown}`);
  });

  it("is refused where YAML makes a truth value of its name", () => {
    const template = [
      "Conditions: {Yes: !Equals [a, b]}",
      "Resources: {Role: {Type: AWS::IAM::Role, Condition: Yes, Properties: {RoleName: role}}}",
    ].join("\n");
    expect(() => readingOf(template)).toThrow('The Condition of "Role" is no text');
    expect(() => readingOf(template.replaceAll("Yes", '"Yes"'))).toThrow(
      "no IAM user, role or policy is in it with these values of its parameters",
    );
  });

  it.each([
    ["conditions", { Conditions: { "Fn::Transform": { Name: "AWS::Include" } } }],
    ["a template", { Transform: "Mine" }],
  ])("is open where a macro may make more of %s", (_what, rest) => {
    const notes = (condition: unknown) => at(condition, rest).principals[0]?.notes;
    expect(notes("No")).toEqual([
      "Whether Role is made, and how often, is not told: the condition No is not in the template.",
    ]);
    expect(notes(true)).toEqual([
      "Whether Role is made, and how often, is not told: its Condition is no name of a condition.",
    ]);
  });
});
