import { describe, expect, it } from "vitest";
import { adoptState } from "../../../lib/adoption/adopt-state.js";
import type { Adoption } from "../../../lib/adoption/adoption.js";
import type { AdoptionRequest } from "../../../lib/adoption/adoption-request.js";
import type { StateResource } from "../../../lib/reading/read-state-resources.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";

const ACCOUNT = "123456789012";
const ARN = `arn:aws:iam::${ACCOUNT}:policy`;
const CALLERS = `${ARN}/remotion-executionrole-policy`;

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

const user = at("aws_iam_user.u", { name: "remotion-user", path: "/" });
const userInline = at("aws_iam_user_policy.u", {
  user: "remotion-user",
  name: "remotion-user-policy",
  policy: JSON.stringify(userPolicy()),
});
const role = at("aws_iam_role.r", {
  name: "remotion-lambda-role",
  path: "/",
  description: "Remotion Lambda's functions run as this role.",
});
const roleInline = at("aws_iam_role_policy.r", {
  role: "remotion-lambda-role",
  name: "remotion-lambda-policy",
  policy: JSON.stringify(rolePolicy()),
});
const roleManaged = at("aws_iam_policy.r", {
  name: "remotion-lambda-policy",
  arn: `${ARN}/remotion-lambda-policy`,
  policy: JSON.stringify(rolePolicy()),
});
const roleAttachment = at("aws_iam_role_policy_attachment.r", {
  role: "remotion-lambda-role",
  policy_arn: `${ARN}/remotion-lambda-policy`,
});
const callers = at("aws_iam_policy.c", {
  name: "remotion-executionrole-policy",
  arn: CALLERS,
  policy: JSON.stringify(userPolicy()),
});
const callersAttachment = at('module.app["eu"].aws_iam_role_policy_attachment.c["api"]', {
  role: "video-api",
  policy_arn: CALLERS,
});

