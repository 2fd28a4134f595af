import { type TerraformStack, TerraformVariable, Token } from "cdktf";
import { describe, expect, it } from "vitest";
import { RemotionLambdaRole } from "../../../lib/constructs/remotion-lambda-role.js";
import {
  RemotionNarrowing,
  type RemotionNarrowingProps,
} from "../../../lib/constructs/remotion-narrowing.js";
import { RemotionUser } from "../../../lib/constructs/remotion-user.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import type { Narrowing } from "../../../lib/remotion/resource-scope.js";
import { statementsOf } from "../support/policy-of.js";
import { synthesize } from "../support/synthesize.js";

describe("RemotionNarrowing by plain values", () => {
  it.each<{ what: string; props: RemotionNarrowingProps }>([
    { what: "nothing", props: {} },
    { what: "regions", props: { regions: ["us-east-1", "eu-west-1"] } },
    { what: "an account", props: { accountId: "123456789012" } },
    { what: "buckets", props: { bucketNames: ["remotionlambda-useast1-abc"] } },
    { what: "functions", props: { functionNames: ["remotion-render-a", "remotion-render-b"] } },
    {
      what: "all of it",
      props: {
        regions: ["us-east-1"],
        accountId: "123456789012",
        bucketNames: ["own-bucket"],
        functionNames: ["remotion-render-a"],
      },
    },
  ])("is what the policy document is narrowed to: $what", ({ props }) => {
    const stack = synthesize((scope) => {
      const narrowing = new RemotionNarrowing(scope, "narrowing", props);
      new RemotionUser(scope, "user", { narrowing, policyType: "managed" });
      new RemotionLambdaRole(scope, "role", { narrowing });
    });
    const given = props as Narrowing;
    const { policy: user } = stack.resource("aws_iam_policy");
    const { policy: role } = stack.resource("aws_iam_role_policy");

    expect(statementsOf(stack, user)).toEqual(userPolicy(given).Statement);
    expect(statementsOf(stack, role)).toEqual(rolePolicy(given).Statement);
  });

  it.each(["render", "deploy"] as const)(
    "limits buckets to the account, too, in the profile %s",
    (profile) => {
      const accountId = "123456789012";
      const stack = synthesize((scope) => {
        const narrowing = new RemotionNarrowing(scope, "narrowing", { accountId });
        new RemotionUser(scope, "user", { narrowing, profile });
        new RemotionLambdaRole(scope, "role", { narrowing, profile: "minimal" });
      });
      const { policy: user } = stack.resource("aws_iam_user_policy");
      const { policy: role } = stack.resource("aws_iam_role_policy");

      expect(statementsOf(stack, user)).toEqual(userPolicy({ accountId, profile }).Statement);
      expect(statementsOf(stack, role)).toEqual(
        rolePolicy({ accountId, profile: "minimal" }).Statement,
      );
      expect(JSON.stringify(stack.json)).toContain('{"StringLike":{"aws:ResourceAccount"');
    },
  );

  it.each<{ prop: string; props: RemotionNarrowingProps }>([
    { prop: 'regions[1] is "us-*"', props: { regions: ["us-east-1", "us-*"] } },
    { prop: 'accountId is "*"', props: { accountId: "*" } },
    { prop: 'bucketNames[0] is "*"', props: { bucketNames: ["*"] } },
    { prop: 'functionNames[0] is "f*"', props: { functionNames: ["f*"] } },
  ])("refuses wildcards: $prop", ({ prop, props }) => {
    const build = () => synthesize((scope) => void new RemotionNarrowing(scope, "it", props));

    expect(build).toThrow(`stack/it: ${prop}`);
  });
});

