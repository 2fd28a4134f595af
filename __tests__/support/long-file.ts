import { closeSync, openSync, writeSync } from "node:fs";
import { userPolicy } from "../../lib/remotion/policies.js";

/** Files that can be larger than memory: of an account, of little that is of IAM, and of roles alone. */
export const LONG_FILES = ["account", "plan", "state", "plan of roles", "state of roles"] as const;

export type LongFile = (typeof LONG_FILES)[number];

/** How many in a file have to do with Remotion: all others are bystanders, or nothing of IAM. */
const OF_REMOTION = 1000;

/** How many policies bystanders have in all. */
const POLICIES = 50;

/** How often its number stands in what a resource holds that is nothing of IAM. */
const CONTENT = 50;

const CALLER = trust({ AWS: "arn:aws:iam::123456789012:root" });
const INSTANCE = trust({ Service: "ec2.amazonaws.com" });
const OWN = userPolicy();
const ATTACHED = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

function trust(Principal: object): object {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
  };
}

/** A policy of somebody who has nothing to do with Remotion. */
function policyOfOthers(number: number): object {
  const name = `t${number % POLICIES}`;
  return {
    Version: "2012-10-17",
    Statement: Array.from({ length: 6 }, (_, index) => ({
      Sid: `Table${index}`,
      Effect: "Allow",
      Action: ["dynamodb:GetItem", "dynamodb:Query", "sqs:SendMessage"],
      Resource: [`arn:aws:dynamodb:*:*:table/${name}-${index}`, `arn:aws:sqs:*:*:${name}-${index}`],
    })),
  };
}

function roleOfAccount(number: number, isOfRemotion: boolean): string {
  const RoleName = `role-${number}`;
  return JSON.stringify({
    Path: "/",
    RoleName,
    RoleId: `AROA${String(number).padStart(17, "0")}`,
    Arn: `arn:aws:iam::123456789012:role/${RoleName}`,
    CreateDate: "2026-01-01T00:00:00+00:00",
    AssumeRolePolicyDocument: isOfRemotion ? CALLER : INSTANCE,
    InstanceProfileList: [],
    RolePolicyList: [
      { PolicyName: "own", PolicyDocument: isOfRemotion ? OWN : policyOfOthers(number) },
    ],
    AttachedManagedPolicies: [],
    Tags: [],
    RoleLastUsed: {},
  });
}

interface Resource {
  readonly type: string;
  readonly values: object;
}

/** A role with its policy, and what attaches another one to it. */
function roleOfTerraform(number: number, isOfRemotion: boolean): readonly Resource[] {
  const policy = JSON.stringify(isOfRemotion ? OWN : policyOfOthers(number));
  const name = `role-${number}`;
  return [
    {
      type: "aws_iam_role",
      values: {
        arn: `arn:aws:iam::123456789012:role/${name}`,
        name,
        path: "/",
        assume_role_policy: JSON.stringify(isOfRemotion ? CALLER : INSTANCE),
        inline_policy: [{ name: "own", policy }],
        managed_policy_arns: [ATTACHED],
        permissions_boundary: "",
      },
    },
    {
      type: "aws_iam_role_policy_attachment",
      values: { id: `${name}-${number}`, role: name, policy_arn: ATTACHED },
    },
  ];
}

/** Resources of Terraform: those of a role, or one that is nothing of IAM. */
function resource(number: number, isOfRemotion: boolean, content: number): readonly Resource[] {
  return isOfRemotion
    ? roleOfTerraform(number, isOfRemotion)
    : [
        {
          type: "aws_s3_object",
          values: { bucket: "of-others", key: `k${number}`, content: `${number}`.repeat(content) },
        },
      ];
}

interface Form {
  /** What is written before the items of each list, and after all of them. */
  readonly parts: readonly string[];
  readonly item: (number: number, isOfRemotion: boolean, list: number, content: number) => string;
}

/** @param make makes some of its resources */
function planOf(make: typeof resource | typeof roleOfTerraform): Form {
  return {
    parts: [
      '{"format_version":"1.2","planned_values":{"root_module":{"resources":[',
      ']}},"resource_changes":[',
      '],"prior_state":{"format_version":"1.0","values":{"root_module":{"resources":[',
      ']}}},"configuration":{"root_module":{}}}\n',
    ],
    item: (number, isOfRemotion, list, content) =>
      make(number, isOfRemotion, content)
        .map(({ type, values }) => {
          const address = `${type}.this["${number}"]`;
          const common = { address, mode: "managed", type, name: "this", index: `${number}` };
          return JSON.stringify(
            list === 1
              ? { ...common, change: { actions: ["no-op"], before: values, after: values } }
              : { ...common, values },
          );
        })
        .join(),
  };
}

/** Likewise. */
function stateOf(make: typeof resource | typeof roleOfTerraform): Form {
  return {
    parts: [
      '{"version":4,"terraform_version":"1.15.0","serial":1,"lineage":"a","resources":[',
      "]}\n",
    ],
    item: (number, isOfRemotion, _list, content) =>
      make(number, isOfRemotion, content)
        .map(({ type, values }) =>
          JSON.stringify({
            mode: "managed",
            type,
            name: `this${number}`,
            instances: [{ schema_version: 0, attributes: values }],
          }),
        )
        .join(),
  };
}

const FORMS: Readonly<Record<LongFile, Form>> = {
  account: {
    parts: ['{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[', '],"Policies":[]}\n'],
    item: roleOfAccount,
  },
  plan: planOf(resource),
  state: stateOf(resource),
  "plan of roles": planOf(roleOfTerraform),
  "state of roles": stateOf(roleOfTerraform),
};

/**
 * Writes a file piece by piece.
 *
 * @param bytes how long it is at least
 * @param content how often its number stands in each resource of a plan or a state: with less there are more of them
 */
export function writeLongFile(
  path: string,
  kind: LongFile,
  bytes: number,
  content = CONTENT,
): void {
  const { parts, item } = FORMS[kind];
  const lists = parts.length - 1;
  const descriptor = openSync(path, "w");
  let count = Number.POSITIVE_INFINITY;
  for (let list = 0; list < lists; list += 1) {
    let piece = parts[list] ?? "";
    let written = 0;
    let number = 0;
    for (; number < count && (count !== Number.POSITIVE_INFINITY || written < bytes / lists); ) {
      const isOfRemotion = number % 20 === 0 && number < 20 * OF_REMOTION;
      piece += `${number === 0 ? "" : ","}${item(number, isOfRemotion, list, content)}`;
      number += 1;
      if (piece.length > 1_000_000) {
        written += writeSync(descriptor, piece);
        piece = "";
      }
    }
    writeSync(descriptor, piece);
    count = number;
  }
  writeSync(descriptor, parts.at(-1) ?? "");
  closeSync(descriptor);
}