describe("what a state has at other addresses", () => {
  it("is moved, whatever the addresses", () => {
    expect(adopt([role, userInline, roleInline, callersAttachment, user, callers])).toMatchObject({
      moves: [
        { from: "aws_iam_user.u", to: "module.m.aws_iam_user.user[0]" },
        { from: "aws_iam_user_policy.u", to: "module.m.aws_iam_user_policy.user[0]" },
        { from: "aws_iam_role.r", to: "module.m.aws_iam_role.lambda_role" },
        { from: "aws_iam_role_policy.r", to: "module.m.aws_iam_role_policy.lambda_role[0]" },
        { from: "aws_iam_policy.c", to: "module.m.aws_iam_policy.executionrole_policy[0]" },
        {
          from: 'module.app["eu"].aws_iam_role_policy_attachment.c["api"]',
          to: 'module.m.aws_iam_role_policy_attachment.executionrole_policy["api"]',
        },
      ],
      imports: [],
      arguments: { role_names: { api: "video-api" } },
      changes: [],
    });
  });

  it("tells the policy's type, absent parts and settings", () => {
    const boundary = `${ARN}/boundary`;
    const more = { permissions_boundary: boundary, max_session_duration: 7200, tags: { b: "1" } };

    expect(
      adopt([
        withValues(role, more),
        withValues(roleManaged, { tags: { b: "1" } }),
        roleAttachment,
      ]),
    ).toMatchObject({
      arguments: {
        create_user: false,
        create_executionrole_policy: false,
        lambda_role_policy_type: "managed",
        max_session_duration: 7200,
        tags: { b: "1" },
        permissions_boundary_arn: boundary,
      },
      changes: [],
    });
  });

  it("keeps an access key with its user", () => {
    const key = at("aws_iam_access_key.u", { id: "AKIA0", user: "remotion-user" });

    expect(adopt([user, userInline, key])).toMatchObject({
      moves: [
        { from: "aws_iam_user.u" },
        { from: "aws_iam_user_policy.u" },
        { from: "aws_iam_access_key.u", to: "module.m.aws_iam_access_key.user[0]" },
      ],
      arguments: { create_access_key: true },
    });
  });

  it.each<[string, readonly StateResource[], Record<string, string>, readonly [string, string][]]>([
    [
      "two of them, by the names of their resources",
      [
        at("aws_iam_access_key.spring", { id: "AKIA0", user: "remotion-user", status: "Active" }),
        at("module.a.aws_iam_access_key.autumn[0]", { id: "AKIA1", user: "remotion-user" }),
      ],
      { spring: "active", autumn: "active" },
      [
        ["aws_iam_access_key.spring", "spring"],
        ["module.a.aws_iam_access_key.autumn[0]", "autumn"],
      ],
    ],
    [
      "two of one resource, by their keys, or else by their ids",
      [
        at('aws_iam_access_key.u["a"]', { id: "AKIA0", user: "remotion-user", status: "Inactive" }),
        at('aws_iam_access_key.v["a"]', { id: "AKIA1", user: "remotion-user", status: "Active" }),
      ],
      { a: "inactive", v: "active" },
      [
        ['aws_iam_access_key.u["a"]', "a"],
        ['aws_iam_access_key.v["a"]', "v"],
      ],
    ],
    [
      "one that is inactive, which it stays",
      [at("aws_iam_access_key.u", { id: "AKIA0", user: "remotion-user", status: "Inactive" })],
      { u: "inactive" },
      [["aws_iam_access_key.u", "u"]],
    ],
    [
      "one that has a key",
      [at('aws_iam_access_key.u["a b"]', { id: "AKIA0", user: "remotion-user" })],
      { u: "active" },
      [['aws_iam_access_key.u["a b"]', "u"]],
    ],
    [
      "two that share all names but their ids",
      [
        at("module.a.aws_iam_access_key.u", { id: "AKIA0", user: "remotion-user" }),
        at("module.b.aws_iam_access_key.u", { id: "AKIA1", user: "remotion-user" }),
      ],
      { u: "active", AKIA1: "active" },
      [
        ["module.a.aws_iam_access_key.u", "u"],
        ["module.b.aws_iam_access_key.u", "AKIA1"],
      ],
    ],
  ])("keeps access keys under names: %s", (_, keys, access_keys, moves) => {
    const adoption = adopt([user, userInline, ...keys]);

    expect(adoption.moves.slice(2)).toEqual(
      moves.map(([from, name]) => ({
        from,
        to: `module.m.aws_iam_access_key.user_named["${name}"]`,
      })),
    );
    expect(adoption.arguments).toMatchObject({ access_keys });
    expect(adoption.arguments).not.toHaveProperty("create_access_key");
    expect(adoption.notes.join(" ")).not.toContain("Access keys stay");
  });

  it("leaves an access key that is in the module under its name already", () => {
    const to = 'module.m.aws_iam_access_key.user_named["spring"]';
    const key = at(to, { id: "AKIA0", user: "remotion-user", status: "Active" });

    expect(adopt([user, userInline, key])).toMatchObject({
      arguments: { access_keys: { spring: "active" } },
      moves: [{ from: "aws_iam_user.u" }, { from: "aws_iam_user_policy.u" }],
    });
  });

  it("names exactly what changes", () => {
    const tagged = withValues(role, { description: "Other.", tags: { a: "1" } });
    const older = withValues(roleInline, { policy: '{"Version":"2012-10-17","Statement":[]}' });

    expect(adopt([tagged, older, user]).changes).toEqual([
      { address: "module.m.aws_iam_role.lambda_role", attributes: ["description", "tags"] },
      { address: "module.m.aws_iam_role_policy.lambda_role[0]", attributes: ["policy"] },
    ]);
  });

  it("loses a permissions boundary only where the module cannot keep it, and says so", () => {
    const bounded = withValues(role, { permissions_boundary: `${ARN}/boundary` });

    expect(adopt([bounded, roleInline]).changes).toEqual([]);
    expect(adopt([bounded, roleInline, user, userInline]).changes).toEqual([
      { address: "module.m.aws_iam_role.lambda_role", attributes: ["permissions_boundary"] },
    ]);
  });

  it("stays where it is in the module already", () => {
    const inside = { ...role, address: "module.m.aws_iam_role.lambda_role" };

    const { moves, imports, notes } = adopt([inside, roleInline]);

    expect({ moves: moves.map(({ from }) => from), imports }).toEqual({
      moves: ["aws_iam_role_policy.r"],
      imports: [],
    });
    expect(notes).toContain("module.m.aws_iam_role.lambda_role is in the module already.");
  });

  it("does not come where something else is", () => {
    const other = at("module.m.aws_iam_role.lambda_role", { name: "other", path: "/" });

    const { moves, notes } = adopt([role, other, roleInline]);

    expect(moves).toHaveLength(1);
    expect(notes.join("\n")).toContain(
      "module.m.aws_iam_role.lambda_role is something else already",
    );
  });

  it.each([
    "aws_iam_role.r\n}\nresource x y {",
    'aws_iam_role.r["${file("/etc/passwd")}"]',
    'aws_iam_role.r["a\\"]',
    "",
  ])("is not written where its address is %j", (address) => {
    const { moves, notes } = adopt([{ ...role, address }, roleInline]);

    expect(moves.map(({ from }) => from)).toEqual(["aws_iam_role_policy.r"]);
    expect(notes.join("\n")).toContain("terraform state mv");
    expect(notes.join("\n")).not.toContain("\n}");
  });
});

