import type { ModuleReadme } from "../../lib/module/readme-edition.js";
import { accessKeysSection } from "../access-keys-section.js";
import { deployerSection } from "../deployer-section.js";
import { LAMBDA_CASES } from "../module-tests/remotion-lambda.js";
import { grantPermissions, rolePermissions, userPermissions } from "../permission-tables.js";
import { PublishedModule } from "../published-module.js";
import { declareRemotionLambda } from "../remotion-lambda-resources.js";
import { whoNeedsWhat } from "../who-needs-what.js";

/** The module `remotion-lambda`: user, role and policy for callers in one folder. */
export class RemotionLambdaModule extends PublishedModule {
  readonly readme: ModuleReadme = {
    summary:
      "Everything that Remotion Lambda needs in an AWS account, as Remotion's [set-up guide](https://www.remotion.dev/docs/lambda/setup) has you make it by hand: the user, the role that Remotion's functions run as, and the policy for callers that must not hold long-term keys.",
    diagram: `
flowchart LR
  user["aws_iam_user<br>remotion-user"] --- userPolicy["remotion-user-policy"]
  callers["role_names"] --- callerPolicy["remotion-executionrole-policy"]
  userPolicy & callerPolicy -->|pass| role["aws_iam_role<br>remotion-lambda-role"]
  userPolicy & callerPolicy -->|deploy and invoke| function["remotion-render-*"]
  function -->|runs as| role
  role --- rolePolicy["remotion-lambda-policy"]
  rolePolicy -->|reads and writes| bucket["remotionlambda-*"]
  rolePolicy -->|writes| output["output_buckets"]
  userPolicy & callerPolicy -->|read and delete| output`,
    usage: `
module "remotion" {
  source = "./modules/remotion-lambda" # a copy of this folder, or its git address

  role_names = {
    api = aws_iam_role.api.name
  }

  output_buckets = [
    { name = "acme-videos", prefix = "", access = "write", acl = true }, # for the role of Remotion's functions
    { name = "acme-videos", prefix = "", access = "read" },              # for the user and the callers
  ]
}`,
    sections: [
      {
        title: "Several environments in one account",
        body: `
\`name_prefix\` begins the name of every user, role and policy, so that several of these modules stand side by side:

\`\`\`hcl
module "remotion" {
  source   = "./modules/remotion-lambda"
  for_each = toset(["staging", "production"])

  name_prefix = "\${each.key}-"
}
\`\`\`

The user and the callers of each may pass the role of their own to Lambda, and no other. Give its ARN, the output \`lambda_role_arn\`, to \`deployFunction()\` as \`customRoleArn\`: without it Remotion passes \`remotion-lambda-role\`, which they may not.

The prefix separates users, roles and policies, and with them \`output_buckets\`. It does not separate Remotion's own buckets and functions, which are one set for an account and region: \`deployFunction()\` with the same version, memory, disk and timeout takes the function that another environment has deployed, which runs as that environment's role. Keep environments in regions of their own, with \`regions\`, or narrow them with \`bucket_names\` and \`function_names\`.`,
      },
      {
        title: "Buckets of your own",
        body: "One list, `output_buckets`, serves both sides: the role of Remotion's functions gets what is to be written (`write`, `put`), the user and the callers what is to be read and deleted (`read`, `delete`). Name a bucket twice for both sides. Two or three buckets to read fill the 2,048 characters of a user's inline policies: the plan says so, and `user_policy_type = \"managed\"` makes room.",
      },
      whoNeedsWhat,
      {
        title: "A role for the caller",
        body: "`create_execution_role` makes the role for whatever calls `renderMediaOnLambda()` too, with the callers' policy attached: `trusted_services`, `trusted_principal_arns` and `trusted_oidc` say who may assume it, as in the module [`remotion-execution-role`](../remotion-execution-role). For several callers, call that module and give their names to `role_names`.",
      },
      accessKeysSection("remotion-lambda"),
      deployerSection("remotion-lambda"),
    ],
    permissions: [
      ...userPermissions("Of the user and of the callers"),
      ...rolePermissions("Of the role that the functions run as"),
      grantPermissions,
    ],
  };

  readonly cases = LAMBDA_CASES;

  constructor() {
    super("remotion-lambda");
    declareRemotionLambda(this);
  }
}
