import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { userPolicy } from "../../../lib/remotion/policies.js";
import { runRecorded } from "../support/recording-console.js";
import { stateOf } from "../terraform/support/configuration.js";

/* `verify` with the policies that decide beside those of the file, from the options to the exit code. */

const ACCOUNT = "123456789012";
const BUCKET = "remotionlambda-useast1-abc1234567";
const USER = `arn:aws:iam::${ACCOUNT}:user/remotion-user`;
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const NOT_LOOKED_AT =
  "Not looked at: service control policies, resource control policies, bucket policies, key policies.";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "verify-outside-"));
  write("state.json", stateOf(PEOPLE));
  write("namespace.json", NAMESPACE);
  write("lambda.json", allow("lambda:*"));
  write("rest.json", {
    ...policy(),
    Statement: [{ Effect: "Allow", NotAction: "lambda:*", Resource: "*" }],
  });
  write(
    "rcp.json",
    policy({ Effect: "Deny", Principal: "*", Action: "s3:DeleteObject", Resource: "*" }),
  );
  write("bucket.json", DENY_WRITING);
});
afterAll(() => rmSync(folder, { recursive: true }));

type Statement = Readonly<Record<string, unknown>>;
const policy = (...statements: readonly Statement[]) => ({
  Version: "2012-10-17",
  Statement: statements,
});
const allow = (action: string) => policy({ Effect: "Allow", Action: action, Resource: "*" });

const NAMESPACE = policy({
  Sid: "AccountRegionalNamespace",
  Effect: "Deny",
  Action: "s3:CreateBucket",
  Resource: "*",
  Condition: { StringNotEquals: { "s3:x-amz-bucket-namespace": "account-regional" } },
});
const DENY_WRITING = policy({
  Effect: "Deny",
  Principal: { AWS: USER },
  Action: "s3:PutObject",
  Resource: `arn:aws:s3:::${BUCKET}/*`,
});

const PEOPLE = [
  { address: "aws_iam_user.u", values: { name: "remotion-user", path: "/", arn: USER } },
  {
    address: "aws_iam_user_policy.u",
    values: { name: "p", user: "remotion-user", policy: JSON.stringify(userPolicy()) },
  },
];
const ENCRYPTED = {
  address: "aws_s3_bucket_server_side_encryption_configuration.b",
  values: {
    bucket: BUCKET,
    rule: [
      {
        apply_server_side_encryption_by_default: [
          { sse_algorithm: "aws:kms", kms_master_key_id: KEY },
        ],
      },
    ],
  },
};

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

const at = (name: string) => join(folder, name);
const verify = (...options: readonly string[]) =>
  runRecorded("verify", at("state.json"), ...options);

describe("verify without policies beside the file", () => {
  it("says in one line what it did not look at, and that changes nothing", async () => {
    const { exitCode, results, notes } = await verify();

    expect(exitCode).toBe(0);
    expect(results).toContain("39 of 39 allowed");
    expect(notes).toBe(NOT_LOOKED_AT);
  });

  it.each(["markdown", "sarif", "junit", "json"])("says it in %s, too", async (format) => {
    const { exitCode, results } = await verify("--format", format);

    expect(exitCode).toBe(0);
    for (const kind of ["service control", "resource control", "bucket", "key"]) {
      expect(results).toContain(`${kind} policies`);
    }
  });
});

