import { TerraformOutput, type TerraformStack, TerraformVariable, Token } from "cdktf";
import { describe, expect, it } from "vitest";
import { RemotionUser, type RemotionUserProps } from "../../../lib/constructs/remotion-user.js";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { userPolicy } from "../../../lib/remotion/policies.js";
import { statementsOf } from "../support/policy-of.js";
import { synthesize } from "../support/synthesize.js";

describe("RemotionUser", () => {
  it("is by default the user of Remotion's guide, its policy inline and without an access key", () => {
    const stack = synthesizeUser({});
    const policy = stack.resource("aws_iam_user_policy");

    expect(stack.resource("aws_iam_user")).toEqual({ name: "remotion-user" });
    expect(policy).toMatchObject({
      name: "remotion-user-policy",
      user: expect.stringMatching(NAME),
    });
    expect(statementsOf(stack, policy["policy"])).toEqual(userPolicy().Statement);
    expect(Object.keys(stack.json["resource"] as JsonObject)).toEqual([
      "aws_iam_user",
      "aws_iam_user_policy",
    ]);
  });

  it("attaches a managed policy, with the user's path and tags, when told so", () => {
    const tags = { Team: "video", camelCase: "kept" };
    const stack = synthesizeUser({ policyType: "managed", path: "/video/", tags });
    const policy = stack.resource("aws_iam_policy");

    expect(policy).toMatchObject({ name: "remotion-user-policy", path: "/video/", tags });
    expect(statementsOf(stack, policy["policy"])).toEqual(userPolicy().Statement);
    expect(stack.resource("aws_iam_user_policy_attachment")).toEqual({
      user: expect.stringMatching(NAME),
      policy_arn: expect.stringMatching(/^\$\{aws_iam_policy\.[\w-]+\.arn\}$/),
    });
    expect(stack.resources("aws_iam_user_policy")).toEqual([]);
  });

  it("passes its props on to the user", () => {
    const stack = synthesizeUser({
      name: "render",
      path: "/video/",
      permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
      forceDestroy: true,
      tags: { Team: "video" },
    });

    expect(stack.resource("aws_iam_user")).toEqual({
      name: "render",
      path: "/video/",
      permissions_boundary: "arn:aws:iam::123456789012:policy/boundary",
      force_destroy: true,
      tags: { Team: "video" },
    });
  });

  it("may pass the role that it is told, and no other", () => {
    const props = {
      lambdaRoleName: "render",
      lambdaRolePath: "/video/",
      partition: "aws-cn",
    } as const;
    const stack = synthesizeUser(props);
    const { policy } = stack.resource("aws_iam_user_policy");

    expect(statementsOf(stack, policy)).toEqual(userPolicy(props).Statement);
  });

  it("lets Terraform refuse a policy that is too large", () => {
    const { lifecycle } = synthesizeUser({}).resource("aws_iam_user_policy");

    expect(lifecycle).toEqual({
      precondition: [
        {
          condition: expect.stringMatching(/^\$\{local\.[\w-]+ <= 2048\}$/),
          error_message: expect.stringMatching(
            /^The policy remotion-user-policy would have \$\{local\.[\w-]+\} characters, and AWS allows 2048: make it a managed policy .*\.$/,
          ),
        },
      ],
    });
  });
});

describe("an access key", () => {
  it.each([{ createAccessKey: undefined }, { createAccessKey: false }])(
    "is not made for $createAccessKey, and its outputs are null",
    ({ createAccessKey }) => {
      const stack = synthesizeUser(createAccessKey === undefined ? {} : { createAccessKey });

      expect(stack.resources("aws_iam_access_key")).toEqual([]);
      expect(outputsOf(stack.json)).toMatchObject({
        id: "${null}",
        secret: "${null}",
        encrypted: "${null}",
      });
    },
  );

  it("is made for the user when told so", () => {
    const stack = synthesizeUser({ createAccessKey: true });

    expect(stack.resource("aws_iam_access_key")).toEqual({ user: expect.stringMatching(NAME) });
    expect(outputsOf(stack.json)).toMatchObject({
      id: expect.stringMatching(/^\$\{aws_iam_access_key\.[\w-]+\.id\}$/),
      secret: expect.stringMatching(/^\$\{aws_iam_access_key\.[\w-]+\.secret\}$/),
    });
  });
});

