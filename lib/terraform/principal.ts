/** A policy that a principal has. */
export interface PrincipalPolicy {
  readonly name: string;
  /** Terraform address of what holds the text, or "" for a document alone. */
  readonly address: string;
  /** The policy document, parsed. */
  readonly document: unknown;
}

/** The managed policy that limits what a principal can ever do. */
export interface Boundary {
  /** Its ARN; "" where the file does not tell which policy it is. */
  readonly arn: string;
  /** Its document; undefined where the file does not hold it. */
  readonly document: unknown | undefined;
}

/** A user, a role, or a policy that is attached to nobody in the file, with all that it is allowed. */
export interface Principal {
  readonly kind: "user" | "role" | "policy";
  /** Its name; ends in `*` where AWS makes up the rest, and is "" where the file does not tell. */
  readonly name: string;
  /**
   * Its ARN, with `*` for an account that is not known yet; undefined where even that cannot be put
   * together.
   */
  readonly arn: string | undefined;
  /** Terraform address, or "" for a document alone. */
  readonly address: string;
  /** The policies that it has itself and those of its groups. */
  readonly policies: readonly PrincipalPolicy[];
  readonly boundary: Boundary | undefined;
  /** Who may assume the role; undefined for others, and where the file does not tell. */
  readonly trust: unknown | undefined;
  /** Sentences that say what could not be read: where there are any, there may be more to it. */
  readonly notes: readonly string[];
}

/** The kinds of files that principals are read from. */
type Source = "plan" | "state" | "configuration" | "policy";

/** What a file says. */
export interface Reading {
  readonly source: Source;
  /** Users and roles in the order of the file, then policies that are attached to nobody in it. */
  readonly principals: readonly Principal[];
}