describe("verify --scp", () => {
  it("names the policy that denies", async () => {
    const { exitCode, results, notes } = await verify("--scp", at("namespace.json"));

    expect(exitCode).toBe(1);
    expect(results).toContain(
      `denied by the service control policy ${at("namespace.json")}, statement AccountRegionalNamespace`,
    );
    expect(results).toContain("none: the service control policy has to allow it");
    expect(notes).toContain("Not looked at: resource control policies, bucket policies,");
  });

  it.each(["markdown", "sarif", "junit", "json"])("names it in %s, too", async (format) => {
    const { exitCode, results } = await verify(
      ...["--scp", at("namespace.json"), "--format", format],
    );

    expect(exitCode).toBe(1);
    expect(results).toContain("denied by the service control policy");
    expect(results).toContain("statement AccountRegionalNamespace");
  });

  it("unites the policies of a level, and intersects levels", async () => {
    const together = ["--scp", at("lambda.json"), "--scp", at("rest.json")];
    const apart = ["--scp", `root=${at("lambda.json")}`, "--scp", `unit=${at("rest.json")}`];

    expect((await verify(...together)).exitCode).toBe(0);
    const { exitCode, results } = await verify(...apart);
    expect(exitCode).toBe(1);
    expect(results).toContain("no service control policy of the level root allows it");
    expect(results).toContain("no service control policy of the level unit allows it");
  });

  it("has no fix", async () => {
    const { results } = await verify("--scp", at("namespace.json"), "--fix");

    expect(results).toContain("Nothing to add: no statement helps with s3:CreateBucket");
    expect(results).toContain("denied by the service control policy");
  });

  it.each(["", "=", "root=", `=${"x.json"}`])("refuses %j", async (value) => {
    const { exitCode, notes } = await verify("--scp", value);

    expect(exitCode).toBe(2);
    expect(notes).not.toBe("");
  });
});

describe("verify --rcp, --bucket-policy and --key-policy", () => {
  it("name the resource control policy that denies", async () => {
    const { exitCode, results } = await verify("--rcp", at("rcp.json"));

    expect(exitCode).toBe(1);
    expect(results).toContain(
      `denied by the resource control policy ${at("rcp.json")}, Statement[0]`,
    );
  });

  it("name the bucket policy that denies", async () => {
    const { exitCode, results } = await verify("--bucket-policy", `${BUCKET}=${at("bucket.json")}`);

    expect(exitCode).toBe(1);
    expect(results).toContain(`denied by the bucket policy ${at("bucket.json")}, Statement[0]`);
  });

  it("leave out, and say so, what concerns nothing that is asked for", async () => {
    const { exitCode, notes } = await verify(
      ...["--bucket-policy", `other=${at("bucket.json")}`],
      ...["--key-policy", `${KEY}=${at("bucket.json")}`],
    );

    expect(exitCode).toBe(0);
    expect(notes).toContain("decides nothing: nobody asks for the bucket other.");
    expect(notes).toContain(`is said to be encrypted by the key ${KEY}.`);
  });

  it("tell what a key is used for, once its policy is given", async () => {
    const state = write("encrypted.json", stateOf([...PEOPLE, ENCRYPTED]));
    const key = (principal: unknown) =>
      write(
        "key.json",
        policy({ Effect: "Allow", Principal: principal, Action: "kms:*", Resource: "*" }),
      );
    const verifyKey = (...options: readonly string[]) =>
      runRecorded("verify", state, "--user", "remotion-user=render", ...options);

    const untold = await verifyKey();
    expect(untold.exitCode).toBe(3);
    expect(untold.results).toContain(`give: --key-policy ${KEY}=FILE`);
    const named = await verifyKey("--key-policy", `${KEY}=${key({ AWS: USER })}`);
    expect(named.exitCode).toBe(0);
    const root = `arn:aws:iam::${ACCOUNT}:root`;
    const ofAccount = await verifyKey("--key-policy", `${KEY}=${key({ AWS: root })}`);
    expect(ofAccount.exitCode).toBe(1);
    expect(ofAccount.results).toContain("kms_key_arn");
  });

  it.each([
    ["--bucket-policy", "videos"],
    ["--bucket-policy", "arn:aws:s3:::videos=b.json"],
    ["--bucket-policy", "Videos=b.json"],
    ["--key-policy", "k.json"],
    ["--key-policy", "arn="],
  ])("refuse %s %s", async (option, value) => {
    const { exitCode, notes } = await verify(option, value);

    expect(exitCode).toBe(2);
    expect(notes).toContain(option);
  });
});

