import { RemotionExecutionRole } from "../../lib/constructs/remotion-execution-role.js";
import type { ModuleReadme } from "../../lib/module/readme-edition.js";
import { principalInputs } from "../common-inputs.js";
import { deployerSection } from "../deployer-section.js";
import { executionRoleInputs, executionRoleName } from "../execution-role-inputs.js";
import * as inputs from "../inputs.js";
import { EXECUTION_ROLE_CASES } from "../module-tests/remotion-execution-role.js";
import { executionRoleOutputs, moduleVersionOutput } from "../outputs.js";
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
  oidc["trusted_oidc<br>audience, subject, claims"] -->|assume| role
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
| EventBridge, Step Functions, ECS | \`trusted_services\`, with \`source_account\` or \`source_arns\` | the rule, schedule, state machine or task |
| Pods of EKS | \`trusted_services = ["pods.eks.amazonaws.com"]\`, which may then tag its sessions | \`aws_eks_pod_identity_association\` |

Lambda, EC2, Fargate, another account and GitHub Actions have an example each, which can be applied as it is. One role may trust several of them.`,
      },
      {
        title: "What the trust means",
        body: "Who is trusted has all that the role has, so wildcards are refused: a service, a role, a user or an account is named in full. A trusted service means every workload of that service in this account that is given the role, and giving it takes `iam:PassRole`. A trusted account (`…:root`) leaves it to that account which of its roles and users may assume the role; a trusted role or user is that one alone, and stops being trusted when it is deleted and made anew. Without anybody to trust, and over the quota of 2,048 characters, the plan fails.",
      },
      {
        title: "Another account, and external_id",
        body: "If the other account is a service provider's, which works for many customers with one role, set `external_id` to the value that the provider gave to you and to nobody else: the provider then cannot be tricked into using your role for somebody else ([confused deputy](https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html)). It counts for all of `trusted_principal_arns`, and for nobody else: without any, it is refused. It is no secret.",
      },
      {
        title: "Services that act for others",
        body: "A service such as EventBridge acts for all its customers. `source_account` and `source_arns` keep it to what it does for you, as AWS asks for; they become conditions on `aws:SourceAccount` and `aws:SourceArn`. They are taken for the services whose AWS page shows these keys in the trust policy of a role: `ecs-tasks`, `events`, `pipes`, `scheduler` and `states`. Any other service would never say them, and could not assume the role: that is refused at plan. So is an ARN that is not of `source_account`, and a service without an ARN of its own in `source_arns`: both conditions hold for all of `trusted_services`.",
      },
      {
        title: "GitHub Actions",
        body: `
\`\`\`hcl
resource "aws_iam_openid_connect_provider" "github" { # one for an account: if there is one, take its ARN
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

module "caller" {
  source = "./modules/remotion-execution-role"

  trusted_oidc = [
    {
      provider_arn = aws_iam_openid_connect_provider.github.arn
      audiences    = ["sts.amazonaws.com"]
      subjects     = ["repo:acme@123456/video@456789:ref:refs/heads/main"]
      claims       = { repository_id = ["456789"] }
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

GitHub has two forms of subjects. A repository that was made, renamed or transferred after 15 July 2026, or that opted in, has the numbers of its owner and of itself in them; an older one is \`repo:acme/video:…\` until then. What yours sends, and its numbers:

\`\`\`sh
gh api repos/acme/video/actions/oidc/customization/sub  # use_immutable_subject, sub_claim_prefix
gh api repos/acme/video --jq '"repo:\\(.owner.login)@\\(.owner.id)/\\(.name)@\\(.id)"'
\`\`\`

The numbers never change hands, and a name that is given up can be taken by a stranger: take the form with numbers wherever the repository has it. To change over, or before a repository is renamed, trust both subjects, let the repository change, then take the old one out. "Not authorized to perform sts:AssumeRoleWithWebIdentity" means that no subject, audience or claim of the trust is the token's: compare them with what \`gh api\` says, and look for the other form.

Everybody on GitHub gets tokens of the same issuer. So the subject must name the owner in full: \`repo:*\` and \`repo:*/video:*\` are refused. \`repo:acme@123456/video@456789:*\` holds for every branch, tag and environment of the repository, and for its pull requests, whose subject ends in \`:pull_request\`: name a branch or an environment where that is too wide. \`job_workflow_ref:\` alone holds for everybody who calls that reusable workflow, strangers too where its repository is public: ask for \`repository_owner_id\` or \`repository_id\` in \`claims\` beside it.`,
      },
      {
        title: "Subjects, claims and owners",
        body: 'Of each issuer that serves many customers the place of the customer in a subject is known, and has to be literal; wildcards stand behind it. Of an issuer that is not known, a subject is taken as a whole, or with `*` at its end where `owner` says which literal beginning only you can be given: `owner = "account:acme"` for `account:acme:pipeline:*`. `claims` are further claims of the token, each with the values of which it must have one; AWS evaluates some claims of some issuers and no others, and an unknown one is refused with the list. `claims` has no default, for a misspelt one would be no condition. Which issuers, shapes and claims these are, and which tokens are let in: `docs/OIDC-ISSUERS.md` of the project. Where `provider_arn` comes from the same apply, the plan cannot show the trust policy, and its rules are checked once the provider is there.',
      },
      deployerSection("remotion-execution-role"),
    ],
    permissions: [callerRolePermissions],
  };

  readonly cases = EXECUTION_ROLE_CASES;

  constructor() {
    super("remotion-execution-role");
    const name = executionRoleName(this, "name");
    const own = executionRoleInputs(this);
    const maxSessionDuration = inputs.executionRoleSessionDuration(this, "max_session_duration");

    const role = new RemotionExecutionRole(this, "this", {
      name: name.stringValue,
      ...own,
      maxSessionDuration: maxSessionDuration.numberValue,
      ...principalInputs(this, "the role"),
    });
    executionRoleOutputs(this, role);
    moduleVersionOutput(this);
  }
}
