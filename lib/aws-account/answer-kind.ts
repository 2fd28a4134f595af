import { isObject, type JsonObject, property } from "../json/json-value.js";

/** What an answer of the `aws` command line tells. */
export type AnswerKind =
  | "account"
  | "role"
  | "user"
  | "group"
  /** The managed policies of somebody. */
  | "attached policies"
  /** The names of somebody's inline policies. */
  | "inline names"
  /** The groups of a user. */
  | "groups"
  | "inline policy"
  | "managed policy"
  | "policy version"
  /** Nothing of what anybody may do. */
  | "nothing";

/** The key that an answer is known by → what it tells, and a command that answers so. */
const ANSWERS: Readonly<Record<string, readonly [kind: AnswerKind, command: string]>> = {
  UserDetailList: ["account", "get-account-authorization-details"],
  GroupDetailList: ["account", "get-account-authorization-details"],
  RoleDetailList: ["account", "get-account-authorization-details"],
  Role: ["role", "get-role"],
  User: ["user", "get-user"],
  Group: ["group", "get-group"],
  AttachedPolicies: ["attached policies", "list-attached-role-policies"],
  PolicyNames: ["inline names", "list-role-policies"],
  Groups: ["groups", "list-groups-for-user"],
  PolicyDocument: ["inline policy", "get-role-policy"],
  Policy: ["managed policy", "get-policy"],
  PolicyVersion: ["policy version", "get-policy-version"],
  Versions: ["nothing", "list-policy-versions"],
  Roles: ["nothing", "list-roles"],
  Users: ["nothing", "list-users"],
  Policies: ["nothing", "list-policies"],
  InstanceProfile: ["nothing", "get-instance-profile"],
  InstanceProfiles: ["nothing", "list-instance-profiles-for-role"],
  PolicyRoles: ["nothing", "list-entities-for-policy"],
  EvaluationResults: ["nothing", "simulate-principal-policy"],
};

/** What may stand beside it. */
const BESIDE: ReadonlySet<string> = new Set([
  ...Object.keys(ANSWERS),
  ...["PolicyName", "RoleName", "UserName", "GroupName", "PolicyUsers", "PolicyGroups"],
  ...["IsTruncated", "Marker", "NextToken", "ResponseMetadata"],
]);

/** An answer of the `aws` command line. */
export interface Answer {
  readonly kind: AnswerKind;
  /** A command that answers so: `get-role`. */
  readonly command: string;
  /** Whether there is more of it, on another page. */
  readonly isCut: boolean;
  readonly content: JsonObject;
}

/** What a file is as an answer of the `aws` command line; undefined where it is none. */
export function answerOf(content: JsonObject): Answer | undefined {
  const key = Object.keys(ANSWERS).find((name) => Object.hasOwn(content, name));
  const [kind, command] = (key === undefined ? undefined : ANSWERS[key]) ?? [];
  return key !== undefined &&
    kind !== undefined &&
    command !== undefined &&
    isAnswered(key, kind, property(content, key)) &&
    Object.keys(content).every((name) => BESIDE.has(name))
    ? { kind, command, isCut: isCut(content), content }
    : undefined;
}

/** Other files have such keys, too. */
function isAnswered(key: string, kind: AnswerKind, value: unknown): boolean {
  switch (kind) {
    case "account":
      return true;
    case "inline policy":
      return isObject(value) || typeof value === "string";
    case "policy version":
      return isObject(value) && Object.hasOwn(value, "Document");
    default:
      return (
        Array.isArray(value) ||
        (isObject(value) && ["Arn", `${key}Name`].some((name) => Object.hasOwn(value, name)))
      );
  }
}

/** `IsTruncated` and `Marker` are the API's, `NextToken` is of the command line with `--max-items`. */
function isCut(content: JsonObject): boolean {
  return (
    (property(content, "IsTruncated") ?? false) !== false ||
    ["Marker", "NextToken"].some((key) => (property(content, key) ?? null) !== null)
  );
}