describe("verify --organization", () => {
  const perimeter = (operator: string, key: string, id: string) =>
    write(
      "perimeter.json",
      policy({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { [operator]: { [key]: id } },
      }),
    );
  const ID = "o-a1b2c3d4e5";

  it.each([
    ["StringNotEqualsIfExists", "aws:PrincipalOrgID", 0],
    ["StringNotEquals", "aws:ResourceOrgID", 0],
    ["StringEquals", "aws:PrincipalOrgID", 1],
  ])("tells what policies with %s of %s say", async (operator, key, exitCode) => {
    const options = ["--rcp", perimeter(operator, key, ID), "--user", "remotion-user=render"];

    const untold = await verify(...options);
    expect(untold.exitCode).toBe(3);
    expect(untold.results).toContain("give: --organization ID");
    expect((await verify(...options, "--organization", ID)).exitCode).toBe(exitCode);
  });

  it("refuses what is no id", async () => {
    const { exitCode, notes } = await verify("--organization", "123456789012");

    expect(exitCode).toBe(2);
    expect(notes).toContain("o-a1b2c3d4e5");
  });
});

describe("the file of options", () => {
  it("has them, too, and both count", async () => {
    const options = write("options.json", {
      serviceControlPolicies: [`root=${at("namespace.json")}`],
      resourceControlPolicies: [at("rcp.json")],
      bucketPolicies: { [BUCKET]: at("bucket.json") },
      keyPolicies: { [KEY]: at("bucket.json") },
    });
    const { exitCode, results, notes } = await verify("--options", options);

    expect(exitCode).toBe(1);
    for (const kind of ["service control", "resource control", "bucket"]) {
      expect(results).toContain(`denied by the ${kind} policy`);
    }
    expect(notes).not.toContain("Not looked at");
    const both = await verify("--options", options, "--scp", `root=${at("lambda.json")}`);
    expect(both.results).toContain("no service control policy of the level root allows it");
    expect(both.results).toContain("statement AccountRegionalNamespace");
  });

  it.each([
    ["serviceControlPolicies", "scp.json"],
    ["resourceControlPolicies", {}],
    ["bucketPolicies", ["b.json"]],
    ["keyPolicies", { key: 1 }],
  ])("has %s in their form alone", async (key, value) => {
    const { exitCode, notes } = await verify("--options", write("wrong.json", { [key]: value }));

    expect(exitCode).toBe(2);
    expect(notes).toContain(key);
  });
});

