import { describe, expect, it } from "vitest";
import { adoptAccount } from "../../../lib/adoption/adopt-account.js";
import type { Adoption } from "../../../lib/adoption/adoption.js";
import type { AdoptionRequest } from "../../../lib/adoption/adoption-request.js";
import { AdoptionError } from "../../../lib/adoption/errors.js";
import { accountContent } from "../../../lib/aws-account/read-account.js";
import { readContents } from "../../../lib/reading/file-content.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import {
  arn,
  attached,
  boundary,
  type Details,
  details,
  document,
  inline,
  policy,
  role,
  user,
  version,
} from "../aws-account/support/answers.js";

const REQUEST: AdoptionRequest = {
  module: "remotion-lambda",
  address: "module.m",
  user: { name: "remotion-user", policyName: "remotion-user-policy", policyType: "inline" },
  role: {
    name: "remotion-lambda-role",
    policyName: "remotion-lambda-policy",
    policyType: "managed",
  },
  callers: { policyName: "remotion-executionrole-policy", roleNames: {} },
  partition: "aws",
};

function adopt(lists: Details, request: Partial<AdoptionRequest> = {}): Adoption {
  const { resources } = accountContent(readContents([details(lists)], "all"));
  return adoptAccount({ ...REQUEST, ...request }, resources);
}

const managed = (name: string, text: object, path = "/") =>
  policy(name, {
    Path: path,
    Arn: arn("policy", name, path),
    PolicyVersionList: [version("v1", document("Old")), version("v2", text, true)],
    DefaultVersionId: "v2",
  });
const having = (...arns: string[]) => ({ AttachedManagedPolicies: arns.map(attached) });

const CALLERS = arn("policy", "remotion-executionrole-policy");
const ROLES_OWN = arn("policy", "remotion-lambda-policy");

const USER = user("remotion-user", {
  UserPolicyList: [inline("remotion-user-policy", userPolicy())],
});
const ROLE = role("remotion-lambda-role", having(ROLES_OWN));
const CALLER = role("video-api", having(CALLERS));
const POLICIES = [
  managed("remotion-lambda-policy", rolePolicy()),
  managed("remotion-executionrole-policy", userPolicy()),
];

