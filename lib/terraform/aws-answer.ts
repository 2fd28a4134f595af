import { awsAnswerOfAccount, awsAnswerWithoutPolicy } from "./errors.js";
import { isObject, type JsonObject, objectIn, property, textIn } from "./json-value.js";
import type { PrincipalPolicy } from "./principal.js";

/** A policy in an answer of the `aws` command line. */
export interface AnsweredPolicy {
  readonly name: string;
  /** The text, or the document that it holds. */
  readonly document: unknown;
  /** Whose inline policy it is. */
  readonly holder?: { readonly kind: "user" | "role" | "group"; readonly name: string };
  /** Which version it is, where another one is in force. */
  readonly oldVersion?: string;
}

/** Who an inline policy of an answer belongs to, by the key of its name. */
const HOLDERS = { RoleName: "role", UserName: "user", GroupName: "group" } as const;

/** The command that answers with all of an account. */
const WHOLE_ACCOUNT = "get-account-authorization-details";

/** Keys of answers that hold no text of a policy → the commands that answer so. */
const WITHOUT_POLICY: Readonly<Record<string, string>> = {
  RoleDetailList: WHOLE_ACCOUNT,
  UserDetailList: WHOLE_ACCOUNT,
  Role: "get-role",
  User: "get-user",
  Group: "get-group",
  Policy: "get-policy",
  PolicyNames: "list-role-policies",
  AttachedPolicies: "list-attached-role-policies",
  Versions: "list-policy-versions",
  Roles: "list-roles",
  Users: "list-users",
  Policies: "list-policies",
  EvaluationResults: "simulate-principal-policy",
};

/** What may stand in such an answer. */
const IN_ANSWERS: ReadonlySet<string> = new Set([
  ...Object.keys(WITHOUT_POLICY),
  "GroupDetailList",
  "IsTruncated",
  "Marker",
  "NextToken",
]);

/**
 * The policy in an answer of `aws iam get-role-policy`, `get-user-policy`, `get-group-policy` or
 * `get-policy-version`, or of `aws sso-admin get-inline-policy-for-permission-set`; undefined where the
 * file is no answer.
 *
 * @throws {UnreadableFile} when it is one without a policy
 * @see https://docs.aws.amazon.com/cli/latest/reference/iam/get-role-policy.html
 */
export function policyInAnswer(content: JsonObject): AnsweredPolicy | undefined {
  const version = property(content, "PolicyVersion");
  if (isObject(version) && Object.hasOwn(version, "Document")) {
    const policy = { name: "policy", document: documentIn(version["Document"]) };
    return version["IsDefaultVersion"] === false
      ? { ...policy, oldVersion: textIn(version, "VersionId") ?? "" }
      : policy;
  }
  const inline = property(content, "PolicyDocument");
  if (isObject(inline) || typeof inline === "string") {
    const name = textIn(content, "PolicyName") ?? "policy";
    const key = (Object.keys(HOLDERS) as (keyof typeof HOLDERS)[]).find(
      (holder) => textIn(content, holder) !== undefined,
    );
    const policy = { name, document: documentIn(inline) };
    return key === undefined
      ? policy
      : { ...policy, holder: { kind: HOLDERS[key], name: textIn(content, key) ?? "" } };
  }
  const ofSet = textIn(content, "InlinePolicy");
  if (ofSet !== undefined && ofSet !== "") {
    return { name: "inline policy", document: documentIn(ofSet) };
  }
  const key = Object.keys(WITHOUT_POLICY).find((name) => isAnswer(content, name));
  if (key !== undefined) {
    const command = WITHOUT_POLICY[key] ?? "";
    throw command === WHOLE_ACCOUNT ? awsAnswerOfAccount(command) : awsAnswerWithoutPolicy(command);
  }
  return undefined;
}

/** Other files have such keys, too: an answer has nothing else but where the next page begins. */
function isAnswer(content: JsonObject, key: string): boolean {
  const value = property(content, key);
  const named = isObject(value) ? Object.keys(objectIn(content, key)) : [];
  const isOne = Array.isArray(value) || named.includes("Arn") || named.includes(`${key}Name`);
  return isOne && Object.keys(content).every((name) => IN_ANSWERS.has(name));
}

/** AWS answers with a text in URL encoding, which its command line, and nothing else, takes away. */
function documentIn(document: unknown): PrincipalPolicy["document"] {
  if (typeof document !== "string" || !/^\s*%7[bB]/.test(document)) {
    return document;
  }
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
}