describe("what a state lacks", () => {
  it("is absent without an account's number, and said to be", () => {
    const { imports, arguments: needed, notes } = adopt([role, roleInline]);

    expect(imports).toEqual([]);
    expect(needed).toEqual({ create_user: false, create_executionrole_policy: false });
    expect(notes.join("\n")).toContain(
      "The state has no user remotion-user (it has remotion-lambda-role), so the module shall make none. If it was made by hand, give --account",
    );
  });

  it("is imported with one, as made by hand", () => {
    const { moves, imports } = adopt([role, roleInline], {}, ACCOUNT);

    expect(moves).toHaveLength(2);
    expect(imports).toEqual([
      { to: "module.m.aws_iam_user.user[0]", id: "remotion-user" },
      {
        to: "module.m.aws_iam_user_policy.user[0]",
        id: "remotion-user:remotion-user-policy",
      },
      { to: "module.m.aws_iam_policy.executionrole_policy[0]", id: CALLERS },
    ]);
  });

  it("is an attachment that another resource knows of: it is imported", () => {
    const roleThatHolds = withValues(role, {
      managed_policy_arns: [
        "arn:aws:iam::aws:policy/ReadOnlyAccess",
        `${ARN}/remotion-lambda-policy`,
      ],
    });
    const api = at("aws_iam_role.api", {
      name: "video-api",
      path: "/app/",
      managed_policy_arns: [CALLERS],
    });

    const { imports, arguments: needed, notes } = adopt([roleThatHolds, roleManaged, callers, api]);

    expect(imports).toEqual([
      {
        to: "module.m.aws_iam_role_policy_attachment.lambda_role[0]",
        id: `remotion-lambda-role/${ARN}/remotion-lambda-policy`,
      },
      {
        to: 'module.m.aws_iam_role_policy_attachment.executionrole_policy["video-api"]',
        id: `video-api/${CALLERS}`,
      },
    ]);
    expect(needed).toMatchObject({ role_names: { "video-api": "video-api" } });
    expect(notes.join("\n")).toContain("aws_iam_role.api names it in managed_policy_arns");
  });

  it("is an attachment that nothing knows of: it is added", () => {
    const { imports, notes } = adopt([role, roleManaged]);

    expect(imports).toEqual([]);
    expect(notes.join("\n")).toContain(
      "module.m.aws_iam_role_policy_attachment.lambda_role[0] is added",
    );
  });

  it("is an attachment that --attached-role names: it is imported, under its key", () => {
    const named = { ...REQUEST.callers, roleNames: { api: "video-api", "web-role": "web" } };
    const { imports, arguments: needed } = adopt(
      [callers, at("aws_iam_role_policy_attachment.w", { role: "api", policy_arn: CALLERS })],
      { callers: { policyName: "remotion-executionrole-policy", ...named } },
    );

    expect(imports.map(({ id }) => id)).toEqual([`video-api/${CALLERS}`, `web/${CALLERS}`]);
    expect(needed).toMatchObject({
      role_names: { api: "video-api", "web-role": "web", "role-api": "api" },
    });
  });

  it("is a policy inside a role, by its inline_policy block: it is imported", () => {
    const roleWithBlock = withValues(role, {
      inline_policy: [{ name: "remotion-lambda-policy", policy: "{}" }],
    });

    const { imports, notes } = adopt([roleWithBlock]);

    expect(imports).toEqual([
      {
        to: "module.m.aws_iam_role_policy.lambda_role[0]",
        id: "remotion-lambda-role:remotion-lambda-policy",
      },
    ]);
    expect(notes.join("\n")).toContain("aws_iam_role.r names it in inline_policy");
  });
});

