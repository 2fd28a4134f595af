import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hclEdition } from "../../lib/module/hcl-edition.js";
import { jsonEdition } from "../../lib/module/json-edition.js";
import type { JsonObject } from "../../lib/module/json-value.js";
import type { ModuleDocument } from "../../lib/module/module-document.js";
import { REMOTION_VERSION } from "../../lib/remotion/release.js";
import { PUBLISHED_MODULES } from "../../stacks/modules/index.js";
import { REPOSITORY } from "../support/repository.js";
import { CONVENTIONS, needlesslyQuoted } from "./support/conventions.js";

describe.each([...PUBLISHED_MODULES])("the module %s", (name, module) => {
  const document = module().toDocument();

  it.each(Object.entries(CONVENTIONS))("%s", (_convention, brokenIn) => {
    expect(brokenIn(document)).toEqual([]);
  });

  it("has no file over 300 lines but that of its variables", () => {
    const files = [...hclEdition(document), ...jsonEdition(document)];
    const long = files.filter(([, text]) => text.split("\n").length - 1 > 300);

    expect(long.map(([file]) => file).filter((file) => !file.startsWith("variables."))).toEqual([]);
  });

  it("has no line over 120 characters in HCL", () => {
    const lines = [...hclEdition(document).values()].flatMap((text) => text.split("\n"));

    expect(lines.filter((line) => line.length > 120)).toEqual([]);
  });

  it("quotes no expression that can stand alone", () => {
    const hcl = [...hclEdition(document).values()].join("\n");

    expect(hcl).toContain("var.path");
    expect(needlesslyQuoted(hcl)).toEqual([]);
  });

  it("says in a copy of its folder what it is a copy of", () => {
    const { version } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));
    const lines = hclEdition(document).get("versions.tf")?.split("\n");

    expect(lines?.slice(0, 3)).toEqual([
      "# SPDX-License-Identifier: Apache-2.0",
      `# Module ${name} ${version} of remotion-lambda-terraform, with the policies of Remotion ${REMOTION_VERSION}.`,
      "",
    ]);
    expect(document.terraform["output"]).toMatchObject({ module_version: { value: version } });
  });
});

describe("an expression is needlessly quoted", () => {
  it.each([
    { hcl: 'name = "${var.name}"', found: ['"${var.name}"'] },
    { hcl: 'names = ["${a.b[0]}", "${c}"]', found: ['"${a.b[0]}"', '"${c}"'] },
    { hcl: "name = var.name", found: [] },
    { hcl: 'name = "${var.name}-x"', found: [] },
    { hcl: 'name = "x-${var.name}"', found: [] },
    { hcl: 'message = "is \\"${var.name}\\"."', found: [] },
    { hcl: 'text = "$${name}"', found: [] },
  ])("in $hcl: $found", ({ hcl, found }) => {
    expect(needlesslyQuoted(hcl)).toEqual(found);
  });
});

/** A module that keeps every convention. */
const GOOD = {
  terraform: {
    required_version: ">= 1.5.0",
    required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.0" } },
  },
  variable: {
    name: {
      type: "string",
      description: "A name.",
      nullable: false,
      validation: [{ condition: '${var.name != ""}', error_message: "name is empty." }],
    },
  },
  locals: {
    statements: [{ Sid: "One", Resource: ["arn:${var.name}:s3:::x"] }],
    policy_json: "${jsonencode({ Statement = local.statements })}",
  },
  resource: {
    aws_iam_policy: {
      this: {
        name: "${var.name}-policy",
        description: "A policy.",
        policy: "${local.policy_json}",
        lifecycle: { ignore_changes: ["description"] },
      },
    },
  },
  output: {
    arn: { description: "An ARN.", value: "${aws_iam_policy.this.arn}" },
    api_secret: { description: "A secret.", value: "x", sensitive: true },
  },
} as const satisfies JsonObject;

