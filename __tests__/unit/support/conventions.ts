import { isJsonObject, type JsonObject, type JsonValue } from "../../../lib/module/json-value.js";
import type { ModuleDocument } from "../../../lib/module/module-document.js";

/** Finds the places in a module where a convention is broken. */
export type Convention = (document: ModuleDocument) => string[];

const SNAKE_CASE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const FLOOR = /^>= \d+(\.\d+){0,2}$/;
const SENTENCES = /^[A-Z].*\.$/s;
const SECRET = /secret|password|token|private_key/;

/** What tflint, Terraform's style guide and IAM's policy linter ask for, and what this project adds. */
export const CONVENTIONS: Record<string, Convention> = {
  "requires Terraform by a floor": ({ terraform }) =>
    FLOOR.test(String(section(terraform, "terraform")["required_version"]))
      ? []
      : ["terraform.required_version"],

  "requires its providers by source and floor": ({ terraform }) => {
    const providers = Object.entries(
      section(section(terraform, "terraform"), "required_providers"),
    );
    const broken = providers.filter(([, provider]) => {
      const { source, version, ...more } = isJsonObject(provider) ? provider : {};
      const complete =
        /^[a-z0-9-]+\/[a-z0-9-]+$/.test(String(source)) && FLOOR.test(String(version));
      return !complete || Object.keys(more).length > 0;
    });
    return providers.length === 0 ? ["required_providers"] : broken.map(([name]) => name);
  },

  "has the type of every variable": (document) =>
    variablesWithout(document, ({ type }) => typeof type === "string" && type !== "any"),

  "describes every variable, in sentences": (document) =>
    variablesWithout(document, ({ description }) => SENTENCES.test(String(description))),

  // Terraform's own default is true, which need not be said.
  "says of every variable that it is not nullable, unless null is its default": (document) =>
    variablesWithout(document, (variable) =>
      variable["default"] === null ? !("nullable" in variable) : variable["nullable"] === false,
    ),

  "gives null as a default only where null is allowed": (document) =>
    variablesWithout(
      document,
      (variable) => variable["default"] !== null || variable["nullable"] !== false,
    ),

  "describes every output, in sentences": (document) =>
    entries(document, "output")
      .filter(([, { description }]) => !SENTENCES.test(String(description)))
      .map(([name]) => name),

  "marks secrets as sensitive": (document) =>
    [...entries(document, "output"), ...entries(document, "variable")]
      .filter(([name, { value, sensitive }]) => SECRET.test(`${name} ${value}`) && !sensitive)
      .map(([name]) => name),

  "names everything in snake case": (document) =>
    namesIn(document).filter((name) => !SNAKE_CASE.test(name)),

  "uses every variable": (document) =>
    entries(document, "variable")
      .map(([name]) => name)
      .filter((name) => !refersTo(withoutVariables(document), `var.${name}`)),

  "uses every local": (document) =>
    Object.keys(section(document.terraform, "locals")).filter(
      (name) => !refersTo(document.terraform, `local.${name}`),
    ),

  "declares every variable and local that it uses": (document) => {
    const declared = [
      ...entries(document, "variable").map(([name]) => `var.${name}`),
      ...Object.keys(section(document.terraform, "locals")).map((name) => `local.${name}`),
    ];
    return references(document.terraform).filter((reference) => !declared.includes(reference));
  },

  "leaves the partition of every ARN open": ({ terraform }) =>
    texts([section(terraform, "locals"), section(terraform, "resource")]).filter((text) =>
      /\barn:aws/.test(text),
    ),

  // AWS cannot change it: Terraform would delete the policy and make it anew.
  "leaves the description of a managed policy that exists": ({ terraform }) =>
    Object.entries(section(section(terraform, "resource"), "aws_iam_policy"))
      .filter(([, policy]) => {
        const { description, lifecycle } = isJsonObject(policy) ? policy : {};
        const { ignore_changes = [] } = isJsonObject(lifecycle) ? lifecycle : {};
        return description !== undefined && !texts(ignore_changes).includes("description");
      })
      .map(([name]) => `aws_iam_policy.${name}`),

  // Terraform before 1.9 knows nothing else there.
  "validates a variable by itself alone": (document) =>
    entries(document, "variable")
      .filter(([name, { validation }]) =>
        references(validation ?? []).some((reference) => reference !== `var.${name}`),
      )
      .map(([name]) => name),

  "validates what it says it validates": (document) =>
    entries(document, "variable").flatMap(([name, { validation = [] }]) =>
      (validation as readonly JsonObject[])
        .filter(({ condition = "" }) => !refersTo(condition, `var.${name}`))
        .map(() => name),
    ),

  "says in every validation's message which variable is wrong": (document) =>
    entries(document, "variable").flatMap(([name, { validation = [] }]) =>
      (validation as readonly JsonObject[])
        .filter(({ error_message }) => !beginsWith(String(error_message), `${name} `))
        .map(() => name),
    ),

  "moves resources only to where it has one": ({ terraform }) => {
    const moves = (terraform["moved"] ?? []) as readonly JsonObject[];
    const resources = section(terraform, "resource");
    return moves
      .map(({ to }) => String(to))
      .filter((to) => {
        const [type = "", name = ""] = to.replace(/\[.*$/, "").split(".");
        return !(name in section(resources, type));
      });
  },

  "has every Sid of a policy once, of letters and digits": ({ terraform }) => {
    const locals = section(terraform, "locals");
    return Object.entries(locals).flatMap(([name, value]) => {
      if (!String(value).startsWith("${jsonencode(")) {
        return [];
      }
      const sids = references(value).flatMap((local) => sidsOf(locals[local.slice(6)] ?? null));
      const broken = sids.filter(
        (sid, index) => sids.indexOf(sid) !== index || !/^[A-Za-z0-9]+$/.test(sid),
      );
      return broken.map((sid) => `${name}: ${sid}`);
    });
  },
};

/** Whether a message begins so, or the text that it is put together from. */
function beginsWith(message: string, text: string): boolean {
  return (
    message.startsWith(text) ||
    (/^\$\{join\("", \[for wrong in .*? : "/s.exec(message) !== null &&
      message.includes(`] : "${text}`))
  );
}

/** Strings in HCL that are one expression and nothing else: they should be the bare expression. */
export function needlesslyQuoted(hcl: string): string[] {
  return hcl.match(/"\$\{[^{}"]*\}"/g) ?? [];
}

function section(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}

function entries({ terraform }: ModuleDocument, key: string): [string, JsonObject][] {
  return Object.entries(section(terraform, key)) as [string, JsonObject][];
}

function variablesWithout(
  document: ModuleDocument,
  holds: (variable: JsonObject) => boolean,
): string[] {
  return entries(document, "variable")
    .filter(([, variable]) => !holds(variable))
    .map(([name]) => name);
}

function withoutVariables({ terraform }: ModuleDocument): JsonObject {
  const { variable: _variable, ...rest } = terraform;
  return rest;
}

function namesIn({ terraform }: ModuleDocument): string[] {
  const resources = Object.values(section(terraform, "resource"));
  const named = [section(terraform, "variable"), section(terraform, "locals")];
  return [...named, section(terraform, "output"), ...resources].flatMap((byName) =>
    Object.keys(byName ?? {}),
  );
}

/** Every `var.x` and `local.x` in the expressions of a value, once. */
function references(value: JsonValue): string[] {
  const found = texts(value).flatMap((text) => text.match(/\b(?:var|local)\.[\w-]+/g) ?? []);
  return [...new Set(found)];
}

function refersTo(value: JsonValue, reference: string): boolean {
  return references(value).includes(reference);
}

/** All strings in a value. */
function texts(value: JsonValue): string[] {
  if (typeof value === "string") {
    return [value];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** The Sids of the statements in a local. */
function sidsOf(local: JsonValue): string[] {
  const statements = Array.isArray(local) ? local.filter(isJsonObject) : [];
  return statements.flatMap(({ Sid }) => (typeof Sid === "string" ? [Sid] : []));
}
