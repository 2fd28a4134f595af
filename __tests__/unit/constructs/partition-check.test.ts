import { type TerraformStack, TerraformVariable, Token } from "cdktf";
import { describe, expect, it } from "vitest";
import { RemotionBucketGrants } from "../../../lib/constructs/remotion-bucket-grants.js";
import { RemotionExecutionRole } from "../../../lib/constructs/remotion-execution-role.js";
import { RemotionExecutionRolePolicy } from "../../../lib/constructs/remotion-executionrole-policy.js";
import { RemotionLambdaRole } from "../../../lib/constructs/remotion-lambda-role.js";
import { RemotionNarrowing } from "../../../lib/constructs/remotion-narrowing.js";
import { RemotionUser } from "../../../lib/constructs/remotion-user.js";
import { synthesize } from "../support/synthesize.js";

const CHINA = {
  boundary: "arn:aws-cn:iam::123456789012:policy/boundary",
  layer: "arn:aws-cn:lambda:cn-north-1:123456789012:layer:fonts:3",
  key: "arn:aws-cn:kms:cn-north-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  role: "arn:aws-cn:iam::123456789012:role/api",
};

const bucket = { name: "acme-videos", prefix: "", access: "read", kmsKeyArn: CHINA.key } as const;

interface InChina {
  readonly prop: string;
  readonly value: string;
  readonly build: (scope: TerraformStack, partition?: string) => void;
}

const trusted = { trustedServices: ["lambda.amazonaws.com"] };

/** What is in China, in every construct that takes it. */
const IN_CHINA: readonly InChina[] = [
  {
    prop: "permissionsBoundaryArn",
    value: CHINA.boundary,
    build: (scope, partition = "aws") =>
      new RemotionUser(scope, "it", { partition, permissionsBoundaryArn: CHINA.boundary }),
  },
  {
    prop: "customLayerArns[0]",
    value: CHINA.layer,
    build: (scope, partition = "aws") =>
      new RemotionUser(scope, "it", {
        partition,
        policyType: "managed",
        customLayerArns: [CHINA.layer],
      }),
  },
  {
    prop: "outputBuckets[0].kmsKeyArn",
    value: CHINA.key,
    build: (scope, partition = "aws") =>
      new RemotionUser(scope, "it", { partition, policyType: "managed", outputBuckets: [bucket] }),
  },
  {
    prop: "narrowing.regions[0]",
    value: "cn-north-1",
    build: (scope, partition = "aws") =>
      new RemotionUser(scope, "it", {
        partition,
        narrowing: new RemotionNarrowing(scope, "narrowing", { regions: ["cn-north-1"] }),
      }),
  },
  {
    prop: "permissionsBoundaryArn",
    value: CHINA.boundary,
    build: (scope, partition = "aws") =>
      new RemotionLambdaRole(scope, "it", { partition, permissionsBoundaryArn: CHINA.boundary }),
  },
  {
    prop: "roleNames.api",
    value: CHINA.role,
    build: (scope, partition = "aws") =>
      new RemotionExecutionRolePolicy(scope, "it", { partition, roleNames: { api: CHINA.role } }),
  },
  {
    prop: "roleNames.api",
    value: CHINA.role,
    build: (scope, partition = "aws") =>
      new RemotionBucketGrants(scope, "it", {
        partition,
        outputBuckets: [{ name: "acme-videos", prefix: "", access: "write" }],
        roleNames: { api: CHINA.role },
      }),
  },
  {
    prop: "trustedPrincipalArns[0]",
    value: CHINA.role,
    build: (scope, partition = "aws") =>
      new RemotionExecutionRole(scope, "it", { partition, trustedPrincipalArns: [CHINA.role] }),
  },
  {
    prop: "policyArns.video",
    value: CHINA.boundary,
    build: (scope, partition = "aws") =>
      new RemotionExecutionRole(scope, "it", {
        partition,
        ...trusted,
        policyArns: { video: CHINA.boundary },
      }),
  },
];

