import { isObject, type JsonObject, property, textIn } from "../json/json-value.js";
import type { RepeatedKeys } from "../json/repeated-key.js";
import type { HolderKind } from "./account.js";
import { documentText } from "./document-text.js";

/** A policy in an answer of the `aws` command line. */
export interface AnsweredPolicy {
  readonly name: string;
  /** The text, or what is there in its place. */
  readonly document: unknown;
  /** Whose inline policy it is. */
  readonly holder?: { readonly kind: HolderKind; readonly name: string };
  /** Which version it is, where another one is in force. */
  readonly oldVersion?: string;
}

/** Who an inline policy of an answer belongs to, by the key of its name. */
const HOLDERS = { RoleName: "role", UserName: "user", GroupName: "group" } as const;

/**
 * The policy in an answer of `aws iam get-role-policy`, `get-user-policy`, `get-group-policy` or
 * `get-policy-version`, or of `aws sso-admin get-inline-policy-for-permission-set`; undefined where the
 * file is none of these.
 *
 * @param repeated objects of the answer in which a key stood twice
 * @see https://docs.aws.amazon.com/cli/latest/reference/iam/get-role-policy.html
 */
export function policyInAnswer(
  content: JsonObject,
  repeated: RepeatedKeys,
): AnsweredPolicy | undefined {
  const version = property(content, "PolicyVersion");
  if (isObject(version) && Object.hasOwn(version, "Document")) {
    const policy = { name: "policy", document: documentText(version["Document"], repeated) };
    return version["IsDefaultVersion"] === false
      ? { ...policy, oldVersion: textIn(version, "VersionId") ?? "" }
      : policy;
  }
  const inline = property(content, "PolicyDocument");
  if (isObject(inline) || typeof inline === "string") {
    const name = textIn(content, "PolicyName") ?? "policy";
    const holder = holderIn(content);
    const policy = { name, document: documentText(inline, repeated) };
    return holder === undefined ? policy : { ...policy, holder };
  }
  const ofSet = textIn(content, "InlinePolicy");
  return ofSet === undefined || ofSet === ""
    ? undefined
    : { name: "inline policy", document: documentText(ofSet, repeated) };
}

/** Whom an inline policy is in. */
export function holderIn(content: JsonObject): AnsweredPolicy["holder"] {
  const key = (Object.keys(HOLDERS) as (keyof typeof HOLDERS)[]).find(
    (holder) => textIn(content, holder) !== undefined,
  );
  return key === undefined ? undefined : { kind: HOLDERS[key], name: textIn(content, key) ?? "" };
}
