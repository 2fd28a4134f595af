import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import {
  arn,
  attached,
  details,
  document,
  inline,
  policy,
  role,
  user,
} from "../aws-account/support/answers.js";
import { runRecorded } from "../support/recording-console.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "verify-account-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs `verify` on files of these texts. */
async function verify(texts: readonly string[], ...args: string[]) {
  const files = texts.map((text, index) => {
    const file = join(folder, `answer-${index}.json`);
    writeFileSync(file, text);
    return file;
  });
  return runRecorded("verify", ...files, ...args);
}

const SERVICE_LINKED = "/aws-service-role/lambda.amazonaws.com/";

/** Remotion's set-up as its guide has one click it, and somebody else. */
const LISTS = {
  UserDetailList: [
    user("remotion-user", { UserPolicyList: [inline("remotion-user-policy", userPolicy())] }),
  ],
  RoleDetailList: [
    role("remotion-lambda-role", {
      AttachedManagedPolicies: [attached(arn("policy", "remotion-lambda-policy"))],
    }),
    role("AWSServiceRoleForLambda", {
      Path: SERVICE_LINKED,
      Arn: arn("role", "AWSServiceRoleForLambda", SERVICE_LINKED),
      RolePolicyList: [inline("all", document("All", { Action: "*" }))],
    }),
  ],
  Policies: [
    policy("remotion-lambda-policy", {
      AttachmentCount: 1,
      PolicyVersionList: [
        { Document: rolePolicy(), VersionId: "v1", IsDefaultVersion: true, CreateDate: "" },
      ],
    }),
  ],
};

describe("verify, of an account", () => {
  it("says of everybody what it says of a plan, and by which ARN they are known", async () => {
    const { exitCode, results, notes } = await verify([details(LISTS)]);

    expect(results).toContain(`remotion-user (${arn("user", "remotion-user")}), as a user`);
    expect(results).toContain(`remotion-lambda-role (${arn("role", "remotion-lambda-role")})`);
    expect(notes).toContain("Nothing to do with Remotion: AWSServiceRoleForLambda.");
    expect(exitCode).toBe(0);
  });

  it("takes ARNs for names", async () => {
    const part = `${arn("user", "remotion-user")}=render`;
    const { exitCode, results } = await verify([details(LISTS)], "--user", part);

    expect(results).toContain("profile render");
    expect(exitCode).toBe(0);
  });

  it("is of the account whose number is given, or refused", async () => {
    const own = await verify([details(LISTS)], "--account", "123456789012");
    const other = await verify([details(LISTS)], "--account", "210987654321");

    expect(own.exitCode).toBe(0);
    expect(other.exitCode).toBe(2);
    expect(other.notes).toContain("The answer is of the account 123456789012");
  });

  it("reads pages from several files, and from one", async () => {
    const { RoleDetailList, Policies, ...first } = LISTS;
    const pages = [
      details(first, { IsTruncated: true, Marker: "m" }),
      details({ RoleDetailList, Policies }, { IsTruncated: false }),
    ];
    const whole = await verify([details(LISTS)]);

    expect(await verify(pages)).toEqual(whole);
    expect(await verify([pages.join("\n")])).toEqual(whole);
  });

  it("ends with 3 where a page is missing, although nothing else is", async () => {
    const cut = [details(LISTS, { IsTruncated: true, Marker: "m" })];
    const { exitCode, notes } = await verify(cut);
    const report = JSON.parse((await verify(cut, "--json")).results);

    expect(exitCode).toBe(3);
    expect(notes).toContain("The answer has more pages");
    expect(report).toMatchObject({ complete: "untold", incomplete: expect.any(String) });
    expect((await verify(cut, "--allow-untold")).exitCode).toBe(0);
    // Who is asked for alone is there.
    expect((await verify(cut, "--principal", "remotion-user")).exitCode).toBe(0);
  });

  it("ends with 1 where something is missing, missing pages or not", async () => {
    const lists = {
      UserDetailList: [user("remotion-user", { UserPolicyList: [inline("other")] })],
    };

    expect((await verify([details(lists)])).exitCode).toBe(1);
    expect((await verify([details(lists, { IsTruncated: true })])).exitCode).toBe(1);
  });

  it("puts answers about one role together, and says what to give besides", async () => {
    const answers = [
      { Role: role("remotion-lambda-role") },
      { PolicyNames: ["own"] },
      { RoleName: "remotion-lambda-role", ...inline("own", rolePolicy()) },
    ].map((answer) => JSON.stringify(answer));
    const lacking = await verify(answers);

    expect(lacking.exitCode).toBe(3);
    expect(lacking.results).toContain(
      "give: the answer of `aws iam list-attached-role-policies --role-name remotion-lambda-role`",
    );
    expect((await verify([...answers, '{"AttachedPolicies": []}'])).exitCode).toBe(0);
  });

  it("does not call those strangers of whose policies something is not told", async () => {
    const attached = {
      AttachedManagedPolicies: [
        { PolicyArn: "arn:aws:iam::123456789012:policy/x", PolicyName: "x" },
      ],
    };
    const lists = { ...LISTS, UserDetailList: [user("bare"), { ...user("api"), ...attached }] };
    const { notes } = await verify([details(lists)]);

    expect(notes).toMatch(/^Nothing to do with Remotion: .*\bbare\b/m);
    expect(notes).toMatch(/^Nothing to do with Remotion by what is told, .*: api\.$/m);
  });

  it("is no policy to give beside a file", async () => {
    const given = join(folder, "policy.json");
    writeFileSync(given, details(LISTS));
    const { exitCode, notes } = await verify([details(LISTS)], "--policy", `p=${given}`);

    expect(notes).toContain("which is an account and no policy");
    expect(exitCode).toBe(2);
  });

  it.each<[string, string[], string]>([
    [
      "a name of control characters",
      [details({ UserDetailList: [user("\u001b[2J\u0007")] })],
      "has the Arn",
    ],
    [
      "a plan beside it",
      [details(LISTS), '{"format_version":"1.2","planned_values":{}}'],
      "and 1 more: ",
    ],
    ["the answer as text", ["USERDETAILLIST\tarn:aws:iam::1:user/u\n"], "--output json"],
    ["the answer as YAML", ["GroupDetailList: []\nPolicies:\n"], "--output json"],
    ["the answer as a table", ["-----\n|  GetAccountAuthorizationDetails  |\n"], "--output json"],
  ])("ends with 2 and a sentence for %s", async (_what, texts, says) => {
    const { exitCode, results, notes } = await verify(texts);

    expect(exitCode).toBe(2);
    expect(results).toBe("");
    expect(notes).toContain(says);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(notes).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});
