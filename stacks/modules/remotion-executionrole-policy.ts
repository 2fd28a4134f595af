import { RemotionExecutionRolePolicy } from "../../lib/constructs/remotion-executionrole-policy.js";
import type { ModuleReadme } from "../../lib/module/readme-edition.js";
import { commonInputs } from "../common-inputs.js";
import { deployerSection } from "../deployer-section.js";
import * as inputs from "../inputs.js";
import { EXECUTIONROLE_POLICY_CASES } from "../module-tests/remotion-executionrole-policy.js";
import { executionRolePolicyOutputs, moduleVersionOutput } from "../outputs.js";
import { grantPermissions, userPermissions } from "../permission-tables.js";
import { narrowingInputs, unusedOptions, userOptionInputs } from "../policy-inputs.js";
import { PublishedModule } from "../published-module.js";
import { whoNeedsWhat } from "../who-needs-what.js";

/** The module `remotion-executionrole-policy`: the policy of callers without long-term keys. */
export class RemotionExecutionRolePolicyModule extends PublishedModule {
  readonly readme: ModuleReadme = {
    summary:
      "The managed policy `remotion-executionrole-policy` for whatever calls `renderMediaOnLambda()` without long-term keys: a Lambda function, an EC2 instance, a Fargate task. It is attached to every role that you name, as Remotion's [guide](https://www.remotion.dev/docs/lambda/lambda-role-permissions) has you do by hand.",
    diagram: `
flowchart LR
  roles["role_names"] --- policy["aws_iam_policy<br>remotion-executionrole-policy"]
  policy -->|passes| role["remotion-lambda-role"]
  policy -->|deploys and invokes| function["remotion-render-*"]
  policy -->|creates, reads and writes| bucket["remotionlambda-*"]`,
    usage: `
module "remotion_executionrole_policy" {
  source = "./modules/remotion-executionrole-policy" # a copy of this folder, or its git address

  role_names = {
    api = aws_iam_role.api.name
  }
}`,
    sections: [
      whoNeedsWhat,
      {
        title: "Why role_names is a map",
        body: "The keys are the addresses of the attachments and must be known at plan; the names need not be, so a role of the same apply works. Reordering changes nothing, and a renamed role replaces one attachment. A role's ARN does as well as its name: what follows the last slash counts, so it is the role of that name in this account.",
      },
      deployerSection("remotion-executionrole-policy"),
    ],
    permissions: [...userPermissions("Of the callers"), grantPermissions],
  };

  readonly cases = EXECUTIONROLE_POLICY_CASES;

  constructor() {
    super("remotion-executionrole-policy");
    const name = inputs.executionRolePolicyName(this, "name");
    const roleNames = inputs.roleNames(this, "role_names");
    const profile = inputs.userProfile(this, "profile");
    const lambdaRoleName = inputs.passedRoleName(this, "lambda_role_name");
    const lambdaRolePath = inputs.passedRolePath(this, "lambda_role_path");
    const narrowing = narrowingInputs(this);
    const options = userOptionInputs(this);
    const outputBuckets = inputs.callerOutputBuckets(this, "output_buckets");

    const policy = new RemotionExecutionRolePolicy(this, "this", {
      name: name.stringValue,
      profile: profile.stringValue,
      narrowing,
      ...options,
      roleNames: roleNames.stringMapValue,
      lambdaRoleName: lambdaRoleName.stringValue,
      lambdaRolePath: lambdaRolePath.stringValue,
      outputBuckets: outputBuckets.token,
      ...commonInputs(this),
    });
    executionRolePolicyOutputs(this, policy, "", { policy: [unusedOptions("profile")] });
    moduleVersionOutput(this);
  }
}
