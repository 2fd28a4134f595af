import type { ModuleReadme } from "../../lib/module/readme-edition.js";
import { grantPermissions, rolePermissions, userPermissions } from "../permission-tables.js";
import { PublishedModule } from "../published-module.js";
import { declareRemotionLambda } from "../remotion-lambda-resources.js";

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
  rolePolicy -->|writes| output["output_buckets"]`,
    usage: `
module "remotion" {
  source = "./modules/remotion-lambda" # a copy of this folder, or its git address

  role_names = {
    api = aws_iam_role.api.name
  }

  output_buckets = [
    { name = "acme-videos", acl = true },
  ]
}`,
    permissions: [
      ...userPermissions("Of the user and of the callers"),
      ...rolePermissions("Of the role that the functions run as"),
      grantPermissions,
    ],
  };

  constructor() {
    super("remotion-lambda");
    declareRemotionLambda(this);
  }
}
