/**
 * The kinds of policies that an AccessDenied message can name.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export type PolicyKind =
  | "identity-based policy"
  | "permissions boundary"
  | "session policy"
  | "resource-based policy"
  | "service control policy"
  | "resource control policy"
  | "VPC endpoint policy"
  | "role trust policy"
  | "S3 Block Public Access";

/** A request that was denied, as far as a message tells it. All texts are those of the message. */
export interface DeniedRequest {
  readonly kind: "request";
  readonly action: string;
  /** ARN of the resource, or `*`. */
  readonly resource: string | undefined;
  /** ARN of whoever asked, or `anonymous`. */
  readonly principal: string | undefined;
  /** Whether the text says without an ARN that it is the role of Remotion's functions. */
  readonly isOfFunctions: boolean;
  /** Which policy decided; undefined where the message is of the old form, without a reason. */
  readonly policy: PolicyKind | undefined;
  /** Whether something denies it, and not only nothing allows it. */
  readonly explicit: boolean;
}

/** A refusal that names no request. */
export interface OtherDenial {
  readonly kind:
    | "access denied"
    | "cut off message"
    | "encoded message"
    | "bucket without ACLs"
    | "role not assumable by Lambda"
    | "role of another account"
    | "session too long"
    | "environment of a function"
    | "token without a provider"
    | "credentials";
  /** The code of the error, where there are several; of `access denied` the operation, where the text has it. */
  readonly code: string | undefined;
}

/** What a text says was refused. */
export type Denial = DeniedRequest | OtherDenial;
