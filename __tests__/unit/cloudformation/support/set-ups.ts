import fc from "fast-check";
import { type PlannedResource, planOf } from "../../terraform/support/plan.js";

/* Set-ups that are drawn at random, as templates and as plans. */

/** The account of all of them. */
export const ACCOUNT = "111111111111";

const RESOURCES = [
  "*",
  "arn:aws:s3:::remotionlambda-*",
  "arn:aws:s3:::remotionlambda-*/*",
  "arn:aws:s3:::videos/a b/*",
  `arn:aws:lambda:*:${ACCOUNT}:function:remotion-render-*`,
  "arn:aws:lambda:*:678892195805:layer:remotion-binaries-*",
  "arn:aws:iam::*:user/${aws:username}",
  `arn:aws:iam::${ACCOUNT}:role/remotion-lambda-role`,
];
const ACTIONS = [
  "s3:*",
  "s3:GetObject",
  "lambda:InvokeFunction",
  "iam:PassRole",
  "logs:*",
  "lambda:Get*",
];

const some = <T>(items: readonly T[]) => fc.subarray([...items], { minLength: 1, maxLength: 3 });
const statement = fc.record(
  {
    Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
    Action: fc.oneof(some(ACTIONS), fc.constantFrom(...ACTIONS)),
    Resource: fc.oneof(some(RESOURCES), fc.constantFrom(...RESOURCES)),
    Condition: fc.constantFrom(
      { StringEquals: { "aws:RequestedRegion": ["eu-central-1", "us-east-1"] } },
      { Bool: { "aws:SecureTransport": "true" } },
    ),
  },
  { requiredKeys: ["Effect", "Action", "Resource"] },
);
const document = fc.record({
  Version: fc.constant("2012-10-17"),
  Statement: fc.array(statement, { minLength: 1, maxLength: 3 }),
});
const index = fc.nat(2);
const held = {
  inline: fc.array(document, { maxLength: 2 }),
  managed: fc.uniqueArray(index, { maxLength: 2 }),
};
/** A set-up. */
export const setUp = fc.record({
  policies: fc.tuple(document, document, document),
  roles: fc.array(
    fc.record({
      ...held,
      service: fc.constantFrom("lambda.amazonaws.com", "ecs-tasks.amazonaws.com"),
      path: fc.constantFrom("/", "/video/"),
      boundary: fc.option(index, { nil: undefined }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  users: fc.array(fc.record({ ...held, groups: fc.uniqueArray(fc.nat(1), { maxLength: 2 }) }), {
    maxLength: 2,
  }),
  groups: fc.tuple(fc.record(held), fc.record(held)),
});

export type SetUp = Parameters<Parameters<typeof setUp.map>[0]>[0];
type Held = SetUp["groups"][number];

const roleNames = ["remotion-lambda-role", "api"];
const trust = (Service: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }],
});

/** Writes texts as somebody would: as they are, in pieces, by a parameter, by a map, by a condition. */
export class Writer {
  readonly parameters: Record<string, object> = {};
  /** Values of the parameters that have no default. */
  readonly values: Record<string, string> = {};
  readonly #next: () => number;
  readonly #isOpen: boolean;

  /**
   * @param next draws a number
   * @param isOpen whether parameters have no defaults
   */
  constructor(next: () => number, isOpen = false) {
    this.#next = next;
    this.#isOpen = isOpen;
  }

  chooses(of: number): number {
    return this.#next() % of;
  }

  /** A value with its texts written in some way. */
  written(value: unknown): unknown {
    if (typeof value === "string") {
      return this.#text(value);
    }
    if (Array.isArray(value)) {
      const items = value.flatMap((item) => this.#item(item));
      return this.chooses(4) === 0 ? [...items, { Ref: "AWS::NoValue" }] : items;
    }
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          key,
          key === "Version" || key === "Effect" ? item : this.written(item),
        ]),
      );
    }
    return value;
  }

  /** An item of a list; a statement may hang on a condition, or stand beside one that is not there. */
  #item(item: unknown): readonly unknown[] {
    const written = this.written(item);
    const isStatement = typeof item === "object" && item !== null && "Effect" in item;
    const nothing = { Ref: "AWS::NoValue" };
    switch (isStatement ? this.chooses(6) : -1) {
      case 0:
        return [{ "Fn::If": ["Yes", written, nothing] }];
      case 1:
        return [
          written,
          { "Fn::If": ["No", { Effect: "Deny", Action: "*", Resource: "*" }, nothing] },
        ];
      default:
        return [written];
    }
  }

  #text(text: string): unknown {
    const middle = Math.ceil(text.length / 2);
    const [first, second] = [text.slice(0, middle), text.slice(middle)];
    switch (this.chooses(9)) {
      case 0:
        return { "Fn::Join": ["", [first, { Ref: this.parameter(second) }]] };
      case 1:
        return {
          "Fn::Sub": this.#escaped(text.replaceAll(ACCOUNT, "\u0000")).replaceAll(
            "\u0000",
            "${AWS::AccountId}",
          ),
        };
      case 2:
        return { "Fn::Sub": [`${this.#escaped(first)}\${End}`, { End: second }] };
      case 3:
        return { "Fn::Select": ["1", ["x", this.#text(text), "y"]] };
      case 4:
        return { "Fn::If": ["Yes", this.#text(text), { Ref: "AWS::NoValue" }] };
      case 5:
        return { "Fn::If": ["No", "x", { "Fn::Join": ["|", { "Fn::Split": ["|", text] }] }] };
      default:
        return text;
    }
  }

  #escaped(text: string): string {
    return text.replaceAll("${", "${!");
  }

  /** The name of a parameter with this value. */
  parameter(value: string): string {
    const name = `P${Object.keys(this.parameters).length}`;
    if (this.#isOpen) {
      this.values[name] = value;
    }
    this.parameters[name] = { Type: "String", ...(this.#isOpen ? {} : { Default: value }) };
    return name;
  }
}

/** A set-up as a template. */
export function templateOf({ policies, roles, users, groups }: SetUp, writer: Writer): object {
  const Resources: Record<string, object> = {};
  const attached = new Map<number, Record<string, unknown[]>>();
  /** Policies stand in who has them, or name who that is. */
  const properties = (
    kind: "Roles" | "Users" | "Groups",
    id: string,
    name: string,
    { inline, managed }: Held,
  ) => {
    const own = inline.map((one, number) => ({
      PolicyName: `${id}-${number}`,
      PolicyDocument: writer.written(one),
    }));
    const apart = writer.chooses(2) === 0 ? own.splice(0) : [];
    for (const [number, policy] of apart.entries()) {
      Resources[`${id}Inline${number}`] = {
        Type: "AWS::IAM::Policy",
        ...(writer.chooses(3) === 0 ? { Condition: "Yes" } : {}),
        Properties: { ...policy, [kind]: [writer.chooses(2) === 0 ? { Ref: id } : name] },
      };
    }
    const ManagedPolicyArns: unknown[] = [];
    for (const number of managed) {
      if (writer.chooses(2) === 0) {
        ManagedPolicyArns.push(
          writer.chooses(2) === 0
            ? { Ref: `Managed${number}` }
            : { "Fn::Sub": `arn:aws:iam::\${AWS::AccountId}:policy/managed-${number}` },
        );
      } else {
        const of = attached.get(number) ?? {};
        attached.set(number, { ...of, [kind]: [...(of[kind] ?? []), { Ref: id }] });
      }
    }
    return { ...(own.length > 0 ? { Policies: own } : {}), ManagedPolicyArns };
  };
  for (const [number, role] of roles.entries()) {
    const name = roleNames[number] ?? "";
    Resources[`Role${number}`] = {
      Type: "AWS::IAM::Role",
      Properties: {
        RoleName: writer.written(name),
        Path: role.path,
        AssumeRolePolicyDocument: writer.written(trust(role.service)),
        ...(role.boundary === undefined
          ? {}
          : { PermissionsBoundary: { Ref: `Managed${role.boundary}` } }),
        ...properties("Roles", `Role${number}`, name, role),
      },
    };
  }
  for (const [number, user] of users.entries()) {
    const Groups = user.groups.map((group) => ({ Ref: `Group${group}` }));
    const isApart = writer.chooses(2) === 0;
    Resources[`User${number}`] = {
      Type: "AWS::IAM::User",
      Properties: {
        UserName: writer.written(`user-${number}`),
        ...(isApart ? {} : { Groups }),
        ...properties("Users", `User${number}`, `user-${number}`, user),
      },
    };
    for (const [place, GroupName] of (isApart ? Groups : []).entries()) {
      Resources[`Membership${number}${place}`] = {
        Type: "AWS::IAM::UserToGroupAddition",
        Properties: { GroupName, Users: [`user-${number}`] },
      };
    }
  }
  for (const [number, group] of groups.entries()) {
    Resources[`Group${number}`] = {
      Type: "AWS::IAM::Group",
      Properties: {
        GroupName: `group-${number}`,
        ...properties("Groups", `Group${number}`, `group-${number}`, group),
      },
    };
  }
  for (const [number, PolicyDocument] of policies.entries()) {
    Resources[`Managed${number}`] = {
      Type: "AWS::IAM::ManagedPolicy",
      Properties: {
        ManagedPolicyName: `managed-${number}`,
        PolicyDocument: writer.written(PolicyDocument),
        ...attached.get(number),
      },
    };
  }
  return {
    Parameters: writer.parameters,
    Conditions: {
      Yes: { "Fn::Equals": ["a", { Ref: writer.parameter("a") }] },
      No: { "Fn::Not": [{ Condition: "Yes" }] },
    },
    Resources,
  };
}

/** A set-up as a plan. */
export function planText({ policies, roles, users, groups }: SetUp): string {
  const arnOf = (number: number) => `arn:aws:iam::${ACCOUNT}:policy/managed-${number}`;
  const text = (value: unknown) => JSON.stringify(value);
  const given = (
    kind: string,
    id: string,
    name: string,
    { inline, managed }: Held,
  ): PlannedResource[] => [
    ...inline.map((one, number) => ({
      address: `aws_iam_${kind}_policy.${id}${number}`,
      values: { name: `${id}-${number}`, [kind]: name, policy: text(one) },
    })),
    ...managed.map((number) => ({
      address: `aws_iam_${kind}_policy_attachment.${id}${number}`,
      values: { [kind]: name, policy_arn: arnOf(number) },
    })),
  ];
  return planOf([
    ...roles.flatMap((role, number) => {
      const name = roleNames[number] ?? "";
      return [
        {
          address: `aws_iam_role.Role${number}`,
          values: {
            name,
            path: role.path,
            arn: `arn:aws:iam::${ACCOUNT}:role${role.path}${name}`,
            assume_role_policy: text(trust(role.service)),
            ...(role.boundary === undefined ? {} : { permissions_boundary: arnOf(role.boundary) }),
          },
        },
        ...given("role", `Role${number}`, name, role),
      ];
    }),
    ...users.flatMap((user, number) => [
      {
        address: `aws_iam_user.User${number}`,
        values: {
          name: `user-${number}`,
          path: "/",
          arn: `arn:aws:iam::${ACCOUNT}:user/user-${number}`,
        },
      },
      ...given("user", `User${number}`, `user-${number}`, user),
      {
        address: `aws_iam_user_group_membership.User${number}`,
        values: { user: `user-${number}`, groups: user.groups.map((group) => `group-${group}`) },
      },
    ]),
    ...groups.flatMap((group, number) => [
      { address: `aws_iam_group.Group${number}`, values: { name: `group-${number}`, path: "/" } },
      ...given("group", `Group${number}`, `group-${number}`, group),
    ]),
    ...policies.map((one, number) => ({
      address: `aws_iam_policy.Managed${number}`,
      values: { name: `managed-${number}`, path: "/", arn: arnOf(number), policy: text(one) },
    })),
  ]);
}