describe("a file with a policy", () => {
  const answers: readonly [name: string, content: unknown][] = [
    [
      "as `aws organizations describe-policy` answers",
      { Policy: { PolicySummary: {}, Content: JSON.stringify(NAMESPACE) } },
    ],
    ["with the policy alone", NAMESPACE],
  ];

  it.each(answers)("is read %s", async (_name, content) => {
    const { exitCode, results } = await verify("--scp", write("answer.json", content));

    expect(exitCode).toBe(1);
    expect(results).toContain("statement AccountRegionalNamespace");
  });

  it("is read as `aws s3api get-bucket-policy` answers", async () => {
    const file = write("answer.json", { Policy: JSON.stringify(DENY_WRITING) });

    expect((await verify("--bucket-policy", `${BUCKET}=${file}`)).exitCode).toBe(1);
  });

  const refused: readonly [name: string, content: unknown, says: string][] = [
    ["is empty", "", "empty"],
    ["is no JSON", "{", "JSON"],
    ["is no policy", {}, "no policy"],
    ["is a plan", { planned_values: {} }, "no policy"],
    ["has two documents", `${JSON.stringify(NAMESPACE)}${JSON.stringify(NAMESPACE)}`, "no policy"],
    ["names a principal", DENY_WRITING, "names no principal"],
    [
      "has a key twice",
      '{"Statement":[{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}]}',
      '"Effect"',
    ],
    [
      "has a key twice in its text",
      {
        Policy: {
          Content: '{"Statement":[{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}]}',
        },
      },
      '"Effect"',
    ],
    [
      "has an effect that is none",
      policy({ Effect: "deny", Action: "*", Resource: "*" }),
      "Effect",
    ],
  ];

  it.each(refused)("is refused where it %s", async (_name, content, says) => {
    const file = write("refused.json", content);
    const { exitCode, notes } = await verify("--scp", file);

    expect(exitCode).toBe(2);
    expect(notes).toContain(file);
    expect(notes).toContain(says);
  });

  it.each([
    ["--rcp", policy({ Effect: "Deny", Principal: { AWS: USER }, Action: "*", Resource: "*" })],
    ["--rcp", NAMESPACE],
    ["--bucket-policy", NAMESPACE],
    ["--key-policy", NAMESPACE],
  ])("is refused for %s where it is of another kind", async (option, content) => {
    const file = write("other.json", content);
    const prefix = { "--rcp": "", "--bucket-policy": `${BUCKET}=`, "--key-policy": `${KEY}=` }[
      option
    ];
    const { exitCode, notes } = await verify(option, `${prefix}${file}`);

    expect(exitCode).toBe(2);
    expect(notes).toContain("Principal");
  });

  it("that is not there is said to be", async () => {
    const { exitCode, notes } = await verify("--scp", at("nowhere.json"));

    expect(exitCode).toBe(2);
    expect(notes).toContain("nowhere.json");
  });

  it.each(["text", "markdown", "sarif", "junit", "json"])(
    "has a name and a statement that reach %s harmless",
    async (format) => {
      const hostile = "a\u001b[31m\u202e<b>](http:x)|::error::\n";
      const { Statement } = DENY_WRITING;
      const file = write(`x\u001b[2J\u0007.json`, {
        ...policy(),
        Statement: Statement.map((one) => ({ ...one, Sid: hostile })),
      });
      const { exitCode, results, notes } = await verify(
        ...["--bucket-policy", `${BUCKET}=${file}`, "--format", format],
      );

      expect(exitCode).toBe(1);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(`${results}${notes}`).not.toMatch(/[\u0007\u001b\u202e]|^::error::/m);
    },
  );
});

