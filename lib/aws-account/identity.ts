import { isObject, property, textIn } from "../json/json-value.js";
import { shown } from "../json/shown.js";
import { notAnswered } from "./errors.js";

/** What has an ARN in IAM and matters here. */
export type EntityKind = "user" | "group" | "role" | "policy";

/** What a user, group, role or managed policy is called. */
export interface Identity {
  readonly arn: string;
  /** Number of the account; `aws` for AWS's own policies. */
  readonly account: string;
  /** With a slash at both ends. */
  readonly path: string;
  readonly name: string;
}

/** The key of the name, by kind. */
const NAMES: Readonly<Record<EntityKind, string>> = {
  user: "UserName",
  group: "GroupName",
  role: "RoleName",
  policy: "PolicyName",
};

/**
 * What IAM lets a name have: neither a star, which would stand for what is not told, nor anything that a
 * terminal would obey.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const NAME = /^[\w+=,.@-]{1,128}$/;

const ARN =
  /^arn:aws[a-z-]{0,20}:iam::(\d{12}|aws):(user|group|role|policy)(\/(?:[!-~]{1,511}\/)?)([\w+=,.@-]{1,128})$/;

/** Whether a text can be a name in IAM. */
export function isName(value: unknown): value is string {
  return typeof value === "string" && NAME.test(value);
}

/** What an ARN says; undefined where it is none of that kind. */
export function identityOfArn(arn: unknown, kind: EntityKind): Identity | undefined {
  if (typeof arn !== "string") {
    return undefined;
  }
  const [, account = "", found, path = "", name = ""] = ARN.exec(arn) ?? [];
  // Nothing but a policy is AWS's own.
  return found === kind && (account !== "aws" || kind === "policy")
    ? { arn, account, path, name }
    : undefined;
}

/**
 * What an entry of an answer is about.
 *
 * @param where its place: `RoleDetailList[3]`
 * @throws {UnreadableFile} when it does not say so, or not as IAM would
 */
export function identityOf(entry: unknown, kind: EntityKind, where: string): Identity {
  if (!isObject(entry)) {
    throw notAnswered(where, "is no object");
  }
  const arn = property(entry, "Arn");
  const identity = identityOfArn(arn, kind);
  if (identity === undefined) {
    const found = typeof arn === "string" ? `the Arn ${shown(arn)}` : "no Arn";
    throw notAnswered(where, `has ${found}, where that of a ${kind} is`);
  }
  for (const [key, told] of [
    [NAMES[kind], identity.name],
    ["Path", identity.path],
  ] as const) {
    const value = property(entry, key);
    if (value !== undefined && value !== told) {
      const found = typeof value === "string" ? shown(value) : "no text";
      throw notAnswered(where, `has ${found} as its ${key}, and ${shown(told)} in its Arn`);
    }
  }
  // A part of a text keeps all of it in memory: the name by itself is shorter.
  return { ...identity, name: textIn(entry, NAMES[kind]) ?? identity.name };
}
