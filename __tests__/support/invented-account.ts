import { rolePolicy, userPolicy } from "../../lib/remotion/policies.js";
import type { IamApi } from "./iam-api.js";

/** How many there are of each. */
export interface AccountSize {
  readonly roles: number;
  readonly users: number;
  readonly groups: number;
  readonly policies: number;
}

/** A resource of Terraform, without a reference in it. */
export interface InventedResource {
  readonly type: string;
  /** Its name in Terraform. */
  readonly label: string;
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  /** Addresses of what must be there before it. */
  readonly after: readonly string[];
}

const ACCOUNT = "123456789012";

/** Paths of the account, one of them nobody's default. */
const PATHS = ["/", "/video/"];

const statement = (more: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Resource: "*", ...more }] });

/** Policies as they are found in accounts: of Remotion's, narrowed, of others, and such as deny. */
function policyText(number: number): string {
  switch (number % 6) {
    case 0:
      return JSON.stringify(userPolicy());
    case 1:
      return JSON.stringify(rolePolicy());
    case 2:
      return JSON.stringify(userPolicy({ profile: "render", regions: ["eu-central-1"] }));
    case 3:
      return statement({ Effect: "Allow", Action: ["ec2:*", `dynamodb:Get${number}`] });
    case 4:
      return statement({ Effect: "Deny", Action: "lambda:InvokeFunction" });
    default:
      return statement({ Effect: "Allow", Action: ["lambda:*", "s3:*", "logs:*"] });
  }
}

function trustText(number: number): string {
  const trusted = [
    { Service: "lambda.amazonaws.com" },
    { Service: "ec2.amazonaws.com" },
    { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  ][number % 3];
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: trusted, Action: "sts:AssumeRole" }],
  });
}

/** The resources that make an account: Remotion's user and role by their names, and others of all kinds. */
export function inventedAccount(size: AccountSize): readonly InventedResource[] {
  const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
  const pathOf = (number: number) => PATHS[number % PATHS.length] ?? "/";
  const policyOf = (number: number) => `policy-${number % size.policies}`;
  const arnOf = (policy: string) =>
    `arn:aws:iam::${ACCOUNT}:policy${pathOf(Number(policy.replace(/\D/g, "")))}${policy}`;
  const inline = (kind: string, holder: string, number: number): InventedResource => ({
    type: `aws_iam_${kind}_policy`,
    label: holder,
    values: { [kind]: holder, name: `${holder}-own`, policy: policyText(number) },
    after: [`aws_iam_${kind}.${holder}`],
  });
  const attached = (kind: string, holder: string, policy: string): InventedResource => ({
    type: `aws_iam_${kind}_policy_attachment`,
    label: `${holder}-${policy}`,
    values: { [kind]: holder, policy_arn: arnOf(policy) },
    after: [`aws_iam_${kind}.${holder}`, `aws_iam_policy.${policy}`],
  });
  return [
    ...numbers(size.policies).map((number): InventedResource => {
      const name = `policy-${number}`;
      const values = { name, path: pathOf(number), policy: policyText(number) };
      return { type: "aws_iam_policy", label: name, values, after: [] };
    }),
    ...numbers(size.roles).flatMap((number): InventedResource[] => {
      const name = number === 0 ? "remotion-lambda-role" : `role-${number}`;
      const limit = number % 7 === 3 ? policyOf(5) : undefined;
      const boundary = limit === undefined ? {} : { permissions_boundary: arnOf(limit) };
      return [
        {
          type: "aws_iam_role",
          label: name,
          values: {
            name,
            path: pathOf(number),
            assume_role_policy: trustText(number),
            ...boundary,
          },
          after: limit === undefined ? [] : [`aws_iam_policy.${limit}`],
        },
        ...(number % 4 === 3 ? [] : [attached("role", name, policyOf(number + 1))]),
        ...(number % 5 === 2 ? [inline("role", name, number)] : []),
      ];
    }),
    ...numbers(size.groups).flatMap((number): InventedResource[] => {
      const name = `group-${number}`;
      const values = { name, path: pathOf(number) };
      return [
        { type: "aws_iam_group", label: name, values, after: [] },
        inline("group", name, number + 2),
        attached("group", name, policyOf(number)),
      ];
    }),
    ...numbers(size.users).flatMap((number): InventedResource[] => {
      const name = number === 0 ? "remotion-user" : `user-${number}`;
      const groups = [number, number * 2 + 1]
        .map((each) => `group-${each % size.groups}`)
        .filter((group, index, all) => all.indexOf(group) === index);
      return [
        { type: "aws_iam_user", label: name, values: { name, path: pathOf(number) }, after: [] },
        {
          type: "aws_iam_user_group_membership",
          label: name,
          values: { user: name, groups },
          after: [`aws_iam_user.${name}`, ...groups.map((group) => `aws_iam_group.${group}`)],
        },
        ...(number % 3 === 0 ? [inline("user", name, number)] : []),
        ...(number % 4 === 1 ? [attached("user", name, policyOf(number))] : []),
      ];
    }),
  ];
}