describe("what an account has is imported", () => {
  it("all of it, with whatever has the policy for callers", () => {
    const adoption = adopt({
      UserDetailList: [user("other"), USER],
      RoleDetailList: [role("other", having("arn:aws:iam::aws:policy/A")), ROLE, CALLER],
      Policies: [managed("other", document("Other")), ...POLICIES],
    });

    expect(adoption).toMatchObject({
      moves: [],
      imports: [
        { to: "module.m.aws_iam_user.user[0]", id: "remotion-user" },
        { to: "module.m.aws_iam_user_policy.user[0]", id: "remotion-user:remotion-user-policy" },
        { to: "module.m.aws_iam_role.lambda_role", id: "remotion-lambda-role" },
        { to: "module.m.aws_iam_policy.lambda_role[0]", id: ROLES_OWN },
        {
          to: "module.m.aws_iam_role_policy_attachment.lambda_role[0]",
          id: `remotion-lambda-role/${ROLES_OWN}`,
        },
        { to: "module.m.aws_iam_policy.executionrole_policy[0]", id: CALLERS },
        {
          to: 'module.m.aws_iam_role_policy_attachment.executionrole_policy["video-api"]',
          id: `video-api/${CALLERS}`,
        },
      ],
      arguments: { lambda_role_policy_type: "managed", role_names: { "video-api": "video-api" } },
    });
    // What the answer does not tell may change; its policies do not.
    expect(adoption.changes).toEqual([
      { address: "module.m.aws_iam_user.user[0]", attributes: ["force_destroy"] },
      {
        address: "module.m.aws_iam_role.lambda_role",
        attributes: ["description", "max_session_duration"],
      },
      { address: "module.m.aws_iam_policy.lambda_role[0]", attributes: ["tags"] },
      { address: "module.m.aws_iam_policy.executionrole_policy[0]", attributes: ["tags"] },
    ]);
  });

  it("in its path, with tags and boundary, and policies that say something else", () => {
    const Tags = [
      { Key: "team", Value: "video" },
      { Key: "a b", Value: "" },
    ];
    const PermissionsBoundary = boundary(arn("policy", "limit"));
    const inPath = { Path: "/video/", Tags, PermissionsBoundary };
    const {
      imports,
      arguments: given,
      changes,
    } = adopt(
      {
        UserDetailList: [
          user("u", {
            ...inPath,
            Arn: arn("user", "u", "/video/"),
            UserPolicyList: [inline("remotion-user-policy", document("Own"))],
          }),
        ],
        RoleDetailList: [
          role("r", {
            ...inPath,
            Arn: arn("role", "r", "/video/"),
            ...having(arn("policy", "rp", "/video/")),
          }),
        ],
        Policies: [managed("rp", rolePolicy(), "/video/"), policy("limit")],
      },
      {
        user: { name: "u", policyName: "remotion-user-policy", policyType: "inline" },
        role: { name: "r", policyName: "rp", policyType: "managed" },
      },
    );

    expect(imports.map(({ id }) => id)).toEqual([
      "u",
      "u:remotion-user-policy",
      "r",
      arn("policy", "rp", "/video/"),
      `r/${arn("policy", "rp", "/video/")}`,
    ]);
    expect(given).toEqual({
      user_name: "u",
      lambda_role_name: "r",
      lambda_role_policy_name: "rp",
      lambda_role_policy_type: "managed",
      create_executionrole_policy: false,
      path: "/video/",
      tags: { "a b": "", team: "video" },
      permissions_boundary_arn: arn("policy", "limit"),
    });
    expect(changes).toContainEqual({
      address: "module.m.aws_iam_user_policy.user[0]",
      attributes: ["policy"],
    });
  });

  it("under the names that policies have, where they say what Remotion's say", () => {
    const { imports, arguments: given } = adopt({
      UserDetailList: [
        user("remotion-user", {
          UserPolicyList: [inline("mine", userPolicy()), inline("other", document("Other"))],
        }),
      ],
      RoleDetailList: [
        role("remotion-lambda-role", { RolePolicyList: [inline("rendering", rolePolicy())] }),
        role("video-api", having(arn("policy", "calling"))),
      ],
      Policies: [managed("calling", userPolicy()), managed("unused", userPolicy())],
    });

    expect(imports.map(({ id }) => id)).toEqual([
      "remotion-user",
      "remotion-user:mine",
      "remotion-lambda-role",
      "remotion-lambda-role:rendering",
      arn("policy", "calling"),
      `video-api/${arn("policy", "calling")}`,
    ]);
    expect(given).toEqual({
      user_policy_name: "mine",
      lambda_role_policy_name: "rendering",
      executionrole_policy_name: "calling",
      role_names: { "video-api": "video-api" },
    });
  });

  it("in China, where Remotion's policies say something else", () => {
    const Arn = "arn:aws-cn:iam::123456789012:user/remotion-user";
    const text = userPolicy({ partition: "aws-cn" });
    const { imports, arguments: given } = adopt({
      UserDetailList: [user("remotion-user", { Arn, UserPolicyList: [inline("mine", text)] })],
    });

    expect(imports).toContainEqual({
      to: "module.m.aws_iam_user_policy.user[0]",
      id: "remotion-user:mine",
    });
    expect(given).toMatchObject({ user_policy_name: "mine", partition: "aws-cn" });
  });

  it("and nothing by its content where two say the same", () => {
    const { imports, notes } = adopt(
      {
        UserDetailList: [
          user("remotion-user", {
            UserPolicyList: [inline("a", userPolicy()), inline("b", userPolicy())],
          }),
        ],
      },
      { module: "remotion-user" },
    );

    expect(imports).toEqual([{ to: "module.m.aws_iam_user.this", id: "remotion-user" }]);
    expect(notes).toContainEqual(
      expect.stringContaining("The account has no policy remotion-user-policy of the user"),
    );
  });

  it("but no attachment that is not there", () => {
    const { imports, notes } = adopt(
      { RoleDetailList: [role("remotion-lambda-role")], Policies: POLICIES },
      { module: "remotion-lambda-role" },
    );

    expect(imports.map(({ to }) => to)).toEqual([
      "module.m.aws_iam_role.this",
      "module.m.aws_iam_policy.this[0]",
    ]);
    expect(notes).toContain(
      "module.m.aws_iam_role_policy_attachment.this[0] is added: the account has the policy, and not attached.",
    );
  });

  it("with the session length that get-role tells", () => {
    const answer = JSON.stringify({
      Role: { ...role("remotion-lambda-role"), Description: "d", MaxSessionDuration: 7200 },
    });
    const more = JSON.stringify({
      RoleName: "remotion-lambda-role",
      ...inline("remotion-lambda-policy", rolePolicy()),
    });
    const { resources } = accountContent(readContents([`${answer}${more}`], "all"));
    const adoption = adoptAccount({ ...REQUEST, module: "remotion-lambda-role" }, resources);

    expect(adoption.arguments).toEqual({ max_session_duration: 7200 });
    expect(adoption.changes).toEqual([
      { address: "module.m.aws_iam_role.this", attributes: ["description"] },
    ]);
  });
});

describe("nothing is adopted", () => {
  it.each<[string, Details, RegExp]>([
    [
      "of what is not there",
      { UserDetailList: [user("a"), user("my-remotion")] },
      /^The account has none of remotion-user, remotion-lambda-role, remotion-executionrole-policy\. It has my-remotion, a:/,
    ],
    [
      "in two paths",
      {
        UserDetailList: [USER],
        RoleDetailList: [
          role("remotion-lambda-role", {
            Path: "/x/",
            Arn: arn("role", "remotion-lambda-role", "/x/"),
          }),
        ],
      },
      /and the account has .* in "\/", .* in "\/x\/"/,
    ],
    [
      "with a tag that Terraform's language would read",
      {
        UserDetailList: [{ ...USER, Tags: [{ Key: "k", Value: "\u0000" }] }],
      },
      /has the tag k "/,
    ],
  ])("%s", (_what, lists, says) => {
    expect(() => adopt(lists)).toThrow(AdoptionError);
    expect(() => adopt(lists)).toThrow(says);
  });
});
