import { describe, expect, it } from "vitest";
import * as rules from "../../lib/iam/rules.js";
import { keepsRule, type ValueRule } from "../../lib/iam/value-rule.js";
import { MODULE_NAMES, moduleConfiguration } from "../support/module-sources.js";
import { countOf, TORTURE } from "../support/part.js";
import { recordPlayed } from "../support/played.js";
import { describeTerraform } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";
import { nearValues } from "./support/near-values.js";

/*
 * Each rule of values, as TypeScript keeps it and as Terraform does, which is given the conditions of the published
 * modules' inputs as they stand there.
 */

const SEED = 16;

const WHAT = "values of each rule, of TypeScript and of Terraform";
const COUNT = countOf(WHAT, { each: 150, all: 100_000 });

/** An input, its value in HCL in which one text is the candidate, and what its conditions on that text hold. */
type Place = readonly [input: string, value: string, about?: string];

const bucket = (input: string, wrong: string): Place => [
  input,
  `[merge({ name = "acme-videos", prefix = "", access = "read", acl = false, kms_key_arn = null }, { ${wrong} = candidate })]`,
  `[*].${wrong}`,
];

const trust = (wrong: string, value: string, about = `[*].${wrong}`): Place => [
  "remotion-execution-role.trusted_oidc",
  `[merge({ provider_arn = "", audiences = [], subjects = [], claims = {}, owner = null }, { ${wrong} = ${value} })]`,
  about,
];

/** An input of each form in which modules have the rule. */
const PLACES: Readonly<Record<keyof typeof rules, readonly Place[]>> = {
  USER_NAME: [["remotion-user.name", "candidate"]],
  ROLE_NAME: [["remotion-lambda-role.name", "candidate"]],
  ROLE_NAME_OR_ARN: [["remotion-lambda.role_names", "{ api = candidate }"]],
  POLICY_NAME: [["remotion-user.policy_name", "candidate"]],
  NUMBERED_POLICY_NAME: [["remotion-bucket-grants.policy_name", "candidate"]],
  NAME_PREFIX: [["remotion-lambda.name_prefix", "candidate"]],
  IAM_PATH: [["remotion-user.path", "candidate"]],
  POLICY_ARN: [["remotion-user.permissions_boundary_arn", "candidate"]],
  ATTACHED_POLICY_ARN: [["remotion-execution-role.policy_arns", "{ video = candidate }"]],
  BUCKET_NAME: [
    ["remotion-user.bucket_names", "[candidate]"],
    bucket("remotion-lambda.output_buckets", "name"),
    bucket("remotion-bucket-grants.output_buckets", "name"),
  ],
  KEY_PREFIX: [bucket("remotion-lambda.output_buckets", "prefix")],
  KMS_KEY_ARN: [bucket("remotion-lambda.output_buckets", "kms_key_arn")],
  TAG_KEY: [["remotion-user.tags", '{ (candidate) = "video" }', "keys("]],
  TAG_VALUE: [["remotion-user.tags", "{ team = candidate }", "for value in var"]],
  ACCOUNT_ID: [["remotion-user.account_id", "candidate"]],
  REGION: [["remotion-user.regions", "[candidate]"]],
  FUNCTION_NAME: [["remotion-user.function_names", "[candidate]"]],
  LAYER_VERSION_ARN: [["remotion-user.custom_layer_arns", "[candidate]"]],
  PGP_KEY: [["remotion-user.pgp_key", "candidate"]],
  ACCESS_KEY_NAME: [["remotion-user.access_keys", '{ (candidate) = "active" }', "keys("]],
  SERVICE_PRINCIPAL: [["remotion-execution-role.trusted_services", "[candidate]"]],
  PRINCIPAL_ARN: [["remotion-execution-role.trusted_principal_arns", "[candidate]"]],
  EXTERNAL_ID: [["remotion-execution-role.external_id", "candidate"]],
  SOURCE_ARN: [["remotion-execution-role.source_arns", "[candidate]"]],
  SESSION_TAG_KEY: [["remotion-execution-role.session_tag_keys", "[candidate]"]],
  OIDC_PROVIDER_ARN: [trust("provider_arn", "candidate")],
  OIDC_AUDIENCE: [trust("audiences", "[candidate]")],
  OIDC_SUBJECT: [trust("subjects", "[candidate]")],
  OIDC_OWNER: [trust("owner", "candidate")],
  OIDC_CLAIM_VALUE: [trust("claims", "{ repository_id = [candidate] }", "flatten([for trust")],
};