/** The resources as a configuration in JSON. */
export function asConfiguration(resources: readonly InventedResource[]): string {
  const resource: Record<string, Record<string, object>> = {};
  for (const { type, label, values, after } of resources) {
    // Policy variables are no templates.
    const written = JSON.parse(JSON.stringify(values).replaceAll("${", "$${")) as object;
    resource[type] = { ...resource[type], [label]: { ...written, depends_on: after } };
  }
  return JSON.stringify({ provider: { aws: { region: "us-east-1" } }, resource });
}

/** The resources as a `terraform.tfstate`, as it is after they have been made. */
export function asState(resources: readonly InventedResource[]): string {
  return JSON.stringify({
    version: 4,
    terraform_version: "1.15.0",
    serial: 1,
    resources: resources.map(({ type, label, values }) => {
      const [, kind] = /^aws_iam_(user|role|group|policy)$/.exec(type) ?? [];
      const { name, path } = values;
      const arn = `arn:aws:iam::${ACCOUNT}:${kind}${path}${name}`;
      const attributes = kind === undefined ? values : { ...values, arn };
      return { mode: "managed", type, name: label, instances: [{ attributes }] };
    }),
  });
}

/** What makes a resource of each type, and how its arguments are called there. */
const CALLS: Readonly<Record<string, readonly [action: string, ...(readonly [string, string])[]]>> =
  {
    aws_iam_policy: [
      "CreatePolicy",
      ["name", "PolicyName"],
      ["policy", "PolicyDocument"],
      ["path", "Path"],
    ],
    aws_iam_role: [
      "CreateRole",
      ["name", "RoleName"],
      ["assume_role_policy", "AssumeRolePolicyDocument"],
      ["permissions_boundary", "PermissionsBoundary"],
      ["path", "Path"],
    ],
    aws_iam_role_policy: [
      "PutRolePolicy",
      ["role", "RoleName"],
      ["name", "PolicyName"],
      ["policy", "PolicyDocument"],
    ],
    aws_iam_role_policy_attachment: [
      "AttachRolePolicy",
      ["role", "RoleName"],
      ["policy_arn", "PolicyArn"],
    ],
    aws_iam_user: ["CreateUser", ["name", "UserName"], ["path", "Path"]],
    aws_iam_user_policy: [
      "PutUserPolicy",
      ["user", "UserName"],
      ["name", "PolicyName"],
      ["policy", "PolicyDocument"],
    ],
    aws_iam_user_policy_attachment: [
      "AttachUserPolicy",
      ["user", "UserName"],
      ["policy_arn", "PolicyArn"],
    ],
    aws_iam_group: ["CreateGroup", ["name", "GroupName"], ["path", "Path"]],
    aws_iam_group_policy: [
      "PutGroupPolicy",
      ["group", "GroupName"],
      ["name", "PolicyName"],
      ["policy", "PolicyDocument"],
    ],
    aws_iam_group_policy_attachment: [
      "AttachGroupPolicy",
      ["group", "GroupName"],
      ["policy_arn", "PolicyArn"],
    ],
    aws_iam_user_group_membership: [
      "AddUserToGroup",
      ["user", "UserName"],
      ["groups", "GroupName"],
    ],
  };

/** Makes the resources by IAM's own API, one after the other. */
export async function makeByApi(
  iam: IamApi,
  resources: readonly InventedResource[],
): Promise<void> {
  for (const { type, values } of resources) {
    const [action, ...names] = CALLS[type] ?? [];
    if (action === undefined) {
      throw new Error(`nothing makes ${type}`);
    }
    const lists = names.flatMap(([argument, parameter]) => {
      const value = values[argument];
      return Array.isArray(value) ? [value.map((item: string) => [parameter, item] as const)] : [];
    });
    const parameters = names.flatMap(([argument, parameter]) => {
      const value = values[argument];
      return typeof value === "string" ? [[parameter, value] as const] : [];
    });
    for (const item of lists[0] ?? [undefined]) {
      await iam.call(action, Object.fromEntries([...parameters, ...(item ? [item] : [])]));
    }
  }
}

/** Gives each managed policy versions that are not in force, before and after the one that is. */
export async function addVersions(
  iam: IamApi,
  resources: readonly InventedResource[],
): Promise<void> {
  const everything = statement({ Effect: "Allow", Action: "*" });
  const nothing = statement({ Effect: "Deny", Action: "*" });
  for (const { values } of resources.filter(({ type }) => type === "aws_iam_policy")) {
    const { name, path, policy } = values;
    const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy${path}${name}`;
    for (const [PolicyDocument, SetAsDefault] of [
      [everything, "false"],
      [String(policy), "true"],
      [nothing, "false"],
    ] as const) {
      await iam.call("CreatePolicyVersion", { PolicyArn, PolicyDocument, SetAsDefault });
    }
  }
}
