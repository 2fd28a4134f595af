import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { adoptErrors, type ErrorsRequest } from "../../../lib/adoption/adopt-errors.js";
import { AdoptionError } from "../../../lib/adoption/errors.js";
import { terraformErrors } from "../../../lib/adoption/terraform-errors.js";

const ARN = "arn:aws:iam::123456789012:policy";

/** What Terraform 1.11 with AWS provider 5.100 wrote where everything existed already. */
const WRITTEN = {
  plain: textOf("apply-plain.txt"),
  terminal: textOf("apply-terminal.txt"),
  json: textOf("apply-json.txt"),
};

/** What `cdktf deploy` wrote where a run that was killed had made everything. */
const DEPLOYED = textOf("deploy-cdktf.txt");

const EXISTS = {
  user: "creating IAM User (u): EntityAlreadyExists: User u already exists",
  role: "creating IAM Role (r): EntityAlreadyExists: Role with name r already exists.",
  policy: "creating IAM Policy (p): EntityAlreadyExists: A policy called p already exists.",
};

describe("what exists is imported at the addresses of the errors", () => {
  it.each([
    { how: "without colours", text: WRITTEN.plain },
    {
      how: "with times before the lines",
      text: WRITTEN.plain.replaceAll(/^/gm, "2026-11-30T20:08:56Z "),
    },
    { how: "with line ends of Windows", text: WRITTEN.plain.replaceAll("\n", "\r\n") },
  ])("where it is written $how", ({ text }) => {
    expect(importsOf(text)).toEqual({
      "module.remotion.aws_iam_role.execution_role[0]": "remotion-execution-role",
      "module.remotion.aws_iam_policy.executionrole_policy[0]": `${ARN}/remotion-executionrole-policy`,
      "module.remotion.aws_iam_role.lambda_role": "remotion-lambda-role",
      "module.remotion.aws_iam_policy.lambda_role[0]": `${ARN}/remotion-lambda-policy`,
      "module.remotion.aws_iam_user.user[0]": "remotion-user",
      "module.remotion.aws_iam_policy.user[0]": `${ARN}/remotion-user-policy`,
    });
  });

  it("where it is written with colours and boxes", () => {
    expect(importsOf(WRITTEN.terminal)).toEqual({
      "module.remotion.aws_iam_role.execution_role[0]": "remotion-execution-role",
      "module.remotion.aws_iam_policy.executionrole_policy[0]": `${ARN}/remotion-executionrole-policy`,
    });
  });

  it("where it is written by cdktf deploy, with the paths of constructs", () => {
    expect(importsOf(DEPLOYED)).toEqual({
      "aws_iam_policy.executionrole_policy[0]": `${ARN}/remotion-executionrole-policy`,
      "aws_iam_role.lambda_role": "remotion-lambda-role",
      "aws_iam_user.user[0]": "remotion-user",
    });
  });

  it("where it is written for programs, with -json", () => {
    expect(Object.keys(importsOf(WRITTEN.json)).length).toBeGreaterThan(2);
    expect(importsOf(WRITTEN.json)).toMatchObject({
      "module.remotion.aws_iam_role.lambda_role": "remotion-lambda-role",
    });
  });

  it.each([
    {
      what: "a user",
      says: "creating IAM User (u): operation error IAM: CreateUser, EntityAlreadyExists: User u already exists",
      at: "aws_iam_user.user[0]",
      id: "u",
    },
    {
      what: "a role, as AWS provider 5.0 says it",
      says: "creating IAM Role (r): EntityAlreadyExists: Role with name r already exists.\n\tstatus code: 409, request id: 1b2c",
      at: "aws_iam_role.this",
      id: "r",
    },
    {
      what: "an instance profile",
      says: "creating IAM Instance Profile (p): operation error IAM: CreateInstanceProfile, EntityAlreadyExists: Instance Profile p already exists.",
      at: "aws_iam_instance_profile.this[0]",
      id: "p",
    },
    {
      what: "a policy without parentheses around its name",
      says: "creating IAM Policy a+b=c,d.e@f-1: EntityAlreadyExists: A policy called a+b=c,d.e@f-1 already exists.",
      at: 'module.a["eu"].module.b[1].aws_iam_policy.this["1"]',
      id: `${ARN}/a+b=c,d.e@f-1`,
    },
  ])("of whatever type: $what", ({ says, at, id }) => {
    expect(importsOf(told(says, at))).toEqual({ [at]: id });
    expect(importsOf(toldAsJson(says, at))).toEqual({ [at]: id });
  });

  it("once where it is told twice, and in the path and partition given", () => {
    const text = told(EXISTS.policy, "aws_iam_policy.this");

    expect(importsOf(text + text, { path: "/video/", partition: "aws-cn" })).toEqual({
      "aws_iam_policy.this": "arn:aws-cn:iam::123456789012:policy/video/p",
    });
  });

  it("within the module that is named alone", () => {
    const text =
      told(EXISTS.role, "module.a.aws_iam_role.this") +
      told(EXISTS.user, "module.ab.aws_iam_user.this");

    expect(importsOf(text, { address: "module.a" })).toEqual({ "module.a.aws_iam_role.this": "r" });
    expect(notesOf(text, { address: "module.a" })).toContain(
      "module.ab.aws_iam_user.this is not in module.a: left out.",
    );
  });
});