/** Conditions on numbers, on how many there are, and on one of some words: no rule of texts. */
const NO_RULE = /^length\(var\.\*\) <= |floor\(|contains\(\[|bucket\.acl|length\(list\) > 0/;

interface Variable {
  readonly validation?: readonly { readonly condition: string }[];
}

/** The conditions of all inputs, by module and name, without the template around them. */
const CONDITIONS = new Map(
  MODULE_NAMES.flatMap((module) =>
    Object.entries(moduleConfiguration(module)["variable"] as Record<string, Variable>).flatMap(
      ([name, { validation = [] }]) =>
        validation.length === 0
          ? []
          : [[`${module}.${name}`, validation.map(({ condition }) => condition.slice(2, -1))]],
    ),
  ) as [string, readonly string[]][],
);

/** The conditions of an input, or those that are about something, as they are where another name stands for it. */
function conditions(input: string, named: string, about = ""): readonly string[] {
  const [, name = ""] = input.split(".");
  return (CONDITIONS.get(input) ?? [])
    .filter((condition) => condition.includes(about))
    .map((condition) => condition.replaceAll(`var.${name}`, named));
}

/** Whether all conditions on the candidate hold where it stands in an input, in HCL. */
function holds([input, value, about]: Place): string {
  const all = conditions(input, `(${value})`, about).map((condition) => `(${condition})`);
  return `(${all.join(" && ")})`;
}

interface Asked {
  readonly name: string;
  readonly rule: ValueRule;
  readonly places: readonly Place[];
  readonly values: readonly string[];
}

const ASKED = Object.entries(rules).map(
  ([name, rule], index): Omit<Asked, "values"> & { readonly seed: number } => ({
    name,
    rule,
    places: PLACES[name as keyof typeof rules],
    seed: SEED * 1000 + index,
  }),
);

describe("the inputs", () => {
  it("are all asked, in each form that their conditions have", () => {
    const places = Object.values(PLACES).flat();
    const asked = new Set(
      places.flatMap(([input, _value, about]) => conditions(input, "var.*", about)),
    );
    const others = [...CONDITIONS.keys()]
      .flatMap((input) => conditions(input, "var.*"))
      .filter((condition) => !asked.has(condition) && !NO_RULE.test(condition));

    expect(others).toEqual([]);
    expect(asked.size).toBeGreaterThanOrEqual(places.length);
    expect([...asked].filter((condition) => NO_RULE.test(condition))).toEqual([]);
  });
});

describeTerraform("TypeScript and Terraform", () => {
  // Where there are many values, two rules at once, each in a call of its own; where there are few, all in one.
  const calls = TORTURE ? pairs(ASKED) : [ASKED];
  const counts = { accepted: 0, refused: 0 };

  it.each(calls.map((call) => ({ call, names: call.map(({ name }) => name).join(", ") })))(
    `say the same of ${COUNT} values of $names`,
    async ({ call }) => {
      const asked = call.map(
        (one): Asked => ({ ...one, values: nearValues(one.rule, COUNT, one.seed) }),
      );
      const groups = TORTURE ? asked.map((one) => [one]) : [asked];
      const said = (await Promise.all(groups.map(askTerraform))).flat();

      for (const [index, { name, rule, values }] of asked.entries()) {
        const accepted = values.filter((_value, at) => said[index]?.[at] === "1");
        const differing = values.filter((value, at) => said[index]?.[at] !== ours(rule, value));
        expect(differing.slice(0, 20), name).toEqual([]);
        // What TypeScript lets pass, Terraform does not stop.
        const stopped = values.filter(
          (value, at) => keepsRule(rule, value) && said[index]?.[at] !== "1",
        );
        expect(stopped.slice(0, 20), name).toEqual([]);
        expect(accepted.length, name).toBeGreaterThan(values.length / 20);
        expect(accepted.length, name).toBeLessThan(values.length * 0.9);
        counts.accepted += accepted.length;
        counts.refused += values.length - accepted.length;
      }
      recordPlayed(WHAT, { counted: { rules: ASKED.length, ...counts } });
    },
  );
});

function pairs<T>(all: readonly T[]): readonly (readonly T[])[] {
  return all.flatMap((_one, index) => (index % 2 === 0 ? [all.slice(index, index + 2)] : []));
}

/**
 * What Terraform is to say: it normalizes what it is given, and a directive of its templates is text to it, which
 * it is not in the source that a construct writes.
 */
function ours({ forbiddenInSource: _inSource, ...rule }: ValueRule, value: string): "0" | "1" {
  return keepsRule(rule, value.normalize()) ? "1" : "0";
}

/** Values in a list: a list of many has Terraform compare them with each other. */
const TOGETHER = 100;

/** For each rule a character for each value: 1 where the inputs take it, 0 where none does, and x where some do. */
async function askTerraform(asked: readonly Asked[]): Promise<readonly string[]> {
  const workspace = new Workspace();
  const texts = asked.map(({ places, values }, index) => {
    const lists = Array.from({ length: Math.ceil(values.length / TOGETHER) }, (_list, at) =>
      values.slice(at * TOGETHER, (at + 1) * TOGETHER),
    );
    workspace.write(`values-${index}.json`, inAscii(JSON.stringify(lists)));
    const all = places.map(holds);
    const answer =
      all.length === 1
        ? `${all[0]} ? "1" : "0"`
        : `${all.join(" && ")} ? "1" : ${all.join(" || ")} ? "x" : "0"`;
    const list = `[for candidate in list : ${answer}]`;
    return `join("", [for list in jsondecode(file("values-${index}.json")) : join("", ${list})])`;
  });
  workspace.write("asked.hcl", `jsonencode([${texts.join(", ")}])\n`);
  const { stdout } = await workspace.run("sh", ["-c", "terraform console < asked.hcl"]);
  workspace.remove();
  return JSON.parse(JSON.parse(stdout)) as string[];
}

/** JSON that is the same when it is normalized, as Terraform does with what it reads: an escape and an accent are one. */
function inAscii(json: string): string {
  return json.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