describe("what cannot be moved", () => {
  it("is an aws_iam_policy_attachment, for which there is a way out", () => {
    const all = at("aws_iam_policy_attachment.all", {
      roles: ["video-api"],
      users: ["remotion-user"],
      policy_arn: CALLERS,
    });

    const { imports, notes } = adopt([callers, all]);

    expect(imports).toEqual([
      {
        to: 'module.m.aws_iam_role_policy_attachment.executionrole_policy["video-api"]',
        id: `video-api/${CALLERS}`,
      },
    ]);
    expect(notes.join("\n")).toContain("terraform state rm 'aws_iam_policy_attachment.all'");
  });

  it.each([
    ["aws_iam_role_policies_exclusive", "role_name", "remotion-lambda-role"],
    ["aws_iam_role_policy_attachments_exclusive", "role_name", "remotion-lambda-role"],
    ["aws_iam_user_policies_exclusive", "user_name", "remotion-user"],
    ["aws_iam_user_policy_attachments_exclusive", "user_name", "remotion-user"],
  ])("is %s, which can stay", (type, argument, name) => {
    const [own, other] = [
      at(`${type}.own`, { [argument]: name }),
      at(`${type}.other`, { [argument]: "x" }),
    ];

    const { notes } = adopt([user, userInline, role, roleInline, own, other]);

    expect(notes.join("\n")).toContain(`${type}.own stays where it is.`);
    expect(notes.join("\n")).not.toContain(`${type}.other`);
  });
});

describe("a state is refused", () => {
  const foreign = withValues(roleManaged, {
    arn: "arn:aws:iam::999999999999:policy/remotion-lambda-policy",
  });
  const cases: Record<string, { resources: readonly StateResource[]; says: string }> = {
    "with nothing of it": { resources: [at("aws_iam_role.x", { name: "x" })], says: "It has x" },
    "with the same thing twice": {
      resources: [role, { ...role, address: "aws_iam_role.again" }],
      says: 'aws_iam_role "remotion-lambda-role" more than once, at aws_iam_role.r, aws_iam_role.again',
    },
    "with two accounts": {
      resources: [role, roleManaged, { ...foreign, address: "aws_iam_policy.foreign" }],
      says: "give --account",
    },
    "with several paths": {
      resources: [role, withValues(roleManaged, { path: "/video/" })],
      says: 'aws_iam_role.r in "/", aws_iam_policy.r in "/video/"',
    },
    "with a path that is none": {
      resources: [withValues(role, { path: "/${x}/" })],
      says: "which is not an IAM path",
    },
    "with a boundary that is none": {
      resources: [withValues(role, { permissions_boundary: "*" })],
      says: "which is not the ARN of a managed policy",
    },
    "with a tag that is none": {
      resources: [withValues(role, { tags: { "${x}": "1" } })],
      says: "which is not a tag's key",
    },
    "with a policy's ARN that is none": {
      resources: [role, withValues(roleManaged, { arn: "${x}" })],
      says: 'aws_iam_policy.r has the arn "${x}", which is not the ARN of a managed policy',
    },
    "with an attached policy's ARN that is none": {
      resources: [withValues(role, { managed_policy_arns: ["arn:${x}/remotion-lambda-policy"] })],
      says: "aws_iam_role.r has the managed_policy_arns",
    },
    "with a role's name that is none": {
      resources: [
        callers,
        at("aws_iam_role_policy_attachment.x", { role: "a*", policy_arn: CALLERS }),
      ],
      says: "which is not a role's name",
    },
  };

  it.each(Object.entries(cases))("%s", (_what, { resources, says }) => {
    expect(() => adopt(resources)).toThrow(says);
  });

  it("unless --account tells the accounts apart", () => {
    const elsewhere = { ...foreign, address: "aws_iam_policy.foreign" };

    expect(
      adopt([role, roleManaged, roleAttachment, elsewhere], {}, ACCOUNT).moves.map(
        ({ from }) => from,
      ),
    ).toEqual(["aws_iam_role.r", "aws_iam_policy.r", "aws_iam_role_policy_attachment.r"]);
  });

  it("where --path is another than the state's", () => {
    expect(() => adopt([role], { path: "/video/" })).toThrow('here "/video/" by --path');
  });
});

function adopt(
  resources: readonly StateResource[],
  request: Partial<AdoptionRequest> = {},
  accountId?: string,
): Adoption {
  return adoptState({ ...REQUEST, ...request }, resources, accountId);
}

function at(address: string, values: StateResource["values"]): StateResource {
  const [, type = ""] = /(?:^|\.)(aws_[a-z_]+)\./.exec(address) ?? [];
  return { address, type, values };
}

function withValues(resource: StateResource, values: StateResource["values"]): StateResource {
  return { ...resource, values: { ...resource.values, ...values } };
}
