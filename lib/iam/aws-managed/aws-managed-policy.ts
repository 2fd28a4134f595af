import { type AwsManagedData, type AwsManagedSource, awsManagedData } from "./aws-managed-data.js";

/** A managed policy of AWS's, as the source of our data has it. */
export interface AwsManagedPolicy {
  /** Without its path: `AWSLambdaBasicExecutionRole`. */
  readonly name: string;
  /** The policy document. */
  readonly document: unknown;
  /** Its default version: `v5`. AWS changes these policies under their names. */
  readonly version: string;
  /** The day on which AWS made that version, as YYYY-MM-DD. */
  readonly date: string;
}

/**
 * What the ARNs of AWS's managed policies begin with. In other partitions the policies have other texts under
 * the same names, and their texts are not known.
 */
const PREFIX = "arn:aws:iam::aws:policy/";

/**
 * The text of a managed policy of AWS's, where it is one of those that Remotion's principals are given:
 * Lambda's, S3's, CloudWatch Logs', Service Quotas' and IAM's, and Administrator-, PowerUser- and
 * ReadOnlyAccess.
 *
 * @param arn with the policy's path, `arn:aws:iam::aws:policy/service-role/AWSLambdaRole`; upper and lower
 *   case matter
 * @returns undefined where the text is not known
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
 */
export function awsManagedPolicy(arn: string): AwsManagedPolicy | undefined {
  const key = keyOf(arn);
  return key === undefined ? undefined : index().policies.get(key);
}

/**
 * Whether a managed policy of AWS's may hold a Deny statement, its text known or not. It may unless our source
 * has its text and there is none.
 *
 * @param arn as for `awsManagedPolicy`
 */
export function awsManagedPolicyMayDeny(arn: string): boolean {
  const key = keyOf(arn);
  return key === undefined || !index().allowOnly.has(key);
}

/** Where the texts are from, and up to which day. */
export function awsManagedSource(): AwsManagedSource {
  return awsManagedData().source;
}

/** What follows the part that all of the ARNs have in common; undefined for any other ARN. */
function keyOf(arn: string): string | undefined {
  return arn.startsWith(PREFIX) ? arn.slice(PREFIX.length) : undefined;
}

/** The data, by key. */
interface Index {
  readonly policies: ReadonlyMap<string, AwsManagedPolicy>;
  readonly allowOnly: ReadonlySet<string>;
}

let made: Index | undefined;

/** The data, read when it is first asked for. */
function index(): Index {
  made ??= indexOf(awsManagedData());
  return made;
}

function indexOf({ policies, allowOnly }: AwsManagedData): Index {
  const known = Object.entries(policies).map(([key, { version, date, document }]) => {
    const name = key.slice(key.lastIndexOf("/") + 1);
    return [key, { name, document, version, date }] as const;
  });
  const harmless = known.filter(([, { document }]) => !hasDeny(document)).map(([key]) => key);
  return { policies: new Map(known), allowOnly: new Set([...allowOnly, ...harmless]) };
}

/** Whether a policy has a statement that denies. */
export function hasDeny(document: unknown): boolean {
  const statements: unknown = Object(document).Statement;
  return [statements].flat().some((statement) => Object(statement).Effect !== "Allow");
}
