import { describe, expect, it } from "vitest";
import { compilePolicy } from "../../../lib/iam/evaluate/compile-policy.js";
import { UnreadableFile } from "../../../lib/json/unreadable-file.js";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { policyText } from "../terraform/support/plan.js";

const TEXT = policyText("A");
const DOCUMENT = JSON.parse(TEXT);

/** A document as each of these may stand in an answer. */
const WRITTEN: Record<string, unknown> = {
  "as an object": DOCUMENT,
  "as text": TEXT,
  "in URL encoding": encodeURIComponent(TEXT),
  "in URL encoding, with small letters": encodeURIComponent(TEXT).replaceAll(/%../g, (code) =>
    code.toLowerCase(),
  ),
};

describe("an answer of the aws command line", () => {
  const ANSWERS: Record<string, [(document: unknown) => object, string, readonly string[]]> = {
    "get-role-policy": [
      (document) => ({ RoleName: "r", PolicyName: "p", PolicyDocument: document }),
      "p",
      [
        'It is attached to the role "r", which is not in the file: what else that role may do is not seen.',
      ],
    ],
    "get-user-policy": [
      (document) => ({ PolicyDocument: document, PolicyName: "p", UserName: "u" }),
      "p",
      [
        'It is attached to the user "u", which is not in the file: what else that user may do is not seen.',
      ],
    ],
    "get-group-policy": [
      (document) => ({ GroupName: "g", PolicyName: "p", PolicyDocument: document }),
      "p",
      [
        'It is attached to the group "g", which is not in the file: what else that group may do is not seen.',
      ],
    ],
    "get-policy-version": [
      (document) => ({
        PolicyVersion: { Document: document, VersionId: "v1", IsDefaultVersion: true },
      }),
      "policy",
      [],
    ],
  };

  it.each(
    Object.entries(ANSWERS).flatMap(([command, answer]) =>
      Object.entries(WRITTEN).map(
        ([form, document]) => [command, form, ...answer, document] as const,
      ),
    ),
  )("of %s, with the document %s", (_command, _form, answer, name, notes, document) => {
    expect(readPrincipals(JSON.stringify(answer(document)))).toMatchObject({
      source: "policy",
      principals: [{ kind: "policy", name, policies: [{ name, document: DOCUMENT }], notes }],
    });
  });

  it("of the inline policy of a permission set", () => {
    expect(readPrincipals(JSON.stringify({ InlinePolicy: TEXT })).principals).toMatchObject([
      { policies: [{ name: "inline policy", document: DOCUMENT }] },
    ]);
  });

  it.each(["%7B%", "%7Bx", "{", "no document"])("keeps a document that is none: %s", (text) => {
    const answer = { RoleName: "r", PolicyName: "p", PolicyDocument: text };
    const [policy] = readPrincipals(JSON.stringify(answer)).principals[0]?.policies ?? [];

    expect(policy?.document).toBeTypeOf("string");
  });

  it.each([
    [
      "get-role",
      { Role: { RoleName: "r", Arn: "arn:aws:iam::1:role/r", AssumeRolePolicyDocument: DOCUMENT } },
    ],
    ["get-user", { User: { UserName: "u", Arn: "arn:aws:iam::1:user/u" } }],
    ["get-policy", { Policy: { PolicyName: "p", Arn: "arn:aws:iam::1:policy/p" } }],
    ["get-group", { Group: { GroupName: "g", Arn: "arn:aws:iam::1:group/g" }, Users: [] }],
    ["list-policy-versions", { Versions: [], Marker: "x" }],
    ["list-roles", { Roles: [] }],
  ])("of %s has no policy", (command, answer) => {
    const read = () => readPrincipals(JSON.stringify(answer));

    expect(read).toThrow(UnreadableFile);
    expect(read).toThrow(
      `as \`aws iam ${command}\` gives it, which does not have the text of a policy`,
    );
    expect(read).toThrow("aws iam get-role-policy --role-name ROLE --policy-name POLICY");
  });

  it.each([
    ["list-role-policies", { PolicyNames: ["p"], IsTruncated: false }],
    ["list-attached-role-policies", { AttachedPolicies: [] }],
    ["list-groups-for-user", { Groups: [] }],
  ])("of %s alone is nobody's", (command, answer) => {
    const read = () => readPrincipals(JSON.stringify(answer));

    expect(read).toThrow(UnreadableFile);
    expect(read).toThrow(`as \`aws iam ${command}\` gives it does not say whom it is about`);
  });

  it("with a key twice in its document is refused, whichever of the two comes last", () => {
    const text = TEXT.replace('"Effect"', '"Effect":"Deny","Effect"');
    const answer = `{"RoleName":"r","PolicyName":"p","PolicyDocument":${text}}`;
    const [policy] = readPrincipals(answer).principals[0]?.policies ?? [];

    expect(() => compilePolicy(policy?.document, "p")).toThrow('the key "Effect" twice');
  });

  it.each([{ Role: "admin" }, { Roles: { a: 1 } }, { User: { Arn: "a" }, name: "x" }])(
    "is not any file with such a key: %j",
    (content) => {
      expect(() => readPrincipals(JSON.stringify(content))).toThrow("neither a plan, nor a state");
    },
  );
});