describe("what is not imported is said", () => {
  it.each([
    {
      what: "an access key",
      text: told(
        "creating IAM Access Key (u): LimitExceeded: Cannot exceed quota",
        "aws_iam_access_key.user[0]",
      ),
      says: /^aws_iam_access_key\.user\[0\] cannot be imported, as its secret was told once and got lost: /,
    },
    {
      what: "a type of no module here",
      text: told(
        "creating S3 Bucket (b): BucketAlreadyExists EntityAlreadyExists",
        "aws_s3_bucket.b",
      ),
      says: /^aws_s3_bucket\.b exists already, and is nothing that a module of this project makes/,
    },
    {
      what: "a type that the error is not about",
      text: told(EXISTS.role, "aws_iam_user.user[0]"),
      says: /^aws_iam_user\.user\[0\] exists already, and is nothing/,
    },
    {
      what: "a name that is too long",
      text: told(
        `creating IAM User (${"u".repeat(65)}): EntityAlreadyExists: `,
        "aws_iam_user.user[0]",
      ),
      says: /^aws_iam_user\.user\[0\] exists already, and is nothing/,
    },
    {
      what: "an error without an address",
      text: "Error: creating IAM Role (r): EntityAlreadyExists: Role with name r already exists.\n",
      says: /^An error says that something exists already, and not at which address: left out\.$/,
    },
    {
      what: "another error",
      text: told(
        "putting IAM Role (r) Policy (p): Throttling: Rate exceeded",
        "aws_iam_role_policy.this[0]",
      ),
      says: /^1 of 2 errors are about something else: apply again, and see\.$/,
    },
  ])("$what", ({ text, says }) => {
    const whole = text + told(EXISTS.user, "aws_iam_user.other");

    expect(importsOf(whole)).toEqual({ "aws_iam_user.other": "u" });
    expect(notesOf(whole)).toContainEqual(expect.stringMatching(says));
  });

  it.each([
    ["a block's end", 'aws_iam_user.a["x"] } resource "null" "b" {'],
    ["a template", 'aws_iam_user.a["${file("/etc/passwd")}"]'],
    ["a directive", 'aws_iam_user.a["%{ for x in y }"]'],
    ["a quote", 'aws_iam_user.a["x\\"]'],
    ["a control character", 'aws_iam_user.a["\u001b[2J"]'],
    ["a data source", "data.aws_iam_user.a"],
  ])("is an address with %s: nothing of it is written", (_what, address) => {
    for (const text of [toldAsJson(EXISTS.user, address), told(EXISTS.user, address)]) {
      expect(() => importsOf(text)).toThrow(AdoptionError);
    }
  });

  it("ends in time, whatever the text is", () => {
    const long = "Error: creating IAM Role ((with with with module.a[".repeat(20_000);
    const began = performance.now();

    expect(() =>
      importsOf(`${long}\n{"diagnostic":${"[".repeat(1000)}\n${"with ".repeat(200_000)}`),
    ).toThrow(AdoptionError);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe("errors that leave something open are refused", () => {
  it.each([
    {
      what: "no error at all",
      text: "Apply complete! Resources: 0 added, 0 changed, 0 destroyed.",
      says: "There is nothing to import: the text has no error of Terraform's, and none that says",
    },
    {
      what: "a warning that speaks of one",
      text: `${told("creating nothing", "aws_iam_user.a")}Warning: ${EXISTS.role}\n  with aws_iam_role.r,\n`,
      says: "the text has 1 error of Terraform's, and none that says",
    },
    {
      what: "a policy without an account",
      text: told(EXISTS.policy, "aws_iam_policy.this"),
      request: { accountId: undefined },
      says: "The policy p is imported by ARN, which no error tells: give --account with",
    },
    {
      what: "one name at two addresses",
      text:
        told(EXISTS.role, "module.a.aws_iam_role.this") +
        told(EXISTS.role, "module.b.aws_iam_role.this"),
      says: "r is wanted at module.a.aws_iam_role.this, module.b.aws_iam_role.this, and is one thing",
    },
    {
      what: "two names at one address",
      text:
        told(EXISTS.role, "aws_iam_role.this") +
        told(EXISTS.role.replaceAll(/\br\b/g, "s"), "aws_iam_role.this"),
      says: "aws_iam_role.this is said to be r and s: give the text of the last apply alone.",
    },
  ])("$what", ({ text, request = {}, says }) => {
    expect(() => importsOf(text, request)).toThrow(says);
  });
});

/** An error as Terraform and OpenTofu write it for a reader. */
function told(message: string, address: string): string {
  return `Error: ${message}\n\n  with ${address},\n  on main.tf line 1, in resource "a" "b":\n   1: resource "a" "b" {\n\n`;
}

/** The same with `-json`. */
function toldAsJson(summary: string, address: string): string {
  const diagnostic = { severity: "error", summary, detail: "", address };
  return `${JSON.stringify({ "@level": "error", "@message": `Error: ${summary}`, type: "diagnostic", diagnostic })}\n`;
}

function adopted(text: string, request: Partial<ErrorsRequest> = {}) {
  return adoptErrors(
    {
      address: undefined,
      accountId: "123456789012",
      partition: "aws",
      path: undefined,
      ...request,
    },
    terraformErrors(text),
  );
}

function importsOf(text: string, request: Partial<ErrorsRequest> = {}) {
  return Object.fromEntries(adopted(text, request).imports.map(({ to, id }) => [to, id]));
}

function notesOf(text: string, request: Partial<ErrorsRequest> = {}): readonly string[] {
  return adopted(text, request).notes;
}

function textOf(fixture: string): string {
  return readFileSync(new URL(`./fixtures/${fixture}`, import.meta.url), "utf8");
}
