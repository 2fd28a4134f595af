/** A policy document that IAM would not take, or that this evaluator cannot give a meaning to. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
}

/** A request that no policy can be evaluated for. */
export class RequestError extends Error {
  override readonly name = "RequestError";
}

/** A value from outside as it reads in a message: quoted, escaped, and never longer than a line. */
function quoted(value: unknown): string {
  if (value === undefined) {
    return "missing";
  }
  let text: string;
  try {
    text = JSON.stringify(value) ?? typeof value;
  } catch {
    // Nested too deeply, or no JSON at all.
    text = `a value of type ${typeof value}`;
  }
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** The text is not JSON. */
export function notJson(where: string, cause: unknown): PolicyError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PolicyError(
    `${where} is not JSON (${reason}): a policy is one JSON object. Give the document itself, without comments or trailing commas.`,
    { cause },
  );
}

/** A JSON object has one key twice, of which JSON.parse would silently keep the last. */
export function repeatedKey(where: string, key: string): PolicyError {
  return new PolicyError(
    `${where} has the key ${quoted(key)} twice in one object: IAM refuses that. Merge the two into one.`,
  );
}

/** Something other than an object where the policy language wants one. */
export function notAnObject(where: string, value: unknown): PolicyError {
  return new PolicyError(`${where} is ${quoted(value)}: must be a JSON object.`);
}

/** So many texts that no policy has them. */
export function tooMuchText(where: string, limit: number): PolicyError {
  return new PolicyError(
    `${where} has more than ${limit} characters: IAM takes no policy with more than 10240, wherever it is attached. Check where it comes from.`,
  );
}

/** A key that the policy language does not have in this place. */
export function unknownElement(where: string, key: string, known: readonly string[]): PolicyError {
  return new PolicyError(
    `${where} has the element ${quoted(key)}: must be one of ${known.join(", ")}, in that spelling. Correct or remove it.`,
  );
}

/** A version of the policy language that does not exist. */
export function unknownVersion(where: string, value: unknown): PolicyError {
  return new PolicyError(
    `${where} is ${quoted(value)}: must be "2012-10-17", or "2008-10-17" for a policy without variables.`,
  );
}

/** A policy without statements. */
export function noStatements(where: string): PolicyError {
  return new PolicyError(`${where} is missing or empty: give one statement, or a list of them.`);
}

/** An effect other than the two there are. */
export function invalidEffect(where: string, value: unknown): PolicyError {
  return new PolicyError(
    `${where} is ${quoted(value)}: must be exactly "Allow" or "Deny", with a capital letter.`,
  );
}

/** A statement id that IAM does not take. */
export function invalidSid(where: string, value: unknown): PolicyError {
  return new PolicyError(
    `${where} is ${quoted(value)}: must be letters and digits only. Leave it out if nothing refers to it.`,
  );
}

/** Two statements of one policy with the same id. */
export function repeatedSid(where: string, sid: string): PolicyError {
  return new PolicyError(
    `${where} is ${quoted(sid)}, which an earlier statement has too: each must be unique in its policy. Rename one.`,
  );
}

/** A principal, which only resource policies and trust policies name. */
export function principalNotAllowed(where: string): PolicyError {
  return new PolicyError(
    `${where} is present: an identity policy or a permissions boundary names no principal, it is attached to one. Remove it, or evaluate an identity policy instead of a trust or bucket policy.`,
  );
}

/** Neither or both of two elements of which a statement has exactly one. */
export function needsExactlyOne(where: string, element: string, negated: string): PolicyError {
  return new PolicyError(`${where} must have exactly one of ${element} and ${negated}.`);
}

/** Something other than a string or a non-empty list of strings. */
export function notStringList(where: string, value: unknown): PolicyError {
  return new PolicyError(
    `${where} is ${quoted(value)}: must be a string, or a list with at least one string and nothing else.`,
  );
}

/** An action pattern that is none. */
export function invalidAction(where: string, value: string): PolicyError {
  return new PolicyError(
    `${where} is ${quoted(value)}: must be "*", or a service prefix without wildcards, a colon and the name of an action, as in "s3:GetObject" or "s3:Get*".`,
  );
}