describe("the secret of an access key", () => {
  it("is encrypted with the key given", () => {
    const stack = synthesizeUser({ createAccessKey: true, pgpKey: "keybase:acme" });

    expect(stack.resource("aws_iam_access_key")).toMatchObject({ pgp_key: "keybase:acme" });
    expect(outputsOf(stack.json)).toMatchObject({
      encrypted: expect.stringMatching(/^\$\{aws_iam_access_key\.[\w-]+\.encrypted_secret\}$/),
    });
  });

  it("is refused a private key, of which the message shows the beginning alone", () => {
    const privateKey = `lQVY${"SECRET99".repeat(20)}`;

    expect(() => synthesizeUser({ pgpKey: privateKey })).toThrow(
      'pgpKey begins with "lQVYSECRET99", which is not a PGP public key: give',
    );
  });
});

describe("access keys that have names", () => {
  it("are made by their names, each with its status, for the user", () => {
    const stack = synthesizeUser({ accessKeys: { first: "inactive", second: "active" } });

    expect(stack.resource("aws_iam_access_key")).toEqual({
      for_each: { first: "inactive", second: "active" },
      user: expect.stringMatching(NAME),
      status: "${title(each.value)}",
    });
    expect(outputsOf(stack.json)).toMatchObject({
      id: "${null}",
      keys: expect.stringMatching(
        /^\$\{\{ for name, key in aws_iam_access_key\.[\w-]+ : name => \{ id = key\.id, status = lower\(key\.status\) \} \}\}$/,
      ),
      secrets: expect.stringMatching(/: name => key\.secret \}\}$/),
      encryptedSecrets: expect.stringMatching(/: name => key\.encrypted_secret \}\}$/),
    });
  });

  it("are none by default, and their outputs are empty", () => {
    for (const props of [{}, { accessKeys: {} }]) {
      const stack = synthesizeUser(props);

      expect(stack.resources("aws_iam_access_key")).toEqual([]);
      expect(outputsOf(stack.json)).toMatchObject({
        keys: "${{}}",
        secrets: "${{}}",
        encryptedSecrets: "${{}}",
      });
    }
  });

  it("keep their secrets with the pgpKey that they were made with", () => {
    const stack = synthesizeUser({ accessKeys: { first: "active" }, pgpKey: "keybase:acme" });

    expect(stack.resource("aws_iam_access_key")).toMatchObject({
      pgp_key: "keybase:acme",
      lifecycle: { ignore_changes: ["pgp_key"] },
    });
  });

  it("may stand beside the one without a name", () => {
    const stack = synthesizeUser({ accessKeys: { first: "active" }, createAccessKey: true });

    expect(stack.resources("aws_iam_access_key")).toHaveLength(2);
  });

  it.each<[string, RemotionUserProps, string]>([
    [
      "three",
      { accessKeys: { first: "active", second: "active", third: "inactive" } },
      "stack/user: accessKeys has 3 keys (first, second, third), and IAM allows a user 2: take out one that nothing uses any more.",
    ],
    [
      "two beside the one without a name",
      { accessKeys: { first: "active", second: "inactive" }, createAccessKey: true },
      "stack/user: accessKeys has 2 keys (first, second), createAccessKey makes one more, and IAM allows a user 2: take out one that nothing uses any more.",
    ],
    [
      "another status",
      { accessKeys: { first: "Active" } },
      'stack/user: accessKeys.first is "Active": give "active" or "inactive".',
    ],
    [
      "a name with a space",
      { accessKeys: { "the first": "active" } },
      'stack/user: accessKeys is "the first", which is not a name for an access key: give 1 to 64 letters, digits or any of _.- and no space.',
    ],
  ])("are refused at once: %s", (_, props, message) => {
    expect(() => synthesizeUser(props)).toThrow(message);
  });

  it("are counted by Terraform where only it knows them", () => {
    const [simple, named] = synthesizeUser((variable) => ({
      create: variable("create").booleanValue,
      createAccessKey: variable("key").booleanValue,
      accessKeys: Token.asStringMap(variable("keys").value),
    })).resources("aws_iam_access_key");

    expect(simple).toMatchObject({
      count: "${var.create && var.key ? 1 : 0}",
      lifecycle: {
        precondition: [
          {
            condition: "${length(var.keys) < 2}",
            error_message:
              "create_access_key makes one more key beside the ${length(var.keys)} in access_keys, and IAM allows a user 2: give that key a name in access_keys, too, or leave create_access_key out.",
          },
        ],
      },
    });
    expect(named).toMatchObject({ for_each: "${var.create ? var.keys : {}}" });
  });
});

