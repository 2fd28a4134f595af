/** The account of all roots, where they say one. */
export const ACCOUNT = "123456789012";

/** What stands in a document for the ARN of a bucket that gets its name at the apply. */
export const NEW_BUCKET = "NEW-BUCKET-ARN";

/** The text of a policy as the generator means it: written by it, or by a module at an address of the plan. */
export type IntendedPolicy =
  | { readonly document: PolicyText }
  /** Address of a resource whose argument `policy` is the text. */
  | { readonly at: string };

/** A policy document. */
export interface PolicyText {
  readonly Version: string;
  readonly Statement: readonly StatementText[];
}

/** A statement of one. */
export interface StatementText {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Somebody of a root, and which policies it has once the root is applied. */
export interface IntendedPrincipal {
  /** Address in the root. */
  readonly address: string;
  readonly kind: "user" | "role" | "policy";
  readonly name: string;
  readonly path: string;
  readonly policies: readonly IntendedPolicy[];
  readonly boundary?: IntendedPolicy;
  /** Whether it has further policies whose text the root does not hold. */
  readonly hasUnread: boolean;
}

/** A Terraform root that is a module call, with what its generator knows of it. */
export interface GeneratedRoot {
  /** Name of the module call. */
  readonly name: string;
  /** Text of its `main.tf.json`, without providers. */
  readonly content: object;
  /** Options of `verify` for it. */
  readonly options: readonly string[];
  readonly principals: readonly IntendedPrincipal[];
  /** Whether everything is in the plan: no policy from elsewhere, no text that is known after the apply. */
  readonly isKnown: boolean;
}
