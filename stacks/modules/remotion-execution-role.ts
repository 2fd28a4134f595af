import { RemotionExecutionRole } from "../../lib/constructs/remotion-execution-role.js";
import type { ModuleReadme } from "../../lib/module/readme-edition.js";
import { principalInputs } from "../common-inputs.js";
import { executionRoleInputs, executionRoleName } from "../execution-role-inputs.js";
import * as inputs from "../inputs.js";
import { executionRoleOutputs } from "../outputs.js";
import { callerRolePermissions } from "../permission-tables.js";
import { PublishedModule } from "../published-module.js";

/** The module `remotion-execution-role`: the role of callers without long-term keys. */
export class RemotionExecutionRoleModule extends PublishedModule {
  readonly readme: ModuleReadme = {
    summary:
      "The role for whatever calls `renderMediaOnLambda()` without long-term keys: a Lambda function, an EC2 instance, a Fargate task, a role of another account, a job of GitHub Actions. It says who may assume the role and lets Lambda functions write their logs; what Remotion needs comes from `remotion-executionrole-policy`, in the same apply. The role that Remotion's own functions run as is another: `remotion-lambda-role`.",
    diagram: `
flowchart LR
  services["trusted_services"] -->|assume| role["aws_iam_role<br>remotion-execution-role"]
  principals["trusted_principal_arns<br>external_id"] -->|assume| role
  oidc["trusted_oidc<br>audience and subject"] -->|assume| role
  profile["aws_iam_instance_profile"] --- role
  role --- policies["policy_arns"]
  policy["remotion-executionrole-policy"] ---|role_names| role
  role -->|writes logs of| functions["log_function_names"]`,
    usage: `
module "caller" {
  source = "./modules/remotion-execution-role" # a copy of this folder, or its git address

  trusted_services   = ["lambda.amazonaws.com"]
  log_function_names = ["video-api"]
}

module "remotion_executionrole_policy" {
  source = "./modules/remotion-executionrole-policy"

  profile = "render"

  role_names = {
    caller = module.caller.role_name
  }
}`,
    sections: [
      {
        title: "Which caller needs what",
        body: `
| Caller | Inputs | Where the role goes |
| --- | --- | --- |
| Lambda function | \`trusted_services = ["lambda.amazonaws.com"]\`, \`log_function_names\` | \`role\` of \`aws_lambda_function\` |
| EC2 instance | \`trusted_services = ["ec2.amazonaws.com"]\`, \`create_instance_profile = true\` | \`iam_instance_profile\` of \`aws_instance\` |
| ECS or Fargate task | \`trusted_services = ["ecs-tasks.amazonaws.com"]\` | \`task_role_arn\` of \`aws_ecs_task_definition\`; its \`execution_role_arn\` is another role, which pulls images |
| Role or user of this account | \`trusted_principal_arns\` | \`aws sts assume-role\` |
| Another account | \`trusted_principal_arns\`, \`external_id\` | \`aws sts assume-role --external-id\` |
| GitHub Actions, GitLab, any OIDC issuer | \`trusted_oidc\` | \`aws sts assume-role-with-web-identity\` |

Each has an example of its own that can be applied as it is. One role may trust several of them.`,
      },
      {
        title: "What the trust means",
        body: "Who is trusted has all that the role has, so wildcards are refused: a service, a role, a user or an account is named in full. A trusted service means every workload of that service in this account that is given the role, and giving it takes `iam:PassRole`. A trusted account (`…:root`) leaves it to that account which of its roles and users may assume the role; a trusted role or user is that one alone, and stops being trusted when it is deleted and made anew. Without anybody to trust, and over the quota of 2,048 characters, the plan fails.",
      },
      {
        title: "Another account, and external_id",
        body: "If the other account is a service provider's, which works for many customers with one role, set `external_id` to the value that the provider gave to you and to nobody else: the provider then cannot be tricked into using your role for somebody else ([confused deputy](https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html)). It counts for all of `trusted_principal_arns`, and for nobody else. It is no secret.",
      },
      {
        title: "GitHub Actions",
        body: `
\`\`\`hcl
module "caller" {
  source = "./modules/remotion-execution-role"

  trusted_oidc = [
    {
      provider_arn = aws_iam_openid_connect_provider.github.arn
      audiences    = ["sts.amazonaws.com"]
      subjects     = ["repo:acme/video:ref:refs/heads/main"]
    },
  ]
}
\`\`\`

\`\`\`yaml
permissions:
  id-token: write # lets the job ask for its token
  contents: read

steps:
  - uses: aws-actions/configure-aws-credentials@v4
    with:
      role-to-assume: arn:aws:iam::123456789012:role/remotion-execution-role
      aws-region: us-east-1
\`\`\`

Everybody on GitHub gets tokens of the same issuer. So the subject must name the owner in full: \`repo:*\` and \`repo:*/video:*\` are refused. \`repo:acme/video:*\` holds for every branch, tag and environment of the repository, and for its pull requests, whose subject is \`repo:acme/video:pull_request\`: name a branch or an environment where that is too wide. Where \`provider_arn\` comes from the same apply, the plan cannot show the trust policy, and its rule for GitHub is checked once the provider is there.`,
      },
    ],
    permissions: [callerRolePermissions],
  };

  constructor() {
    super("remotion-execution-role");
    const name = executionRoleName(this, "name");
    const own = executionRoleInputs(this);
    const maxSessionDuration = inputs.maxSessionDuration(this, "max_session_duration");

    const role = new RemotionExecutionRole(this, "this", {
      name: name.stringValue,
      ...own,
      maxSessionDuration: maxSessionDuration.numberValue,
      ...principalInputs(this),
    });
    executionRoleOutputs(this, role);
  }
}