describe("RemotionNarrowing by what only Terraform knows", () => {
  it.each(["/{region}/", "/{bucket}/{account}/", "/{functionLogs}/"])(
    "takes the path %s of the role that may be passed for what it is",
    (lambdaRolePath) => {
      const passed = (props: (scope: TerraformStack) => RemotionNarrowingProps) => {
        const stack = synthesize((scope) => {
          const narrowing = new RemotionNarrowing(scope, "narrowing", props(scope));
          new RemotionUser(scope, "user", { narrowing, lambdaRolePath });
        });
        return statementsOf(stack, stack.resource("aws_iam_user_policy")["policy"]).find(
          ({ Action }) => Action.includes("iam:PassRole"),
        )?.Resource;
      };
      const arn = `arn:aws:iam::*:role${lambdaRolePath}remotion-lambda-role`;
      const plain = userPolicy({ lambdaRolePath }).Statement.find(({ Action }) =>
        Action.includes("iam:PassRole"),
      )?.Resource;

      expect(plain).toEqual([arn]);
      expect(passed(() => ({}))).toEqual([arn]);
      expect(
        passed((scope) => ({
          regions: list(scope, "regions"),
          bucketNames: list(scope, "buckets"),
          functionNames: list(scope, "functions"),
        })),
      ).toEqual([arn]);
    },
  );

  it("puts each list into a local, with Remotion's wildcard where it is empty", () => {
    const locals = localsOf((scope) => ({
      regions: list(scope, "regions"),
      accountId: new TerraformVariable(scope, "account", { type: "string" }).stringValue,
      bucketNames: list(scope, "buckets"),
      functionNames: list(scope, "functions"),
    }));

    expect(locals).toEqual(
      expect.arrayContaining([
        '${coalesce(var.account, "*")}',
        '${coalescelist(var.regions, ["*"])}',
        '${coalescelist(var.functions, ["remotion-render-*"])}',
        '${coalescelist(var.buckets, [for region in var.regions : "remotionlambda-${replace(region, "-", "")}-*"], ["remotionlambda-*"])}',
      ]),
    );
  });

  it("limits buckets to an account that only Terraform knows, and leaves the condition out where there is none", () => {
    const { json } = synthesize((scope) => {
      const accountId = new TerraformVariable(scope, "account", { type: "string" }).stringValue;
      const narrowing = new RemotionNarrowing(scope, "it", { accountId });
      new RemotionLambdaRole(scope, "role", { narrowing, profile: "minimal" });
      new RemotionUser(scope, "user", { narrowing });
    });
    const locals = Object.entries(json["locals"] ?? {});
    const [condition = "none"] = locals.find(([, text]) => `${text}`.includes("null :")) ?? [];
    const texts = locals.map(([, text]) => `${text}`).filter((text) => /jsonencode/.test(text));

    expect(Object.fromEntries(locals)[condition]).toMatch(
      /^\$\{var\.account == null \? null : \{ StringLike = \{ "aws:ResourceAccount" = var\.account \} \}\}$/,
    );
    expect(JSON.stringify(json["locals"])).toContain(`"Condition":"\${local.${condition}}"`);
    // The user's policy is Remotion's own: no statement of it has the condition.
    expect(texts.map((text) => text.includes("if value != null"))).toEqual([true, false]);
  });

  it("takes a list that is known with names that are not", () => {
    const stack = synthesize((scope) => {
      const name = new TerraformVariable(scope, "name", { type: "string" }).stringValue;
      const narrowing = new RemotionNarrowing(scope, "it", { bucketNames: [name] });
      new RemotionLambdaRole(scope, "role", { narrowing });
    });
    const [, storage] = statementsOf(stack, stack.resource("aws_iam_role_policy")["policy"]);

    expect(storage?.Resource).toEqual(["arn:aws:s3:::${var.name}", "arn:aws:s3:::${var.name}/*"]);
  });

  it("takes such a list beside one that only Terraform knows", () => {
    const locals = localsOf((scope) => ({
      regions: list(scope, "regions"),
      bucketNames: [new TerraformVariable(scope, "name", { type: "string" }).stringValue],
    }));

    expect(JSON.stringify(locals)).toContain("var.name");
  });

  it("drops the dashes of a region that is not known, as in the names of Remotion's buckets", () => {
    const stack = synthesize((scope) => {
      const region = new TerraformVariable(scope, "region", { type: "string" }).stringValue;
      const narrowing = new RemotionNarrowing(scope, "it", { regions: [region] });
      new RemotionLambdaRole(scope, "role", { narrowing });
    });
    const [, storage] = statementsOf(stack, stack.resource("aws_iam_role_policy")["policy"]);

    expect(JSON.stringify(storage?.Resource)).toContain('replace(var.region, \\"-\\", \\"\\")');
  });
});

function list(scope: TerraformStack, id: string) {
  return Token.asAny(new TerraformVariable(scope, id, { type: "list(string)" }).value);
}

function localsOf(props: (scope: TerraformStack) => RemotionNarrowingProps): unknown[] {
  const { json } = synthesize((scope) => {
    const narrowing = new RemotionNarrowing(scope, "narrowing", props(scope));
    new RemotionUser(scope, "user", { narrowing });
  });
  return Object.values(json["locals"] ?? {});
}
