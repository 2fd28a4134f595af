import { RemotionUser } from "../../lib/constructs/remotion-user.js";
import type { ModuleReadme } from "../../lib/module/readme-edition.js";
import { accessKeys } from "../access-keys-input.js";
import { accessKeysOutputs } from "../access-keys-outputs.js";
import { accessKeysSection } from "../access-keys-section.js";
import { principalInputs } from "../common-inputs.js";
import { deployerSection } from "../deployer-section.js";
import * as inputs from "../inputs.js";
import { USER_CASES } from "../module-tests/remotion-user.js";
import { moduleVersionOutput, userOutputs } from "../outputs.js";
import { grantPermissions, userPermissions } from "../permission-tables.js";
import { narrowingInputs, unusedOptions, userOptionInputs } from "../policy-inputs.js";
import { PublishedModule } from "../published-module.js";
import { whoNeedsWhat } from "../who-needs-what.js";

/** The module `remotion-user`: the user of Remotion's set-up guide with its policy. */
export class RemotionUserModule extends PublishedModule {
  readonly readme: ModuleReadme = {
    summary:
      "The IAM user `remotion-user` with its policy, as Remotion's [set-up guide](https://www.remotion.dev/docs/lambda/setup) has you make it by hand. Remotion's command line and Node.js APIs use its keys. Whatever runs on AWS should hold no such keys: see `remotion-executionrole-policy`.",
    diagram: `
flowchart LR
  user["aws_iam_user<br>remotion-user"] --- policy["remotion-user-policy<br>inline or managed"]
  policy -->|passes| role["remotion-lambda-role"]
  policy -->|deploys and invokes| function["remotion-render-*"]
  policy -->|creates, reads and writes| bucket["remotionlambda-*"]`,
    usage: `
module "remotion_user" {
  source = "./modules/remotion-user" # a copy of this folder, or its git address
}`,
    sections: [accessKeysSection("remotion-user"), whoNeedsWhat, deployerSection("remotion-user")],
    permissions: [...userPermissions("Of the user"), grantPermissions],
  };

  readonly cases = USER_CASES;

  constructor() {
    super("remotion-user");
    const name = inputs.userName(this, "name");
    const policyName = inputs.userPolicyName(this, "policy_name");
    const policyType = inputs.policyType("user")(this, "policy_type");
    const profile = inputs.userProfile(this, "profile");
    const lambdaRoleName = inputs.passedRoleName(this, "lambda_role_name");
    const lambdaRolePath = inputs.passedRolePath(this, "lambda_role_path");
    const narrowing = narrowingInputs(this);
    const options = userOptionInputs(this);
    const outputBuckets = inputs.callerOutputBuckets(this, "output_buckets");
    const createAccessKey = inputs.createAccessKey(this, "create_access_key");
    const named = accessKeys(this, "access_keys");
    const pgpKey = inputs.pgpKey(this, "pgp_key");
    const forceDestroy = inputs.forceDestroy(this, "force_destroy");

    const user = new RemotionUser(this, "this", {
      name: name.stringValue,
      policyName: policyName.stringValue,
      policyType: policyType.stringValue,
      profile: profile.stringValue,
      narrowing,
      ...options,
      lambdaRoleName: lambdaRoleName.stringValue,
      lambdaRolePath: lambdaRolePath.stringValue,
      outputBuckets: outputBuckets.token,
      createAccessKey: createAccessKey.booleanValue,
      accessKeys: named.stringMapValue,
      pgpKey: pgpKey.stringValue,
      forceDestroy: forceDestroy.booleanValue,
      ...principalInputs(this, "the user"),
    });
    userOutputs(this, user, "", { policy: [unusedOptions("profile")] });
    accessKeysOutputs(this, user);
    moduleVersionOutput(this);
  }
}
