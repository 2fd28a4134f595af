import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { TerraformResource, type TerraformStack, TerraformVariable, Token } from "cdktf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  RemotionBucketGrants,
  RemotionExecutionRole,
  RemotionLambdaRole,
  RemotionNarrowing,
  RemotionUser,
} from "../../lib/index.js";
import { startProvider } from "../support/aws.js";
import { OFFLINE_PROVIDER } from "../support/offline-provider.js";
import type { RunningProvider } from "../support/running-provider.js";
import { describeTerraform } from "../support/suites.js";
import { type Plan, Workspace } from "../support/workspace.js";
import { synthesize } from "../unit/support/synthesize.js";

describeTerraform("Constructs that are given tokens", () => {
  let provider: RunningProvider;
  let workspace: Workspace;
  beforeAll(async () => {
    provider = await startProvider({});
    workspace = new Workspace(provider.environment);
  });
  afterAll(async () => {
    workspace.remove();
    await provider.stop();
  });

  /** The stack as Terraform gets it, with the provider that it has. */
  const write = async (build: (stack: TerraformStack) => void) => {
    const { terraform, ...json } = synthesize(build).json;
    const { required_providers: _pinned, backend: _local, ...settings } = Object(terraform);
    workspace.write(
      "main.tf.json",
      JSON.stringify(
        {
          ...json,
          terraform: { ...settings, required_providers: { aws: { source: "hashicorp/aws" } } },
          provider: { aws: [{ ...OFFLINE_PROVIDER, region: "eu-central-1" }] },
        },
        null,
        1,
      ),
    );
    await workspace.init();
  };

  describe("of which Terraform knows the values", () => {
    const GOOD = {
      text: "acme",
      api: "video-api",
      list: '["eu-central-1"]',
      tags: '{ team = "video" }',
      number: "3600",
      buckets:
        '[{ name = "acme-videos", prefix = "", access = "write", acl = false, kms_key_arn = null }]',
      account: "123456789012",
    };

    beforeAll(() =>
      write((stack) => {
        const variable = (name: keyof typeof GOOD, type: string) =>
          new TerraformVariable(stack, name, { type });
        const text = variable("text", "string").stringValue;
        const account = variable("account", "string").stringValue;
        const narrowing = new RemotionNarrowing(stack, "narrowing", {
          regions: Token.asAny(variable("list", "list(string)").value),
          bucketNames: [`${text}-videos`],
          accountId: account,
        });
        new RemotionUser(stack, "user", {
          narrowing,
          policyType: "managed",
          lambdaRoleName: `${text}-role`,
          tags: Token.asStringMap(variable("tags", "map(string)").value),
        });
        new RemotionLambdaRole(stack, "role", {
          name: `${text}-role`,
          maxSessionDuration: variable("number", "number").numberValue,
          outputBuckets: Token.asAny(
            variable(
              "buckets",
              "list(object({ name = string, prefix = string, access = string, acl = bool, kms_key_arn = string }))",
            ).value,
          ),
        });
        new RemotionExecutionRole(stack, "caller", {
          trustedPrincipalArns: [`arn:aws:iam::${account}:root`],
          externalId: `${text}-1`,
        });
        new RemotionBucketGrants(stack, "grants", {
          outputBuckets: [{ name: "acme-videos", prefix: `${text}/`, access: "write" }],
          roleNames: { api: variable("api", "string").stringValue },
        });
      }),
    );

    const values = (given: Partial<typeof GOOD>) =>
      Object.entries({ ...GOOD, ...given }).map(([name, value]) => `-var=${name}=${value}`);

    it("plan with values that keep the rules", async () => {
      const { resource_changes = [] } = await workspace.plan(values({}));
      const policies = JSON.stringify(
        resource_changes.map(({ change }) => change.after?.["policy"]),
      );

      expect(policies).toContain("arn:aws:iam::123456789012:role/acme-role");
      expect(policies).toContain("arn:aws:s3:::acme-videos/acme/*");
    });

    const ROLE_RULE = "give 1 to 64 letters, digits or any of _+=,.@- and no ARN or path.";

    it.each<[given: Partial<typeof GOOD>, says: readonly string[]]>([
      [
        { text: "*" },
        [
          `stack/user: lambdaRoleName is "*-role", which is not a role's name: ${ROLE_RULE}`,
          `stack/role: name is "*-role", which is not a role's name: ${ROLE_RULE}`,
          'stack/narrowing: bucketNames[0] is "*-videos", which is not a bucket\'s name: give the name',
          'stack/caller: externalId is "*-1", which is not an external id: give 2 to 1224',
          'stack/grants: outputBuckets[0].prefix is "*/", which is not a key prefix: write ',
        ],
      ],
      [
        { list: '["eu-central-1", "*"]', account: "*" },
        [
          'stack/narrowing: regions has invalid values: "*". Give a name like us-east-1',
          'stack/narrowing: accountId is "*", which is not an account\'s number: give its twelve',
          'stack/caller: trustedPrincipalArns[0] is "arn:aws:iam::*:root", which is not the ARN of a',
        ],
      ],
      [
        { api: "*" },
        [
          'stack/grants: roleNames.api is "*", which is not a role\'s name or ARN: give its name, of 1',
        ],
      ],
      [
        { number: "60", tags: '{ "aws:x" = "*" }' },
        [
          "stack/role: maxSessionDuration is 60: give a whole number of seconds from 3600 to 43200.",
          'stack/user: tags has invalid keys: "aws:x". Keys must not begin with "aws:"',
          'stack/user: tags has invalid values: aws:x = "*". Give at most 256',
        ],
      ],
      [
        { buckets: GOOD.buckets.replace("acme-videos", "*") },
        ['stack/role: outputBuckets has invalid names: "*". Give the name alone'],
      ],
    ])("are refused at plan with %o", async (given, says) => {
      const args = ["plan", "-input=false", "-no-color", ...values(given)];
      const { status, output } = await workspace.attempt("terraform", args);
      const words = output.replace(/[\s│]+/g, " ");

      expect(status).toBe(1);
      for (const sentence of says) {
        expect(words).toContain(sentence);
      }
    });
  });

  describe("of a bucket whose name only the apply knows", () => {
    let plan: Plan = {};
    beforeAll(async () => {
      await write((stack) => {
        const bucket = new S3Bucket(stack, "videos", { bucketPrefix: "videos-" });
        new RemotionBucketGrants(stack, "grants", {
          outputBuckets: [
            { name: bucket.bucket, prefix: "finished/", access: "write" },
            { name: "acme-archive", prefix: "", access: "write" },
          ],
          roleNames: { writer: "writer" },
        });
        new RemotionLambdaRole(stack, "role", {
          outputBuckets: [{ name: bucket.bucket, prefix: "", access: "write" }],
        });
      });
      plan = await workspace.plan();
    });

    it("plan one policy, as the module does, which is attached", () => {
      const types = (plan.resource_changes ?? []).map(({ type }) => type).sort();

      expect(types).toEqual([
        "aws_iam_policy",
        "aws_iam_role",
        "aws_iam_role_policy",
        "aws_iam_role_policy_attachment",
        "aws_s3_bucket",
      ]);
    });
  });

  // The last, for it leaves a state behind.
  describe("of which Terraform knows the values when it applies", () => {
    beforeAll(() =>
      write((stack) => {
        const late = new TerraformResource(stack, "late", {
          terraformResourceType: "terraform_data",
        });
        late.addOverride("input", "*");
        const lambdaRoleName = `${late.getStringAttribute("output")}-role`;
        new RemotionUser(stack, "user", { policyType: "managed", lambdaRoleName });
      }),
    );

    it("are refused before anything of the construct is made or changed", async () => {
      await workspace.plan();
      const args = ["apply", "-input=false", "-no-color", "-auto-approve"];
      const { status, output } = await workspace.attempt("terraform", args);

      expect(status).toBe(1);
      expect(output.replace(/[\s│]+/g, " ")).toContain(
        'stack/user: lambdaRoleName is "*-role", which is not a role\'s name: give 1 to 64',
      );
      expect(output).not.toMatch(/aws_iam_\S+: Creating/);
    });
  });
});
