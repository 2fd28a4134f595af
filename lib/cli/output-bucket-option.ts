import { BUCKET_NAME, KEY_PREFIX } from "../iam/rules.js";
import { keepsRule, type ValueRule } from "../iam/value-rule.js";
import {
  BUCKET_ACCESSES,
  type BucketAccess,
  type OutputBucket,
} from "../remotion/output-bucket.js";
import { invalidAccess, invalidOption } from "./errors.js";

/**
 * Reads `NAME[/PREFIX/][:ACCESS]`, where ACCESS may end in `+acl`. Without a prefix it is the whole
 * bucket, without an access `write`: in a text whose parts have no names, none can be misspelt.
 *
 * @throws UsageError when a part breaks its rule
 */
export function parseOutputBucket(argument: string): OutputBucket {
  // An ARN or an address is wrong as a whole.
  if (/^(?:arn:|[a-z0-9]+:[/][/])/i.test(argument)) {
    check(argument, BUCKET_NAME);
  }
  // A folder may have colons, and ends in a slash.
  const colon = argument.indexOf(":", argument.lastIndexOf("/") + 1);
  const place = colon < 0 ? argument : argument.slice(0, colon);
  const access = colon < 0 ? undefined : argument.slice(colon + 1);
  const slash = place.indexOf("/");
  const name = slash < 0 ? place : place.slice(0, slash);
  const prefix = slash < 0 ? "" : place.slice(slash + 1);
  check(name, BUCKET_NAME);
  check(prefix, KEY_PREFIX);
  return { name, prefix, ...accessOf(access ?? "write", argument) };
}

function accessOf(text: string, argument: string): Pick<OutputBucket, "access" | "acl"> {
  const [access, option, ...rest] = text.split("+");
  const known = BUCKET_ACCESSES.find((one): one is BucketAccess => one === access);
  if (known === undefined || rest.length > 0 || (option !== undefined && option !== "acl")) {
    throw invalidAccess(argument, BUCKET_ACCESSES);
  }
  return { access: known, ...(option === undefined ? {} : { acl: true }) };
}

function check(value: string, rule: ValueRule): void {
  if (!keepsRule(rule, value)) {
    throw invalidOption("output-bucket", value, rule);
  }
}