describe("verify --iam-collect", () => {
  const OTHER = "210987654321";
  const SCP = `arn:aws:organizations::${OTHER}:policy/o-a1/service_control_policy`;
  const RCP = `arn:aws:organizations::${OTHER}:policy/o-a1/resource_control_policy`;
  const ACCOUNTS = `aws/aws/accounts/${ACCOUNT}`;
  const ORGANIZATION = "aws/aws/organizations/o-a1";

  /** A folder as iam-collect writes it, in which some files are others, or are not there. */
  function collected(name: string, others: Readonly<Record<string, unknown>> = {}): string {
    const files: Record<string, unknown> = {
      [`${ACCOUNTS}/organization.json`]: { organizationId: "o-a1" },
      [`${ACCOUNTS}/s3/${BUCKET}/metadata.json`]: { name: BUCKET, region: "us-east-1" },
      [`${ACCOUNTS}/s3/${BUCKET}/encryption.json`]: [
        { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
      ],
      [`${ACCOUNTS}/s3/something-else/policy.json`]: DENY_WRITING,
      [`${ORGANIZATION}/metadata.json`]: { id: "o-a1", rootOu: "r-ab12", rootAccountId: OTHER },
      [`${ORGANIZATION}/accounts.json`]: {
        [ACCOUNT]: {
          ou: "ou-ab12-cd",
          scps: [`${SCP}/p-FullAWSAccess`],
          rcps: [`${RCP}/p-RCPFullAWSAccess`],
        },
      },
      [`${ORGANIZATION}/ous.json`]: {
        "ou-ab12-cd": { parent: "r-ab12", scps: [`${SCP}/p-FullAWSAccess`], rcps: [] },
        "r-ab12": { scps: [`${SCP}/p-FullAWSAccess`], rcps: [] },
      },
      [`${ORGANIZATION}/scps/p-fullawsaccess/policy.json`]: allow("*"),
      [`${ORGANIZATION}/rcps/p-rcpfullawsaccess/policy.json`]: policy({
        Effect: "Allow",
        Principal: "*",
        Action: "*",
        Resource: "*",
      }),
      ...others,
    };
    for (const [path, content] of Object.entries(files)) {
      if (content !== undefined) {
        const file = join(folder, name, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
      }
    }
    return at(name);
  }
  const withPolicy = (list: "scps" | "rcps", where: "account" | "unit", document: object) => {
    const target = { ou: "ou-ab12-cd", parent: "r-ab12", scps: [], rcps: [] };
    const arn = `${list === "scps" ? SCP : RCP}/p-Own1`;
    const file = where === "account" ? "accounts" : "ous";
    const id = where === "account" ? ACCOUNT : "ou-ab12-cd";
    const kept = file === "accounts" ? {} : { "r-ab12": { scps: [], rcps: [] } };
    return {
      [`${ORGANIZATION}/${file}.json`]: { ...kept, [id]: { ...target, [list]: [arn] } },
      [`${ORGANIZATION}/${list}/p-own1/policy.json`]: document,
    };
  };

  it("knows the organization, the buckets and the keys of an account", async () => {
    const { exitCode, notes } = await verify("--iam-collect", collected("complete"));

    expect(exitCode).toBe(0);
    expect(notes).toBe("");
  });

  const cases: readonly [name: string, others: Record<string, unknown>, says: string][] = [
    [
      "a unit's service control policy",
      withPolicy("scps", "unit", NAMESPACE),
      "denied by the service control policy",
    ],
    [
      "the account's service control policy",
      withPolicy("scps", "account", NAMESPACE),
      "statement AccountRegionalNamespace",
    ],
    [
      "what a level does not allow",
      withPolicy("scps", "unit", allow("lambda:*")),
      "no service control policy of the level ou-ab12-cd allows it",
    ],
    [
      "a resource control policy",
      withPolicy(
        "rcps",
        "account",
        policy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }),
      ),
      "denied by the resource control policy",
    ],
    [
      "a bucket policy",
      { [`${ACCOUNTS}/s3/${BUCKET}/policy.json`]: DENY_WRITING },
      `denied by the bucket policy ${ACCOUNTS}/s3/${BUCKET}/policy.json`,
    ],
    [
      "a key's policy",
      {
        [`${ACCOUNTS}/s3/${BUCKET}/encryption.json`]: [
          { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: KEY } },
        ],
        [`${ACCOUNTS}/kms/us-east-1/key/1234abcd-12ab-34cd-56ef-1234567890ab/policy.json`]: policy({
          Effect: "Allow",
          Principal: { AWS: OTHER },
          Action: "*",
          Resource: "*",
        }),
      },
      "the key's policy does not allow it",
    ],
  ];

  it.each(cases)("names %s", async (name, others, says) => {
    const given = collected(name.replaceAll(" ", "-"), others);
    const { exitCode, results } = await verify("--iam-collect", given);

    expect(exitCode).toBe(1);
    expect(results).toContain(says);
  });

  it("leaves untold what it has not collected", async () => {
    const others = {
      ...withPolicy("scps", "unit", NAMESPACE),
      [`${ORGANIZATION}/scps/p-own1/policy.json`]: undefined,
    };
    const { exitCode, results } = await verify("--iam-collect", collected("without", others));

    expect(exitCode).toBe(3);
    expect(results).toContain("it is not in the folder");
  });

  it("exempts the account that manages the organization", async () => {
    const others = {
      ...withPolicy("scps", "account", NAMESPACE),
      [`${ORGANIZATION}/metadata.json`]: { id: "o-a1", rootAccountId: ACCOUNT },
    };

    expect((await verify("--iam-collect", collected("managing", others))).exitCode).toBe(0);
  });

  it("does not say of what is none that it was looked at", async () => {
    const others = { [`${ORGANIZATION}/accounts.json`]: {} };
    const { exitCode, notes } = await verify("--iam-collect", collected("apart", others));

    expect(exitCode).toBe(0);
    expect(notes).toBe("Not looked at: service control policies, resource control policies.");
  });

  it("reads the account that --account names", async () => {
    const two = collected("two", { [`aws/aws/accounts/${OTHER}/organization.json`]: {} });

    const several = await verify("--iam-collect", two);
    expect(several.exitCode).toBe(2);
    expect(several.notes).toContain("say which one with --account");
    expect((await verify("--iam-collect", two, "--account", ACCOUNT)).exitCode).toBe(0);
    const unknown = await verify("--iam-collect", two, "--account", "111111111111");
    expect(unknown.exitCode).toBe(2);
    expect(unknown.notes).toContain("has not the account");
  });

  it.each([
    ["is not there", "nowhere", {}],
    ["holds no account", "empty", { "aws/aws/indexes/x.json": {} }],
  ])("refuses a folder that %s", async (_name, name, files) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name, path)), { recursive: true });
      writeFileSync(join(folder, name, path), JSON.stringify(content));
    }
    const { exitCode, notes } = await verify("--iam-collect", at(name));

    expect(exitCode).toBe(2);
    expect(notes).toContain(at(name));
  });

  it.each([
    ["a file that is no JSON", { [`${ORGANIZATION}/accounts.json`]: "{" }],
    ["a key twice", { [`${ORGANIZATION}/ous.json`]: '{"a":1,"a":2}' }],
    ["a bucket's policy that is none", { [`${ACCOUNTS}/s3/${BUCKET}/policy.json`]: {} }],
  ])("refuses %s, with its path", async (name, others) => {
    const { exitCode, notes } = await verify("--iam-collect", collected(name, others));

    expect(exitCode).toBe(2);
    expect(notes).toContain(`${Object.keys(others)[0]}`);
  });

  it("has units in one another no deeper than AWS does", async () => {
    const others = {
      [`${ORGANIZATION}/ous.json`]: { "ou-ab12-cd": { parent: "ou-ab12-cd", scps: [], rcps: [] } },
    };

    expect((await verify("--iam-collect", collected("circle", others))).exitCode).toBe(0);
  });

  it("reads nothing outside of the folder", async () => {
    write("secret.json", NAMESPACE);
    const arn = `${SCP}/../../../../../../secret`;
    const others = {
      [`${ORGANIZATION}/accounts.json`]: { [ACCOUNT]: { scps: [arn, "/secret", ".."], rcps: [] } },
    };
    const { exitCode, results } = await verify("--iam-collect", collected("hostile", others));

    expect(exitCode).toBe(3);
    expect(results).not.toContain("AccountRegionalNamespace");
  });
});

describe("a file of theirs that cannot be read", () => {
  it.each([
    { option: "--scp", prefix: "root=", says: "organizations describe-policy" },
    { option: "--rcp", prefix: "", says: "organizations describe-policy" },
    { option: "--bucket-policy", prefix: `${BUCKET}=`, says: "s3api get-bucket-policy" },
    { option: "--key-policy", prefix: `${KEY}=`, says: "kms get-key-policy" },
  ])("is answered by how to get the right one, of $option", async ({ option, prefix, says }) => {
    const empty = join(folder, "empty.json");
    writeFileSync(empty, "");
    const { exitCode, notes } = await runRecorded(
      "verify",
      join(folder, "state.json"),
      option,
      `${prefix}${empty}`,
    );

    expect(exitCode).toBe(2);
    expect(notes).toContain(`empty.json: The file is empty`);
    expect(notes).toContain(says);
    expect(notes).not.toContain("plan.json");
  });
});
