import { shownAddress } from "../json/shown.js";
import type { Source } from "./adoption.js";

/** Nothing can be adopted as asked. The message says what to do. */
export class AdoptionError extends Error {
  override readonly name = "AdoptionError";
}

/** An option is about something that the module does not hold, or all that it holds. */
export function optionNotForModule(option: string, module: string): AdoptionError {
  return new AdoptionError(
    `--${option} does not apply to the module ${module}: leave it out, or name another --module.`,
  );
}

/** An attached role is not written as a key and a name. */
export function notKeyAndName(given: string): AdoptionError {
  return new AdoptionError(
    `--attached-role is ${JSON.stringify(given)}: give a key of your choice and the role's name, as in api=video-api.`,
  );
}

/** Two attached roles share a key or a name. */
export function attachedTwice(what: "key" | "role", value: string): AdoptionError {
  return new AdoptionError(
    `--attached-role gives the ${what} ${JSON.stringify(value)} twice: a policy is attached to a role once, and each attachment has a key of its own.`,
  );
}

/** Neither what was made by hand nor what Terraform has is named. */
export function neitherAccountNorState(): AdoptionError {
  return new AdoptionError(
    "Give --account-details with the answer of `aws iam get-account-authorization-details` for what the account has, --account with the account's number for what was made by hand, --state with a file for what Terraform has at other addresses, or the last two; or --from-error with what an apply has written that ended with EntityAlreadyExists.",
  );
}

/** What the account has is told in two ways. */
export function accountDetailsAlone(option: string): AdoptionError {
  return new AdoptionError(
    `--account-details says all that --${option} would: give one of the two. What Terraform has in its state already is moved with --state, and not imported.`,
  );
}

/** What errors say exists is told in another way besides. */
export function errorsAlone(option: string): AdoptionError {
  return new AdoptionError(
    `--from-error takes what Terraform's errors name, and --${option} what they cannot know: give one of the two. Beside --from-error go --account with the account's number, --path, --partition and --address.`,
  );
}

/** No error says that something exists. */
export function nothingExists(errors: number, notes: readonly string[]): AdoptionError {
  const found =
    errors === 0
      ? "no error of Terraform's"
      : `${errors} ${errors === 1 ? "error" : "errors"} of Terraform's`;
  return new AdoptionError(
    [
      `There is nothing to import: the text has ${found}, and none that says of a user, a role, a policy or an instance profile that it exists already (EntityAlreadyExists). Give all that \`terraform apply\` wrote, with \`2>&1\`, or with -json.`,
      ...notes,
    ].join("\n- "),
  );
}

/** A policy's ARN, which is its import id, has the account's number, and no error has. */
export function accountOfPolicies(names: readonly string[]): AdoptionError {
  return new AdoptionError(
    `${names.length === 1 ? "The policy" : "The policies"} ${listed(names)} ${names.length === 1 ? "is" : "are"} imported by ARN, which no error tells: give --account with the account's number, and --path where the policies are in another IAM path than "/".`,
  );
}

/** Errors of several runs say different things of one address. */
export function twoForOne(address: string, ids: readonly string[]): AdoptionError {
  return new AdoptionError(
    `${shownAddress(address)} is said to be ${ids.map(shownAddress).join(" and ")}: give the text of the last apply alone.`,
  );
}

/** Two resources of the configuration have one name. */
export function oneForTwo(id: string, addresses: readonly string[]): AdoptionError {
  return new AdoptionError(
    `${shownAddress(id)} is wanted at ${listed(addresses)}, and is one thing: give one of these another name, or both modules a name_prefix of their own.`,
  );
}

/** A state or an account holds nothing that the module would hold. */
export function nothingToAdopt(
  source: Source,
  wanted: readonly string[],
  has: readonly string[],
): AdoptionError {
  return new AdoptionError(
    `The ${source} has none of ${wanted.join(", ")}. It has ${has.length === 0 ? "no users, roles and managed policies" : listed(has)}: give their names with --user-name, --role-name or --policy-name, or the ${source} that they are in.`,
  );
}

/** Two resources of the state are one and the same in AWS, or are in two accounts. */
export function heldTwice(
  source: Source,
  what: string,
  addresses: readonly string[],
): AdoptionError {
  const wayOut =
    source === "state"
      ? "give --account if they are in different accounts; if not, have Terraform forget all but one with `terraform state rm`."
      : "no account of AWS has, so ask it again.";
  return new AdoptionError(
    `The ${source} has ${what} more than once, at ${listed(addresses)}: ${wayOut}`,
  );
}

/** What exists is in other IAM paths than one, which the module has for all. */
export function mixedPaths(
  source: Source,
  module: string,
  path: string | undefined,
  paths: ReadonlyMap<string, string>,
): AdoptionError {
  const found = [...paths].map(([address, each]) => `${shownAddress(address)} in ${shown(each)}`);
  const asked = path === undefined ? "" : `, here ${shown(path)} by --path`;
  return new AdoptionError(
    `The module ${module} has one IAM path for everything${asked}, and the ${source} has ${found.join(", ")}: a role or policy in another path would be deleted and made anew. Leave --path out, or use the modules remotion-user, remotion-lambda-role and remotion-executionrole-policy, each with its path.`,
  );
}

/** The user, the role or the callers would share one managed policy. */
export function sharedPolicy(id: string): AdoptionError {
  return new AdoptionError(
    `${shownAddress(id)} would be the policy of two at once, and the module makes one for each: name the policies with --user-policy-name, --role-policy-name and --policy-name, or leave one out with --no-user or --no-executionrole-policy.`,
  );
}

/** A value of the state could not be passed to the module. */
export function oddValue(
  address: string,
  attribute: string,
  value: string,
  rule: { readonly subject: string; readonly requirement: string },
): AdoptionError {
  return new AdoptionError(
    `${shownAddress(address)} has the ${attribute} ${shown(value)}, which is not ${rule.subject}: ${rule.requirement}`,
  );
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, 8).map(shownAddress).join(", ")}${names.length > 8 ? ", …" : ""}`;
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 200));
}
