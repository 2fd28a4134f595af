import { RemotionLambdaRole } from "../../lib/constructs/remotion-lambda-role.js";
import type { ModuleReadme } from "../../lib/module/readme-edition.js";
import { principalInputs } from "../common-inputs.js";
import { deployerSection } from "../deployer-section.js";
import * as inputs from "../inputs.js";
import { LAMBDA_ROLE_CASES } from "../module-tests/remotion-lambda-role.js";
import { lambdaRoleOutputs, moduleVersionOutput } from "../outputs.js";
import { grantPermissions, rolePermissions } from "../permission-tables.js";
import { narrowingInputs } from "../policy-inputs.js";
import { PublishedModule } from "../published-module.js";
import { whoNeedsWhat } from "../who-needs-what.js";

/** The module `remotion-lambda-role`: the role that Remotion's functions run as. */
export class RemotionLambdaRoleModule extends PublishedModule {
  readonly readme: ModuleReadme = {
    summary:
      "The role `remotion-lambda-role`, which Remotion's functions run as, with its policy, as Remotion's [set-up guide](https://www.remotion.dev/docs/lambda/setup) has you make it by hand. This role writes every video, whoever asked for the render: grant further buckets here, with `output_buckets`.",
    diagram: `
flowchart LR
  lambda["lambda.amazonaws.com"] -->|assumes| role["aws_iam_role<br>remotion-lambda-role"]
  role --- policy["remotion-lambda-policy<br>inline or managed"]
  policy -->|reads and writes| bucket["remotionlambda-*"]
  policy -->|writes| output["output_buckets"]
  policy -->|invokes| function["remotion-render-*"]`,
    usage: `
module "remotion_lambda_role" {
  source = "./modules/remotion-lambda-role" # a copy of this folder, or its git address

  output_buckets = [
    { name = "acme-videos", prefix = "finished/", access = "write", acl = true },
  ]
}`,
    sections: [
      whoNeedsWhat,
      {
        title: "A role with another name or path",
        body: "`deployFunction()` looks for `remotion-lambda-role`. Give it the output `role_arn` as `customRoleArn` when `name` or `path` is another, and give the same `lambda_role_name` and `lambda_role_path` to the modules `remotion-user` and `remotion-executionrole-policy`, which allow passing it.",
      },
      deployerSection("remotion-lambda-role"),
    ],
    permissions: [...rolePermissions("Of the role"), grantPermissions],
  };

  readonly cases = LAMBDA_ROLE_CASES;

  constructor() {
    super("remotion-lambda-role");
    const name = inputs.lambdaRoleName(this, "name");
    const policyName = inputs.lambdaRolePolicyName(this, "policy_name");
    const policyType = inputs.policyType("role")(this, "policy_type");
    const profile = inputs.roleProfile(this, "profile");
    const narrowing = narrowingInputs(this);
    const vpc = inputs.functionsVpc(this, "vpc");
    const outputBuckets = inputs.outputBuckets(this, "output_buckets");
    const maxSessionDuration = inputs.lambdaRoleSessionDuration(this, "max_session_duration");

    const role = new RemotionLambdaRole(this, "this", {
      name: name.stringValue,
      policyName: policyName.stringValue,
      policyType: policyType.stringValue,
      profile: profile.stringValue,
      narrowing,
      vpc: vpc.booleanValue,
      outputBuckets: outputBuckets.token,
      maxSessionDuration: maxSessionDuration.numberValue,
      ...principalInputs(this, "the role"),
    });
    lambdaRoleOutputs(this, role);
    moduleVersionOutput(this);
  }
}
