import type { JsonObject, JsonValue } from "../../lib/module/json-value.js";
import { type DocumentInput, policyOf, type StatementInput } from "./remotion-documents.js";

/** A root in Terraform's JSON syntax, without providers. */
export type Root = Readonly<Record<string, JsonObject>>;

/** Stands in a root for the folder of this project's modules in the root's language. */
export const MODULES = "@MODULES@";

/** A root of these parts. */
export function rootOf(...parts: readonly Root[]): Root {
  return parts.reduce((whole, part) => merged(whole, part) as Root, {});
}

/** A resource. */
export function resource(type: string, label: string, body: JsonObject): Root {
  return { resource: { [type]: { [label]: body } } };
}

/** A data source. */
export function data(type: string, label: string, body: JsonObject): Root {
  return { data: { [type]: { [label]: body } } };
}

/** A call of a module of this project. */
export function call(label: string, module: string, inputs: JsonObject = {}): Root {
  return { module: { [label]: { source: `${MODULES}/${module}`, ...inputs } } };
}

/** A policy as text, in which a variable of IAM is no template of Terraform. */
export function text(document: DocumentInput): string {
  return JSON.stringify(document).replaceAll("${aws:", "$$$${aws:");
}

/** A trust policy. */
export function trust(principal: JsonValue, further: StatementInput = {}): DocumentInput {
  return policyOf({
    Effect: "Allow",
    Principal: principal,
    Action: "sts:AssumeRole",
    ...further,
  });
}

export const LAMBDA = trust({ Service: "lambda.amazonaws.com" });

/** A role. */
export function role(
  label: string,
  name: string,
  trusted = LAMBDA,
  further: JsonObject = {},
): Root {
  return resource("aws_iam_role", label, {
    name,
    assume_role_policy: text(trusted),
    ...further,
  });
}

/** A policy inside a role of that label: a document, or an expression. */
export function inRole(label: string, policy: DocumentInput | string, name = "inline"): Root {
  return resource("aws_iam_role_policy", label, {
    name,
    role: `\${aws_iam_role.${label}.id}`,
    policy: typeof policy === "string" ? policy : text(policy),
  });
}

/** A user. */
export function user(label: string, name: string, further: JsonObject = {}): Root {
  return resource("aws_iam_user", label, { name, ...further });
}

/** A policy inside a user of that label. */
export function inUser(label: string, policy: DocumentInput | string, name = "inline"): Root {
  return resource("aws_iam_user_policy", label, {
    name,
    user: `\${aws_iam_user.${label}.name}`,
    policy: typeof policy === "string" ? policy : text(policy),
  });
}

/** A managed policy. */
export function managed(label: string, name: string, policy: DocumentInput | string): Root {
  return resource("aws_iam_policy", label, {
    name,
    policy: typeof policy === "string" ? policy : text(policy),
  });
}

/** Attaches an ARN to a role or user of a label. */
export function attached(kind: "role" | "user", to: string, label: string, arn: string): Root {
  return resource(`aws_iam_${kind}_policy_attachment`, label, {
    [kind]: `\${aws_iam_${kind}.${to}.name}`,
    policy_arn: arn,
  });
}

/** A document as a data source, where variables of IAM begin with `&`. */
export function document(
  label: string,
  statements: readonly StatementInput[],
  further: JsonObject = {},
): Root {
  const statement = statements.map(({ Sid, Effect = "Allow", Action, Resource }): JsonObject => {
    return {
      ...(Sid === undefined ? {} : { sid: String(Sid) }),
      effect: String(Effect),
      actions: [Action].flat().map(String),
      resources: [Resource].flat().map((one) => String(one).replaceAll("${aws:", "&{aws:")),
    };
  });
  return data("aws_iam_policy_document", label, {
    ...(statement.length === 0 ? {} : { statement }),
    ...further,
  });
}

/** The text of such a document. */
export function textOf(label: string): string {
  return `\${data.aws_iam_policy_document.${label}.json}`;
}

function merged(one: JsonValue, other: JsonValue): JsonValue {
  const isObject = (value: JsonValue): value is JsonObject =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject(one) || !isObject(other)) {
    return other;
  }
  const entries = Object.entries(other).map(([key, value]) => {
    const before = one[key];
    return [key, before === undefined ? value : merged(before, value)] as const;
  });
  return { ...one, ...Object.fromEntries(entries) };
}
