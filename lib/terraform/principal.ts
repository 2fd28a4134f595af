import type { OutsideFacts } from "./outside-facts.js";

/** A policy that a principal has. */
export interface PrincipalPolicy {
  readonly name: string;
  /** Terraform address of what holds the text, or "" for a document alone. */
  readonly address: string;
  /**
   * The policy document, parsed. An `UnknownPart` stands in it, or for all of it, where the file does
   * not tell. Where the file's text is no JSON object, or has a key twice, it is the text itself: IAM
   * refuses it, and so does `compilePolicy`.
   */
  readonly document: unknown;
  /**
   * What it is where it is in the file: a policy in the user or the role itself, or a managed one.
   *
   * @default an inline policy of a group or a permission set, one that is not in the file, or a document alone
   */
  readonly is?: "inline" | "managed";
}

/** Policies that a principal has, or may have, and whose text is not in the file. */
export interface UnreadPolicy {
  /** Its name, or that of the group that has it; "" where the file does not tell, or there are several. */
  readonly name: string;
  /** Its ARN; undefined where the file does not tell, and for an inline policy. */
  readonly arn: string | undefined;
  /** Terraform address of what attaches it. */
  readonly address: string;
  /** Why it is not read, as the rest of a sentence: "it is not in the file". */
  readonly cause: string;
  /** What to give so that it is read: `--policy ARN=FILE`, or another file. */
  readonly give: string;
  /** Whether it is open that the principal has it at all. */
  readonly maybe: boolean;
  /** Whether a Deny may be in it. */
  readonly mayDeny: boolean;
}

/** The managed policy that limits what a principal can ever do. */
export interface Boundary {
  /** Its ARN; "" where the file does not tell which policy it is. */
  readonly arn: string;
  /** Its document, as that of any policy; undefined where the file does not hold it. */
  readonly document: unknown | undefined;
  /** Why there is no document, and what to give. @default there is one */
  readonly unread?: Pick<UnreadPolicy, "cause" | "give">;
}

/**
 * A user, a role, a permission set of IAM Identity Center, or a policy that is attached to nobody in
 * the file, with all that it is allowed.
 */
export interface Principal {
  readonly kind: "user" | "role" | "policy" | "permission set";
  /**
   * Its name, with `*` for each part that is not told, as the end that AWS makes up; "" where the file
   * tells nothing of it.
   */
  readonly name: string;
  /**
   * Its ARN, with `*` for an account that is not known yet; undefined where even that cannot be put
   * together, and for a permission set, whose role has a name that AWS makes up.
   */
  readonly arn: string | undefined;
  /** Terraform address, or "" for a document alone. */
  readonly address: string;
  /** The policies that it has itself and those of its groups. */
  readonly policies: readonly PrincipalPolicy[];
  /** Policies that it has until the apply, which takes them: they tell what it is there for. @default none */
  readonly lost?: readonly PrincipalPolicy[];
  /** Policies that it has besides, or may have. */
  readonly unread: readonly UnreadPolicy[];
  readonly boundary: Boundary | undefined;
  /** Who may assume the role: a document as that of any policy; undefined where there is none. */
  readonly trust: unknown | undefined;
  /**
   * `source` of each module call that it lies in, the outermost first, as the plan has it; empty in
   * the root module, and where the file does not say.
   */
  readonly moduleSources: readonly string[];
  /** Addresses of what is in the file and runs as the role: functions, instances, tasks, and others. */
  readonly runs: readonly string[];
  /** Sentences that are good to know, and change nothing of what it is allowed. */
  readonly notes: readonly string[];
}

/** The kinds of files that principals are read from. */
export type Source = "plan" | "state" | "configuration" | "template" | "account" | "policy";

/** What a file says. */
export interface Reading {
  readonly source: Source;
  /**
   * Users, roles and permission sets in the order of the file, then policies that are attached to
   * nobody in it.
   */
  readonly principals: readonly Principal[];
  /** Names of those who are bystanders, and not held. @default all are principals */
  readonly bystanders?: readonly string[];
  /** Names of those of them of whose policies something is not told. @default all is */
  readonly unclear?: readonly string[];
  /** Why others may be there who are not in the file, as a sentence. @default nothing says so */
  readonly incomplete?: string;
  /** What decides beside the policies of principals, as far as the file has it. @default it has nothing of it */
  readonly outside?: OutsideFacts;
}
