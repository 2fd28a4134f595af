import type { ValueRule } from "../iam/value-rule.js";

/** A prop does not keep AWS's rule for it. */
export function invalidProp(path: string, prop: string, value: string, rule: ValueRule): Error {
  const { shownLength } = rule;
  const verb = shownLength === undefined ? "is" : "begins with";
  return new Error(
    `${path}: ${prop} ${verb} ${JSON.stringify(value.slice(0, shownLength))}, which is not ${rule.subject}: ${rule.requirement}`,
  );
}

/** A prop is not one of the values that it can have. */
export function unknownChoice(
  path: string,
  prop: string,
  value: string,
  choices: readonly string[],
): Error {
  const list = choices.map((choice) => JSON.stringify(choice)).join(" or ");
  return new Error(`${path}: ${prop} is ${JSON.stringify(value)}: give ${list}.`);
}

/**
 * A policy is too large for the place it goes to.
 *
 * @param name what it is and what it is called, as in `policy remotion-user-policy`
 */
export function policyTooLarge(
  path: string,
  name: string,
  size: number,
  quota: number,
  wayOut: string,
): Error {
  return new Error(
    `${path}: the ${name} has ${size} characters without white space, and AWS allows ${quota}: ${wayOut}`,
  );
}

/** Part of an expression is text with a token somewhere inside. */
export function mixedExpression(text: string): Error {
  return new Error(
    `The expression part ${JSON.stringify(text)} mixes text and tokens: pass the token alone, or wrap it in inQuotes().`,
  );
}

/** A construct that grants buckets was given none. */
export function noOutputBuckets(path: string): Error {
  return new Error(
    `${path}: outputBuckets is empty, and IAM takes no policy without a statement: name a bucket, or leave the construct out.`,
  );
}

/** A construct that grants buckets was given nobody to grant them to. */
export function noRoles(path: string): Error {
  return new Error(
    `${path}: roleNames is empty, and nobody would get the grants: name a role, or leave the construct out.`,
  );
}

/** A number is out of bounds, or has a fraction. */
export function invalidNumber(
  path: string,
  prop: string,
  value: number,
  from: number,
  to: number,
): Error {
  return new Error(`${path}: ${prop} is ${value}: give a whole number from ${from} to ${to}.`);
}

/** There are more tags than AWS allows on one thing. */
export function tooManyTags(path: string, count: number, quota: number): Error {
  return new Error(
    `${path}: tags has ${count} tags, and AWS allows ${quota} on a user, role or policy: leave some out.`,
  );
}

/** A role that nobody could assume. */
export function nobodyTrusted(path: string): Error {
  return new Error(
    `${path}: nobody could assume the role: give trustedServices, trustedPrincipalArns or trustedOidc.`,
  );
}

/** An OIDC provider is trusted without saying for which of its identities. */
export function openOidcTrust(path: string, prop: string): Error {
  return new Error(
    `${path}: ${prop} is empty, and every identity of the provider could assume the role: give at least one value.`,
  );
}

/** An instance profile for a role that no EC2 instance could assume. */
export function instanceProfileWithoutEc2(path: string): Error {
  return new Error(
    `${path}: no EC2 instance could use the instance profile: add ec2.amazonaws.com to trustedServices, or leave the profile out.`,
  );
}