describe("where only Terraform knows", () => {
  it("the type of the policy, exactly one of the two is made", () => {
    const stack = synthesizeUser((variable) => ({ policyType: variable("type").stringValue }));

    expect(stack.resource("aws_iam_user_policy")).toMatchObject({
      count: '${var.type == "inline" ? 1 : 0}',
    });
    for (const type of ["aws_iam_policy", "aws_iam_user_policy_attachment"]) {
      expect(stack.resource(type)).toMatchObject({ count: '${var.type == "managed" ? 1 : 0}' });
    }
    expect(stack.resource("aws_iam_user_policy_attachment")["policy_arn"]).toMatch(
      /^\$\{aws_iam_policy\.[\w-]+\[0\]\.arn\}$/,
    );
  });

  it("whether the user is made, everything of it is made or not, and outputs are null", () => {
    const stack = synthesizeUser((variable) => ({
      create: variable("create").booleanValue,
      createAccessKey: variable("key").booleanValue,
    }));

    expect(stack.resource("aws_iam_user")["count"]).toBe("${var.create ? 1 : 0}");
    expect(stack.resource("aws_iam_user_policy")).toMatchObject({
      count: "${var.create ? 1 : 0}",
      user: expect.stringMatching(/^\$\{aws_iam_user\.[\w-]+\[0\]\.name\}$/),
    });
    expect(stack.resource("aws_iam_access_key")["count"]).toBe("${var.create && var.key ? 1 : 0}");
    expect(outputsOf(stack.json)).toEqual({
      name: expect.stringMatching(/^\$\{one\(aws_iam_user\.[\w-]+\[\*\]\.name\)\}$/),
      arn: expect.stringMatching(/^\$\{one\(aws_iam_user\.[\w-]+\[\*\]\.arn\)\}$/),
      policy: expect.stringMatching(/^\$\{local\.[\w-]+\}$/),
      id: expect.stringMatching(/^\$\{one\(aws_iam_access_key\.[\w-]+\[\*\]\.id\)\}$/),
      secret: expect.stringMatching(/^\$\{one\(aws_iam_access_key\.[\w-]+\[\*\]\.secret\)\}$/),
      encrypted: expect.stringMatching(
        /^\$\{one\(aws_iam_access_key\.[\w-]+\[\*\]\.encrypted_secret\)\}$/,
      ),
      keys: "${{}}",
      secrets: "${{}}",
      encryptedSecrets: "${{}}",
    });
  });
});

/** Reference to the user's name. */
const NAME = /^\$\{aws_iam_user\.[\w-]+\.name\}$/;

type Props =
  | RemotionUserProps
  | ((variable: (id: string) => TerraformVariable) => RemotionUserProps);

function synthesizeUser(props: Props) {
  return synthesize((stack) => {
    const variable = (id: string) => new TerraformVariable(stack, id, { type: "any" });
    const user = new RemotionUser(
      stack,
      "user",
      typeof props === "function" ? props(variable) : props,
    );
    addOutputs(stack, user);
  });
}

function addOutputs(stack: TerraformStack, user: RemotionUser): void {
  const values = {
    name: user.userName,
    arn: user.userArn,
    policy: user.policyJson,
    id: user.accessKeyId,
    secret: user.secretAccessKey,
    encrypted: user.encryptedSecretAccessKey,
    keys: user.accessKeys,
    secrets: user.secretAccessKeys,
    encryptedSecrets: user.encryptedSecretAccessKeys,
  };
  for (const [id, value] of Object.entries(values)) {
    new TerraformOutput(stack, `${id}-output`, { value }).overrideLogicalId(id);
  }
}

function outputsOf(json: JsonObject): JsonObject {
  const outputs = json["output"] as Record<string, { value: string }>;
  return Object.fromEntries(Object.entries(outputs).map(([id, { value }]) => [id, value]));
}