/** An action that IAM takes and that no action fits. */
export function matchlessAction(where: string, value: string): string {
  return `${where} is ${quoted(value)}: IAM takes it, and no action has such a name, so it matches nothing. Write each action on its own, without blanks and commas.`;
}

/** A condition value that IAM takes and that no value of a request fits. */
export function matchlessValue(where: string, value: string, wanted: string): string {
  return `${where} is ${quoted(value)}: IAM takes it, and it matches nothing. Give ${wanted}.`;
}

/** A principal of a trust policy that is nobody. */
export function matchlessPrincipal(where: string, value: string, wanted: string): string {
  return `${where} is ${quoted(value)}: that is nobody. Give ${wanted}.`;
}

/** Remarks beyond those that are kept. */
export function moreRemarks(where: string, count: number): string {
  return `${where} has ${count} more of what matches nothing.`;
}

/** A resource pattern that is none. */
export function invalidResource(where: string, value: string): PolicyError {
  return new PolicyError(
    `${where} is ${quoted(value)}: must be "*" or an ARN, as in "arn:aws:s3:::bucket/*".`,
  );
}

/** A policy variable in a part of a resource's ARN where IAM does not fill it in. */
export function variableBeforeResource(where: string, value: string): PolicyError {
  return new PolicyError(
    `${where} is ${quoted(value)}: a policy variable may only stand after the fifth colon of an ARN. Use * in that part and compare it in a Condition.`,
  );
}

/** A `${` that does not begin a policy variable. */
export function malformedVariable(where: string, value: string): PolicyError {
  return new PolicyError(
    `${where} is ${quoted(value)}: a policy variable is written \${key} or \${key, 'default'}, without spaces in the key. Write \${$} for a dollar sign.`,
  );
}

/** A condition operator that does not exist. */
export function unknownOperator(where: string, operator: string): PolicyError {
  return new PolicyError(
    `${where} has the operator ${quoted(operator)}: must be an operator of IAM, as in "StringEquals", "StringLikeIfExists" or "ForAnyValue:StringLike". Null takes no IfExists and no ForAllValues or ForAnyValue.`,
  );
}

/** A condition key that is no key. */
export function invalidConditionKey(where: string, key: string): PolicyError {
  return new PolicyError(
    `${where} has the key ${quoted(key)}: must be a condition key with its prefix, as in "aws:SourceIp".`,
  );
}

/** One condition key twice under one operator, in two spellings. */
export function repeatedConditionKey(where: string, key: string): PolicyError {
  return new PolicyError(
    `${where} has the key ${quoted(key)} in two spellings: condition keys ignore case. Merge the two into one list.`,
  );
}

/** Something other than a string, number, boolean or non-empty list of those. */
export function notConditionValues(where: string, value: unknown): PolicyError {
  return new PolicyError(
    `${where} is ${quoted(value)}: must be a string, number or boolean, or a list with at least one of those.`,
  );
}

/** A trust policy's statement with an element that only other policies have. */
export function resourceNotAllowed(where: string): PolicyError {
  return new PolicyError(
    `${where} is present: a trust policy names no resource, it belongs to one role. Remove it.`,
  );
}

/** A resource control policy that names somebody. */
export function principalOfControlPolicy(where: string, value: unknown): PolicyError {
  return new PolicyError(
    `${where} is ${quoted(value)}: a resource control policy is for everybody, so that it must be "*". Name somebody in a Condition, with aws:PrincipalArn.`,
  );
}

/** A principal that is none. */
export function invalidPrincipal(where: string, value: unknown): PolicyError {
  return new PolicyError(
    `${where} is ${quoted(value)}: must be "*", or an object with AWS, Service, Federated or CanonicalUser, each a string or a list of strings, as in {"Service": "lambda.amazonaws.com"}.`,
  );
}

/** A request whose action is a pattern or no action. */
export function invalidRequestAction(value: string): RequestError {
  return new RequestError(
    `The request's action is ${quoted(value)}: must be one action without wildcards, as in "s3:GetObject".`,
  );
}

/** A request whose resource is no resource. */
export function invalidRequestResource(value: string): RequestError {
  return new RequestError(
    `The request's resource is ${quoted(value)}: must be the ARN of one resource, or "*" for an action that has no resources.`,
  );
}