/** Convention → modules that break it, and where. */
const BROKEN: Record<string, readonly (readonly [broken: JsonObject, where: string])[]> = {
  "requires Terraform by a floor": [
    [required({ required_version: "~> 1.5" }), "terraform.required_version"],
    [required({ required_version: ">= 1.5, < 2.0" }), "terraform.required_version"],
    [{ terraform: {} }, "terraform.required_version"],
  ],
  "requires its providers by source and floor": [
    [required({ required_providers: {} }), "required_providers"],
    [provider({ source: "hashicorp/aws", version: "5.100.0" }), "aws"],
    [provider({ source: "hashicorp/aws", version: ">= 5.0, < 6.0" }), "aws"],
    [provider({ source: "aws", version: ">= 5.0" }), "aws"],
    [provider({ source: "hashicorp/aws", version: ">= 5.0", extra: [] }), "aws"],
  ],
  "has the type of every variable": [
    [variable({ type: undefined }), "name"],
    [variable({ type: "any" }), "name"],
  ],
  "describes every variable, in sentences": [
    [variable({ description: undefined }), "name"],
    [variable({ description: "name" }), "name"],
  ],
  "says of every variable that it is not nullable, unless null is its default": [
    [variable({ nullable: undefined }), "name"],
    [variable({ nullable: true }), "name"],
    [variable({ nullable: true, default: null }), "name"],
  ],
  "gives null as a default only where null is allowed": [
    [variable({ nullable: false, default: null }), "name"],
  ],
  "describes every output, in sentences": [[{ output: { arn: { value: "x" } } }, "arn"]],
  "marks secrets as sensitive": [
    [{ output: { secret: { description: "A secret.", value: "x" } } }, "secret"],
    [{ output: { key: { value: "${aws_iam_access_key.this.secret}" } } }, "key"],
    [{ variable: { db_password: { type: "string" } } }, "db_password"],
  ],
  "names everything in snake case": [
    [{ variable: { camelCase: {} } }, "camelCase"],
    [{ locals: { "kebab-case": 1 } }, "kebab-case"],
    [{ output: { Upper: {} } }, "Upper"],
    [{ resource: { aws_iam_role: { role_8FC5CFCD: {} } } }, "role_8FC5CFCD"],
  ],
  "uses every variable": [[{ variable: { ...GOOD.variable, unused: {} } }, "unused"]],
  "uses every local": [[{ locals: { ...GOOD.locals, unused: "${var.name}" } }, "unused"]],
  "declares every variable and local that it uses": [
    [{ output: { o: { value: "${var.other}" } } }, "var.other"],
    [{ output: { o: { value: "${local.other}" } } }, "local.other"],
  ],
  "leaves the partition of every ARN open": [
    [{ locals: { a: { b: ["arn:aws:s3:::x"] } } }, "arn:aws:s3:::x"],
  ],
  "leaves the description of a managed policy that exists": [
    [lifecycle({}), "aws_iam_policy.this"],
    [lifecycle({ ignore_changes: ["tags"] }), "aws_iam_policy.this"],
  ],
  "validates a variable by itself alone": [
    [validation('${var.name != "" || var.other}', "name is empty."), "name"],
    [validation('${var.name != ""}', "name is ${local.other}."), "name"],
  ],
  "validates what it says it validates": [[validation("${true}", "name is empty."), "name"]],
  "says in every validation's message which variable is wrong": [
    [validation('${var.name != ""}', "Invalid."), "name"],
  ],
  "moves resources only to where it has one": [
    [
      { moved: [{ from: "aws_iam_role.old[0]", to: "aws_iam_role.new[0]" }] },
      "aws_iam_role.new[0]",
    ],
  ],
  "has every Sid of a policy once, of letters and digits": [
    [{ locals: { ...GOOD.locals, statements: [{ Sid: "A" }, { Sid: "A" }] } }, "policy_json: A"],
    [{ locals: { ...GOOD.locals, statements: [{ Sid: "A-b" }] } }, "policy_json: A-b"],
  ],
};

describe("the check that a module", () => {
  it.each(Object.entries(CONVENTIONS))("%s passes a good one", (_convention, brokenIn) => {
    expect(brokenIn(document({}))).toEqual([]);
  });

  const broken = Object.entries(BROKEN).flatMap(([convention, modules]) =>
    modules.map(([given, where]) => [convention, JSON.stringify(given), given, where] as const),
  );

  it.each(broken)("%s sees %s", (convention, _text, given, where) => {
    expect(CONVENTIONS[convention]?.(document(given))).toEqual([where]);
  });

  it("keeps any convention is proven for every one of them", () => {
    expect(Object.keys(BROKEN).sort()).toEqual(Object.keys(CONVENTIONS).sort());
  });
});

/** The good module with some of its sections replaced. */
function document(sections: JsonObject): ModuleDocument {
  const terraform: JsonObject = { ...GOOD, ...sections };
  return { name: "m", terraform, layout: [] };
}

function required(terraform: JsonObject): JsonObject {
  return { terraform: { ...GOOD.terraform, ...terraform } };
}

function provider(aws: JsonObject): JsonObject {
  return required({ required_providers: { aws } });
}

function variable(changes: Record<string, string | boolean | null | undefined>): JsonObject {
  const name = Object.entries({ ...GOOD.variable.name, ...changes });
  const kept = name.filter(([, value]) => value !== undefined) as [
    string,
    string | boolean | null,
  ][];
  return { variable: { name: Object.fromEntries(kept) } };
}

function lifecycle(lifecycle: JsonObject): JsonObject {
  const { this: policy } = GOOD.resource.aws_iam_policy;
  return { resource: { aws_iam_policy: { this: { ...policy, lifecycle } } } };
}

function validation(condition: string, error_message: string): JsonObject {
  const name = { ...GOOD.variable.name, validation: [{ condition, error_message }] };
  return { variable: { name } };
}
