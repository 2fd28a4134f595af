import { policySize, QUOTAS } from "../iam/quotas.js";
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

/** A statement that is added takes about as much. */
const ROOM_FOR_A_STATEMENT = 200;

/**
 * What would allow a request that is missing: an input of the modules. Where only a sample was checked, the
 * option that says what is really used: no policy is to be widened for a sample.
 *
 * @param given the options that were given, or read from the policies
 */
export function inputFor(
  { action, template }: NeededRequest,
  { because = "", elsewhere = false }: RequestAnswer,
  part: Part,
  known: Known,
  given: ReadonlySet<string>,
): string {
  if (because.endsWith("denies it")) {
    return "none: the Deny has to go, or to leave this out";
  }
  if (because.startsWith("the permissions boundary")) {
    return "permissions_boundary_arn: the boundary has to allow it, too";
  }
  if (action === "iam:PassRole") {
    return "lambda_role_name, lambda_role_path";
  }
  if (template.startsWith("arn:") && !template.includes("{")) {
    return "output_buckets";
  }
  const room = longerPolicy(known);
  const profile = `profile = "${part.profile}"`;
  if (!elsewhere) {
    return room ?? profile;
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

/** What to do where the inline policies of a user have no room for more. */
export function longerPolicy({ principal, policies }: Known): string | undefined {
  if (principal.kind !== "user") {
    return undefined;
  }
  const inline = principal.policies.filter(({ address }) => /aws_iam_user_policy\./.test(address));
  const size = inline.reduce((sum, { document }) => sum + sizeOf(document), 0);
  const full = size + ROOM_FOR_A_STATEMENT > QUOTAS.inlinePoliciesOfUser;
  return full && policies.documents.length > 0
    ? `policy_type = "managed", for its inline policies have ${size} of ${QUOTAS.inlinePoliciesOfUser} characters`
    : undefined;
}

function sizeOf(document: unknown): number {
  return typeof document === "object" && document !== null ? policySize(document) : 0;
}
