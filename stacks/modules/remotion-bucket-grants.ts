import { Token } from "cdktf";
import { RemotionBucketGrants } from "../../lib/constructs/remotion-bucket-grants.js";
import { ModuleOutput } from "../../lib/module/module-output.js";
import { Moved } from "../../lib/module/moved.js";
import type { ModuleReadme } from "../../lib/module/readme-edition.js";
import { commonInputs } from "../common-inputs.js";
import * as inputs from "../inputs.js";
import { grantPermissions } from "../permission-tables.js";
import { PublishedModule } from "../published-module.js";

/** The module `remotion-bucket-grants`: write access to more buckets for roles that exist. */
export class RemotionBucketGrantsModule extends PublishedModule {
  readonly readme: ModuleReadme = {
    summary:
      "Write access to further S3 buckets for roles that exist already: a managed policy, attached to every role that you name. Renders are written by `remotion-lambda-role`, whoever asked for them, so that role comes first.",
    diagram: `
flowchart LR
  roles["role_names"] --- policy["aws_iam_policy<br>remotion-bucket-grants"]
  policy -->|writes| buckets["output_buckets"]`,
    usage: `
module "remotion_bucket_grants" {
  source = "./modules/remotion-bucket-grants" # a copy of this folder, or its git address

  role_names = {
    remotion = "remotion-lambda-role"
  }

  output_buckets = [
    { name = "acme-videos", prefix = "finished/", acl = true },
  ]
}`,
    permissions: [grantPermissions],
  };

  constructor() {
    super("remotion-bucket-grants");
    const roleNames = inputs.roleNames(this, "role_names");
    const outputBuckets = inputs.outputBuckets(this, "output_buckets");
    const policyName = inputs.bucketGrantsName(this, "policy_name");
    const maxPoliciesPerRole = inputs.maxPoliciesPerRole(this, "max_policies_per_role");

    const grants = new RemotionBucketGrants(this, "this", {
      roleNames: Token.asStringMap(roleNames.value),
      outputBuckets: outputBuckets.token,
      policyName: policyName.stringValue,
      maxPoliciesPerRole: maxPoliciesPerRole.numberValue,
      ...commonInputs(this),
    });
    // One policy was all that the module made before.
    new Moved(this, "first_policy", {
      from: "aws_iam_policy.this[0]",
      to: 'aws_iam_policy.this["1"]',
    });
    new ModuleOutput(this, "policy_arns", {
      description: "ARNs of the managed policies; none without a bucket.",
      value: grants.policyArns,
    });
    new ModuleOutput(this, "policy_json", {
      description:
        "All the grants as one policy document, as JSON, however many policies hold them.",
      value: grants.policyJson,
    });
  }
}
