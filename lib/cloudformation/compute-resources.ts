import type { IamResource } from "../terraform/iam-file.js";
import { nameOfResource } from "./attributes.js";
import { roleOf } from "./policy-document.js";
import type { Declared, Template, Worked } from "./template.js";

/** Where a resource says as what it runs: the properties in one another, and what Terraform calls them. */
interface RunsAs {
  readonly type: string;
  readonly path: readonly string[];
  readonly argument: string;
  /** The block around the argument. */
  readonly block?: string;
}

/** What runs code of somebody's own, with the permissions of a role. */
const RUNNING: Readonly<Record<string, readonly RunsAs[]>> = {
  "AWS::AppRunner::Service": [
    {
      type: "aws_apprunner_service",
      path: ["InstanceConfiguration", "InstanceRoleArn"],
      argument: "instance_role_arn",
      block: "instance_configuration",
    },
  ],
  "AWS::AutoScaling::LaunchConfiguration": [profile("aws_launch_configuration")],
  "AWS::Batch::JobDefinition": [
    {
      type: "aws_batch_job_definition",
      path: ["ContainerProperties", "JobRoleArn"],
      argument: "container_properties",
    },
  ],
  "AWS::CodeBuild::Project": [role("aws_codebuild_project", "ServiceRole", "service_role")],
  "AWS::EC2::Instance": [profile("aws_instance")],
  "AWS::EC2::LaunchTemplate": [
    {
      type: "aws_launch_template",
      path: ["LaunchTemplateData", "IamInstanceProfile", "Name"],
      argument: "name",
      block: "iam_instance_profile",
    },
    {
      type: "aws_launch_template",
      path: ["LaunchTemplateData", "IamInstanceProfile", "Arn"],
      argument: "arn",
      block: "iam_instance_profile",
    },
  ],
  "AWS::ECS::TaskDefinition": [role("aws_ecs_task_definition", "TaskRoleArn", "task_role_arn")],
  "AWS::EKS::Nodegroup": [role("aws_eks_node_group", "NodeRole", "node_role_arn")],
  "AWS::EKS::PodIdentityAssociation": [
    role("aws_eks_pod_identity_association", "RoleArn", "role_arn"),
  ],
  "AWS::Glue::Job": [role("aws_glue_job", "Role", "role_arn")],
  "AWS::Lambda::Function": [role("aws_lambda_function", "Role", "role")],
  "AWS::StepFunctions::StateMachine": [role("aws_sfn_state_machine", "RoleArn", "role_arn")],
};

const PROFILE = "AWS::IAM::InstanceProfile";

function role(type: string, property: string, argument: string): RunsAs {
  return { type, path: [property], argument };
}

function profile(type: string): RunsAs {
  return { type, path: ["IamInstanceProfile"], argument: "iam_instance_profile" };
}

/** What runs as a role in a template, and instance profiles, as resources of Terraform. */
export function computeResources(template: Template): readonly IamResource[] {
  return template.resources.flatMap((resource) => {
    if (resource.type === PROFILE) {
      return [
        computing(resource, "aws_iam_instance_profile", (name) => {
          if (name === "name") {
            return nameOfResource(resource, template);
          }
          return name === "role" ? template.items(resource, "Roles")[0]?.value : undefined;
        }),
      ];
    }
    const running = Object.hasOwn(RUNNING, resource.type) ? RUNNING[resource.type] : undefined;
    return (running ?? []).map(({ type, path, argument, block }) =>
      computing(resource, type, (name) => {
        if (name !== (block ?? argument)) {
          return undefined;
        }
        const value = roleOf(valueAt(resource, path, template));
        if (block !== undefined) {
          return { [argument]: value };
        }
        // Terraform has the text of these properties.
        return argument === "container_properties" && typeof value === "string"
          ? JSON.stringify({ jobRoleArn: value })
          : value;
      }),
    );
  });
}

function computing(
  { id }: Declared,
  type: string,
  argument: (name: string) => unknown,
): IamResource {
  return {
    address: id,
    module: "",
    type,
    argument: (name) => argument(name) ?? undefined,
    origins: () => [],
    fate: "made",
  };
}

function valueAt(
  resource: Declared,
  [first = "", ...others]: readonly string[],
  template: Template,
): Worked {
  return others.reduce<Worked>(
    (value, name) => template.part(value, name),
    template.property(resource, first),
  );
}
