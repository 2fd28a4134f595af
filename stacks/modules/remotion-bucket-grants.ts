import { RemotionBucketGrants } from "../../lib/constructs/remotion-bucket-grants.js";
import { ModuleOutput } from "../../lib/module/module-output.js";
import type { ModuleReadme } from "../../lib/module/readme-edition.js";
import { commonInputs } from "../common-inputs.js";
import { deployerSection } from "../deployer-section.js";
import * as inputs from "../inputs.js";
import { BUCKET_GRANTS_CASES } from "../module-tests/remotion-bucket-grants.js";
import { moduleVersionOutput } from "../outputs.js";
import { grantPermissions } from "../permission-tables.js";
import { PublishedModule } from "../published-module.js";
import { whoNeedsWhat } from "../who-needs-what.js";

/** The module `remotion-bucket-grants`: access to more buckets for roles that exist. */
export class RemotionBucketGrantsModule extends PublishedModule {
  readonly readme: ModuleReadme = {
    summary:
      "Access to further S3 buckets for roles that exist already: managed policies, as few as hold the grants, attached to every role that you name. Renders are written by `remotion-lambda-role`, whoever asked for them, so that role comes first.",
    diagram: `
flowchart LR
  roles["role_names"] --- policy["aws_iam_policy<br>remotion-bucket-grants"]
  policy -->|writes, or reads and deletes| buckets["output_buckets"]`,
    usage: `
module "remotion_bucket_grants" {
  source = "./modules/remotion-bucket-grants" # a copy of this folder, or its git address

  role_names = {
    remotion = "remotion-lambda-role"
  }

  output_buckets = [
    { name = "acme-videos", prefix = "finished/", access = "write", acl = true },
  ]
}`,
    sections: [
      whoNeedsWhat,
      {
        title: "Many buckets",
        body: `
One managed policy holds some 50 buckets. Where it is not enough, the grants are spread over several, each within 6,144 characters, as few as possible: \`remotion-bucket-grants\`, \`remotion-bucket-grants-2\` and so on, all attached to each role. Their number is worked out in the plan.

- A bucket more or less changes policies in place. Grants beside it may move from one policy to the next, and are missing for the moment between two calls to AWS.
- The order of the list changes nothing.
- Up to some 13 buckets, names and keys may come from resources of the same apply. Beyond, the plan must know them, or it cannot count the policies.
- A role may have ten managed policies unless AWS raised the quota. Over that the plan fails: raise \`max_policies_per_role\` together with the quota, or spread the buckets over several roles.`,
      },
      deployerSection("remotion-bucket-grants"),
    ],
    permissions: [grantPermissions],
  };

  readonly cases = BUCKET_GRANTS_CASES;

  constructor() {
    super("remotion-bucket-grants");
    const roleNames = inputs.roleNames(this, "role_names");
    const outputBuckets = inputs.manyOutputBuckets(this, "output_buckets");
    const policyName = inputs.bucketGrantsName(this, "policy_name");
    const maxPoliciesPerRole = inputs.maxPoliciesPerRole(this, "max_policies_per_role");

    const grants = new RemotionBucketGrants(this, "this", {
      roleNames: roleNames.stringMapValue,
      outputBuckets: outputBuckets.token,
      policyName: policyName.stringValue,
      maxPoliciesPerRole: maxPoliciesPerRole.numberValue,
      ...commonInputs(this),
    });
    new ModuleOutput(this, "policy_arns", {
      description: "ARNs of the managed policies; none without a bucket.",
      value: grants.policyArns,
      preconditions: [
        {
          condition: "${length(var.output_buckets) == 0 || length(var.role_names) > 0}",
          errorMessage:
            "output_buckets is given, and role_names is empty: nobody would get the grants. Name a role, or leave the module out.",
        },
        {
          condition: "${length(var.role_names) == 0 || length(var.output_buckets) > 0}",
          errorMessage:
            'role_names has ${join(", ", keys(var.role_names))}, and output_buckets is empty: there is nothing to grant. Name a bucket, or leave the module out.',
        },
      ],
    });
    new ModuleOutput(this, "policy_json", {
      description:
        "All the grants as one policy document, as JSON, however many policies hold them.",
      value: grants.policyJson,
    });
    moduleVersionOutput(this);
  }
}