describe("what is in another partition", () => {
  it.each(IN_CHINA)("is refused at once where both are known: $prop", ({ prop, value, build }) => {
    expect(() => synthesize((scope) => build(scope))).toThrow(
      `stack/it: ${prop} is "${value}", which is not in the partition "aws": give what is in it, or set partition. Remotion runs in "aws" and "aws-cn" alone.`,
    );
    expect(() => synthesize((scope) => build(scope, "aws-cn"))).not.toThrow();
  });

  it.each(IN_CHINA)(
    "is left to Terraform where only it knows the partition: $prop",
    ({ value, build }) => {
      const { json } = synthesize((scope) =>
        build(scope, new TerraformVariable(scope, "p", { type: "string" }).stringValue),
      );
      const preconditions = preconditionsIn(json["resource"]);

      expect(preconditions).toHaveLength(1);
      expect(preconditions[0]?.error_message).toMatch(
        /^(These are not in the partition "\$\{var\.p\}": \$\{.*\}|\$\{.*\} is not in the partition "\$\{var\.p\}")\. Give what belongs to it, or set partition: Remotion runs in "aws" and "aws-cn" alone\.$/,
      );
      expect(JSON.stringify(json)).toContain(value);
    },
  );

  it("is asked for once in a resource, whatever only Terraform knows", () => {
    const stack = synthesize((scope) => {
      const token = (id: string) => new TerraformVariable(scope, id, { type: "any" });
      new RemotionUser(scope, "it", {
        partition: "aws-cn",
        permissionsBoundaryArn: token("boundary").stringValue,
        customLayerArns: [CHINA.layer, token("layer").stringValue],
        outputBuckets: Token.asAny(token("buckets").value),
        narrowing: new RemotionNarrowing(scope, "narrowing", {
          regions: Token.asAny(token("regions").value),
        }),
      });
    });
    const locals = Object.entries(stack.json["locals"] as Record<string, string>);
    const [regions, inRegions] =
      locals.find(([name]) => name.includes("regions_outside_partition")) ?? [];

    expect(preconditionsIn(stack.resource("aws_iam_user"))).toHaveLength(1);
    expect(inRegions).toBe('${[for region in var.regions : region if !startswith(region, "cn-")]}');
    expect(locals.map(([, value]) => value)).toContain(
      `\${concat(\n  distinct([for arn in compact(concat([var.boundary], [var.layer], var.buckets[*].kms_key_arn)) : arn if !startswith(arn, "arn:aws-cn:")]),\n  local.${regions},\n)}`,
    );
  });

  it("has its regions in one local for all with the same narrowing and partition", () => {
    const { json } = synthesize((scope) => {
      const regions = new TerraformVariable(scope, "r", { type: "any" }).value;
      const narrowing = new RemotionNarrowing(scope, "narrowing", {
        regions: Token.asAny(regions),
      });
      for (const [id, partition] of Object.entries({ a: "aws", b: "aws", c: "aws-cn" })) {
        new RemotionUser(scope, id, { narrowing, partition });
      }
    });
    const names = Object.keys(json["locals"] as object).filter((name) =>
      name.includes("regions_outside_partition"),
    );

    expect(names).toHaveLength(2);
  });

  it.each([
    ["us-gov-west-1", "aws"],
    ["eusc-de-east-1", "aws"],
    ["us-isob-east-1", "aws"],
    ["eu-isoe-west-1", "aws"],
    ["us-east-1", "aws-cn"],
  ])("is a region, too: %s in %s", (region, partition) => {
    const build = () =>
      synthesize((scope) => {
        const narrowing = new RemotionNarrowing(scope, "narrowing", { regions: [region] });
        new RemotionLambdaRole(scope, "it", { partition, narrowing });
      });

    expect(build).toThrow(`narrowing.regions[0] is "${region}", which is not in the partition`);
  });
});

interface Precondition {
  readonly condition: string;
  readonly error_message: string;
}

/** The preconditions on partitions anywhere in what was synthesized. */
function preconditionsIn(value: unknown): readonly Precondition[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  const { precondition = [] } = value as { precondition?: readonly Precondition[] };
  return [
    ...precondition.filter(({ error_message }) => error_message.includes("in the partition")),
    ...Object.values(value).flatMap(preconditionsIn),
  ];
}

describe("the further regions of Lambda Insights", () => {
  const build = (props: { partition?: string; allInsightsRegions: boolean }) =>
    synthesize((scope) => {
      new RemotionUser(scope, "it", { ...props, policyType: "managed" });
      new RemotionExecutionRolePolicy(scope, "policy", props);
    });

  it("are refused in China, which has none of them", () => {
    expect(() => build({ partition: "aws-cn", allInsightsRegions: true })).toThrow(
      'stack/it: allInsightsRegions would do nothing, as partition is "aws-cn": AWS publishes',
    );
  });

  it.each([
    { allInsightsRegions: true },
    { partition: "aws", allInsightsRegions: true },
    { partition: "aws-cn", allInsightsRegions: false },
  ])("are nothing to be checked for %o", (props) => {
    const { lifecycle = {} } = build(props).resource("aws_iam_user");

    expect(JSON.stringify(lifecycle)).not.toContain("all_insights_regions");
  });

  it("are for Terraform to refuse where only it knows the partition", () => {
    const stack = synthesize((scope) => {
      const it = new TerraformVariable(scope, "it", { type: "string" });
      new RemotionUser(scope, "user", { partition: it.stringValue, allInsightsRegions: true });
    });

    expect(stack.resource("aws_iam_user")["lifecycle"]).toMatchObject({
      precondition: expect.arrayContaining([
        expect.objectContaining({ condition: '${!(true && var.it == "aws-cn")}' }),
      ]),
    });
  });
});
