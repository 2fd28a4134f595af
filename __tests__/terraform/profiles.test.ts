import { afterAll, beforeAll, expect, it } from "vitest";
import type { PolicyDocument, Statement } from "../../lib/iam/policy-document.js";
import { type PolicyOptions, rolePolicy, userPolicy } from "../../lib/remotion/policies.js";
import type { RoleProfile, UserProfile } from "../../lib/remotion/profile-names.js";
import { startAws } from "../support/aws.js";
import { EDITIONS, moduleSource, PROVIDER } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { shareOf } from "../support/part.js";
import { describeAws } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";

type Options = Omit<PolicyOptions, "lambdaRoleName" | "lambdaRolePath">;

/** What the modules are narrowed to, as their inputs and as options of the pure functions. */
const SCOPES: readonly (readonly [string, Options])[] = [
  ["nothing narrowed", {}],
  ["the partition in China", { partition: "aws-cn" }],
  ["two regions", { regions: ["us-east-1", "eu-central-1"] }],
  ["an account", { accountId: "123456789012" }],
  ["a bucket", { bucketNames: ["remotionlambda-useast1-abc1234567"] }],
  ["two functions", { functionNames: ["remotion-render-one", "remotion-render-two"] }],
  [
    "everything at once, with every option",
    {
      regions: ["us-east-1", "ap-southeast-2"],
      accountId: "123456789012",
      bucketNames: ["remotionlambda-useast1-abc1234567", "remotionlambda-apsoutheast2-abc1234567"],
      functionNames: ["remotion-render-one"],
      vpc: true,
      allInsightsRegions: true,
      customLayerArns: ["arn:aws:lambda:us-east-1:123456789012:layer:fonts:3"],
    },
  ],
];

interface Case {
  readonly name: string;
  readonly module: string;
  readonly inputs: string;
  readonly expected: PolicyDocument;
}

const withoutDeploying = (options: (typeof SCOPES)[number][1]) => ({
  ...options,
  customLayerArns: undefined,
  allInsightsRegions: undefined,
});

const user = (profile: UserProfile, [name, options]: (typeof SCOPES)[number]): Case => ({
  name: `user, ${profile}, ${name}`,
  module: "remotion-user",
  // What is for deploying has no part in rendering, and the module refuses it there.
  inputs: `policy_type = "managed"\n${inputsOf(profile, profile === "render" ? withoutDeploying(options) : options)}`,
  expected: userPolicy({ ...options, profile }),
});

const role = (profile: RoleProfile, [name, options]: (typeof SCOPES)[number]): Case => ({
  name: `role, ${profile}, ${name}`,
  module: "remotion-lambda-role",
  inputs: inputsOf(profile, withoutDeploying(options)),
  expected: rolePolicy({ ...options, profile }),
});

const CASES = SCOPES.flatMap((scope) => [
  user("full", scope),
  user("render", scope),
  user("deploy", scope),
  role("full", scope),
  role("minimal", scope),
]);

/** Options as the inputs of a module. */
function inputsOf(
  profile: string,
  options: { readonly [Name in keyof Options]?: Options[Name] | undefined },
): string {
  const inputs = {
    profile,
    partition: options.partition,
    regions: options.regions,
    account_id: options.accountId,
    bucket_names: options.bucketNames,
    function_names: options.functionNames,
    vpc: options.vpc,
    all_insights_regions: options.allInsightsRegions,
    custom_layer_arns: options.customLayerArns,
  };
  return Object.entries(inputs)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${name} = ${JSON.stringify(value)}`)
    .join("\n");
}

describeAws("The modules put together the policies that the pure functions do", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startAws();
  });
  afterAll(() => moto.stop());

  const played = shareOf(
    "editions whose policies are compared with ours",
    EDITIONS,
    EDITIONS.length,
  );
  it.each(played)("for every profile and narrowing, in the %s edition", async (edition) => {
    const workspace = new Workspace(moto.environment);
    const calls = CASES.map(
      ({ module, inputs }, index) =>
        `module "case_${index}" {\n  source = "${moduleSource(module, edition)}"\n${inputs}\n}\n`,
    );
    await workspace.write("main.tf", [PROVIDER, ...calls].join("\n")).init();
    const { resource_changes: changes = [] } = await workspace.plan();
    workspace.remove();

    for (const [index, { name, expected }] of CASES.entries()) {
      const planned = changes.find(
        ({ address, type }) =>
          address.startsWith(`module.case_${index}.`) &&
          (type === "aws_iam_policy" || type === "aws_iam_role_policy"),
      );
      const document = JSON.parse(String(planned?.change.after?.["policy"])) as PolicyDocument;
      expect(document.Statement.map(sortedResources), name).toEqual(
        expected.Statement.map(sortedResources),
      );
    }
    expect(CASES).toHaveLength(35);
  });
});

/** Two lists in one template may be combined in either order. */
function sortedResources(statement: Statement): Statement {
  return { ...statement, Resource: [...statement.Resource].sort() };
}
