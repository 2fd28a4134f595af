# A Fargate task that calls renderMediaOnLambda(). Its task role is what the code in the container
# runs as; the role that pulls the image, execution_role_arn, is another and has nothing of Remotion.

terraform {
  required_version = ">= 1.5.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

module "caller" {
  source = "../../modules/remotion-execution-role"

  name             = "video-task"
  trusted_services = ["ecs-tasks.amazonaws.com"]
}

module "remotion_policy" {
  source = "../../modules/remotion-executionrole-policy"

  name    = "video-task-render"
  profile = "render"

  role_names = {
    caller = module.caller.role_name
  }
}

resource "aws_ecs_task_definition" "task" {
  family                   = "video-task"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  task_role_arn            = module.caller.role_arn

  container_definitions = jsonencode([
    {
      name      = "video"
      image     = "public.ecr.aws/docker/library/node:22-alpine"
      essential = true
    },
  ])
}

output "task_definition_arn" {
  description = "The task, as aws_ecs_service takes it."
  value       = aws_ecs_task_definition.task.arn
}
