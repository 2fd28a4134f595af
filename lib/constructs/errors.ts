import { QUOTAS } from "../iam/quotas.js";
import type { ValueRule } from "../iam/value-rule.js";

/** A text breaks its rule whatever its tokens stand for. */
export function unkeepableRule(where: string, text: string, rule: ValueRule): Error {
  return new Error(
    `${where} is "${text}", which is not ${rule.subject} whatever Terraform puts in: ${rule.requirement}`,
  );
}

/** A number that only Terraform knows was made part of a text. */
export function encodedNumber(where: string): Error {
  return new Error(
    `${where} has a number in it that only Terraform knows: put it in as Token.asString() gives it.`,
  );
}

/** A token where the value is needed before Terraform runs. */
export function knownToTerraformOnly(where: string, expected: string): Error {
  return new Error(`${where} is a token, and is needed before Terraform runs: give ${expected}.`);
}

/** A token of another type than the prop. */
export function wrongToken(where: string, text: string | undefined, expected: string): Error {
  const value = text === undefined ? "a token of another type" : `"${text}"`;
  return new Error(`${where} is ${value}: give ${expected}, or one token that stands for it.`);
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

/** A user would have more access keys than IAM takes. */
export function tooManyAccessKeys(
  path: string,
  names: readonly string[],
  hasOneWithoutName: boolean,
): Error {
  const beside = hasOneWithoutName ? ", createAccessKey makes one more" : "";
  return new Error(
    `${path}: accessKeys has ${names.length} keys (${names.join(", ")})${beside}, and IAM allows a user ${QUOTAS.accessKeysOfUser}: take out one that nothing uses any more.`,
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

/** A subject that a stranger's token could have, too. */
export function strangersSubject(
  path: string,
  prop: string,
  subject: string,
  {
    issuer,
    example,
    owner,
  }: { readonly issuer: string; readonly example: string | undefined; readonly owner?: string },
): Error {
  const wayOut =
    owner !== undefined
      ? `begin it with the owner ${JSON.stringify(owner)} and a separator, and keep wildcards behind that, at the end`
      : example === undefined
        ? "write it out without wildcards, or give its literal beginning that only you can be given as owner"
        : `write out what only you can be given, as in ${JSON.stringify(example)}, with wildcards behind it alone`;
  return new Error(
    `${path}: ${prop} is ${JSON.stringify(subject)} of ${issuer}: a stranger could assume the role; ${wayOut}.`,
  );
}

/** An audience that every customer of the issuer may have. */
export function audienceOfNobody(
  path: string,
  prop: string,
  audience: string,
  issuer: string,
  example: string,
): Error {
  return new Error(
    `${path}: ${prop} is ${JSON.stringify(audience)}: of ${issuer} the audience tells its customers apart, so name yours in full, as in ${JSON.stringify(example)}.`,
  );
}

/** A claim that AWS does not evaluate: nobody could assume the role. */
export function unknownClaim(
  path: string,
  prop: string,
  claim: string,
  issuer: string,
  evaluated: readonly string[],
): Error {
  const wayOut =
    evaluated.length === 0
      ? "AWS evaluates sub and aud alone: leave it out"
      : `AWS evaluates ${evaluated.join(", ")}: give one of these, or leave it out`;
  return new Error(
    `${path}: ${prop} has ${JSON.stringify(claim)}, and of ${issuer} ${wayOut}; with it nobody could assume the role.`,
  );
}

/** A service that does not say for whom it acts is asked for it. */
export function sourceOfOtherService(
  path: string,
  service: string | undefined,
  services: readonly string[],
): Error {
  const found = service === undefined ? "names none" : `has ${JSON.stringify(service)}`;
  return new Error(
    `${path}: sourceAccount and sourceArns are for services that say for whom they act (${services.join(", ")}), and trustedServices ${found}: leave them out, or give other services a role of their own.`,
  );
}

/** A source of another account than the one that is asked for, too. */
export function sourceOfOtherAccount(
  path: string,
  prop: string,
  arn: string,
  account: string,
): Error {
  return new Error(
    `${path}: ${prop} is ${JSON.stringify(arn)}, and sourceAccount is ${JSON.stringify(account)}: nobody acts for both, so nobody could assume the role. Give ARNs of that account, or leave sourceAccount out, for an ARN names its account.`,
  );
}

/** A service that acts for none of the sources. */
export function serviceWithoutSource(path: string, service: string, arns: string): Error {
  return new Error(
    `${path}: sourceArns names nothing of ${arns}, for which alone ${service} acts, so it could not assume the role: add its ARN, or give the service a role of its own.`,
  );
}

/** What is asked of principals where there are none. */
export function askedOfNobody(path: string, prop: string): Error {
  return new Error(
    `${path}: ${prop} would do nothing, as trustedPrincipalArns is empty: it is asked of no service and of no OIDC identity. Name whom it is for, or leave it out.`,
  );
}

/** An instance profile for a role that no EC2 instance could assume. */
export function instanceProfileWithoutEc2(path: string): Error {
  return new Error(
    `${path}: no EC2 instance could use the instance profile: add ec2.amazonaws.com to trustedServices, or leave the profile out.`,
  );
}

/** Why the further regions of Lambda Insights are none in China, and the way out. */
export const INSIGHTS_OF_CHINA =
  "AWS publishes Lambda Insights there from one account, which the policy has already. Leave it out.";

/** The further regions of Lambda Insights were asked for in a partition that has none of them. */
export function insightsOfChina(path: string): Error {
  return new Error(
    `${path}: allInsightsRegions would do nothing, as partition is "aws-cn": ${INSIGHTS_OF_CHINA}`,
  );
}
