import { QUOTAS } from "../iam/quotas.js";
import { documentSize } from "./document-size.js";
import { candidatesIn } from "./narrowing.js";
import type { NeededRequest } from "./needed-request.js";
import type { Part } from "./part.js";
import type { RequestAnswer } from "./request-answer.js";
import type { Known } from "./who-is-who.js";

/** The place in an ARN, the modules' input for it, and the option of `verify` for the same. */
const PLACES = [
  { place: "{bucket}", input: "bucket_names", option: "--bucket" },
  { place: "{function}", input: "function_names", option: "--function" },
  { place: "{functionLogs}", input: "function_names", option: "--function" },
  { place: "{region}", input: "regions", option: "--region" },
  { place: "{account}", input: "account_id", option: "--account" },
] as const;

/** The account that policies are narrowed to, where another one is checked. */
export interface OtherAccount {
  readonly account: string;
  /** Whether a condition limits buckets to it, whose ARNs name none. */
  readonly ofBuckets: boolean;
}

/** Which account the policies are narrowed to, where it is not the one that is checked. */
export function otherAccount(
  { policies: { documents } }: Known,
  checked: string,
): OtherAccount | undefined {
  const { account: named } = candidatesIn(documents);
  const [account] = named;
  return account === undefined || named.includes(checked)
    ? undefined
    : { account, ofBuckets: /:resourceaccount"/i.test(JSON.stringify(documents)) };
}

/** A statement that is added takes about as much. */
const ROOM_FOR_A_STATEMENT = 200;

/**
 * What would allow a request that is missing: an input of the modules. Where only a sample was checked, the
 * option that says what is really used: no policy is to be widened for a sample.
 *
 * @param given the options that were given, or read from the policies
 * @param other the account that the policies are narrowed to, where it is not the one that is checked
 */
export function inputFor(
  { action, template }: NeededRequest,
  { because = "", elsewhere = false, hint }: RequestAnswer,
  part: Part,
  known: Known,
  given: ReadonlySet<string>,
  other?: OtherAccount,
): string {
  if (hint !== undefined) {
    return hint;
  }
  if (because.endsWith("denies it")) {
    return "none: the Deny has to go, or to leave this out";
  }
  if (because.startsWith("the permissions boundary")) {
    return "permissions_boundary_arn: the boundary has to allow it, too";
  }
  if (action === "iam:PassRole") {
    return "lambda_role_name, lambda_role_path";
  }
  const room = longerPolicy(known);
  if (template.startsWith("arn:") && !template.includes("{")) {
    return room ?? "output_buckets";
  }
  const profile = room ?? `profile = "${part.profile}"`;
  if (!elsewhere) {
    return profile;
  }
  if (
    other &&
    (template.includes("{account}") || (other.ofBuckets && template.includes("{bucket}")))
  ) {
    return room ?? `account_id: the policy is for the account ${other.account}`;
  }
  const places = PLACES.filter(({ place }) => template.includes(place));
  const sampled = places.filter(({ option }) => !given.has(option));
  if (sampled.length > 0) {
    const options = [...new Set(sampled.map(({ option }) => option))];
    return `${profile}; or the policy is narrowed: say to what with ${options.join(", ")}`;
  }
  const inputs = [...new Set(places.map(({ input }) => input))];
  return room ?? [...inputs, profile].join(", ");
}

/**
 * What to do where the policies of a principal have no room for more: undefined where one has, and where the
 * file does not say how they are made.
 */
export function longerPolicy({ principal }: Known): string | undefined {
  const sizesOf = (type: RegExp) =>
    principal.policies
      .filter(({ address }) => type.test(address))
      .map(({ document }) => documentSize(document));
  const inline = sizesOf(/\baws_iam_(?:user|role)_policy\./);
  const managed = sizesOf(/\baws_iam_policy\./);
  const { kind } = principal;
  if ((kind !== "user" && kind !== "role") || inline.length + managed.length === 0) {
    return undefined;
  }
  // All inline policies share their quota; each managed policy has one of its own.
  const most = kind === "user" ? QUOTAS.inlinePoliciesOfUser : QUOTAS.inlinePoliciesOfRole;
  const total = inline.reduce((sum, size) => sum + size, 0);
  if (managed.length === 0) {
    // A managed policy of a role would hold less than its inline ones.
    const way = kind === "user" ? 'policy_type = "managed"' : "a managed policy beside them";
    return isFull(total, most)
      ? `${way}, for its inline policies have ${total} of ${most} characters`
      : undefined;
  }
  const smallest = Math.min(...managed);
  return isFull(smallest, QUOTAS.managedPolicy) && (inline.length === 0 || isFull(total, most))
    ? `a further managed policy, for ${managed.length === 1 ? "the one that it has" : "the smallest that it has"} is of ${smallest} of ${QUOTAS.managedPolicy} characters`
    : undefined;
}

function isFull(size: number, most: number): boolean {
  return size + ROOM_FOR_A_STATEMENT > most;
}
