import { property } from "../json/json-value.js";
import { Unknown } from "../terraform-expression/unknown.js";
import type { Holder } from "./holder.js";
import type { Holders } from "./holders.js";
import type { IamFile, IamResource } from "./iam-file.js";
import { nameOf } from "./iam-name.js";
import { parseJson } from "./parse-json.js";

/** Where a resource says as which role it runs. */
interface RunsAs {
  /** The argument, or the block and the argument in it. */
  readonly path: readonly [string] | readonly [block: string, argument: string];
  /** What stands there. @default "role" */
  readonly names?: "role" | "profile" | "container properties";
}

const INSTANCE: readonly RunsAs[] = [{ path: ["iam_instance_profile"], names: "profile" }];

/** What runs code of somebody's own, with the permissions of a role. */
const RUNNING: Readonly<Record<string, readonly RunsAs[]>> = {
  aws_apprunner_service: [{ path: ["instance_configuration", "instance_role_arn"] }],
  aws_batch_job_definition: [{ path: ["container_properties"], names: "container properties" }],
  aws_codebuild_project: [{ path: ["service_role"] }],
  aws_ecs_task_definition: [{ path: ["task_role_arn"] }],
  aws_eks_node_group: [{ path: ["node_role_arn"] }],
  aws_eks_pod_identity_association: [{ path: ["role_arn"] }],
  aws_glue_job: [{ path: ["role_arn"] }],
  aws_instance: INSTANCE,
  aws_lambda_function: [{ path: ["role"] }],
  aws_launch_configuration: INSTANCE,
  aws_launch_template: [
    { path: ["iam_instance_profile", "name"], names: "profile" },
    { path: ["iam_instance_profile", "arn"], names: "profile" },
  ],
  aws_sfn_state_machine: [{ path: ["role_arn"] }],
  aws_spot_instance_request: INSTANCE,
};

const PROFILE = "aws_iam_instance_profile";

/** The resource types that tell what runs as which role. */
export const COMPUTE_TYPES: ReadonlySet<string> = new Set([PROFILE, ...Object.keys(RUNNING)]);

/** Tells the roles of a file what runs as them. */
export function tellRoles({ compute }: IamFile, holders: Holders): void {
  const profiles = new Profiles(compute, holders);
  for (const resource of compute) {
    for (const { path, names = "role" } of RUNNING[resource.type] ?? []) {
      for (const value of valuesAt(resource, path)) {
        for (const role of rolesOf(value, names, holders, profiles)) {
          role.runs.push(resource.address);
        }
      }
    }
  }
}

function rolesOf(
  value: unknown,
  names: RunsAs["names"],
  holders: Holders,
  profiles: Profiles,
): readonly Holder[] {
  switch (names) {
    case "profile":
      return profiles.rolesOf(value);
    case "container properties":
      return holders.withRole(jobRoleIn(value));
    default:
      return holders.withRole(value);
  }
}

/** The role of a job, in the text of its container's properties. */
function jobRoleIn(text: unknown): unknown {
  if (typeof text !== "string") {
    return text;
  }
  try {
    return property(parseJson(text), "jobRoleArn");
  } catch {
    return undefined;
  }
}

/** The values of an argument: of all blocks, where it is in blocks. */
function valuesAt(resource: IamResource, [name, inner]: RunsAs["path"]): readonly unknown[] {
  const value = resource.argument(name);
  if (inner === undefined || value instanceof Unknown) {
    return [value];
  }
  return [value].flat().map((block) => property(block, inner));
}

/** The instance profiles of a file, and the roles in them. */
class Profiles {
  readonly #holders: Holders;
  /** By name and by address. */
  readonly #roles = new Map<string, readonly Holder[]>();

  constructor(compute: readonly IamResource[], holders: Holders) {
    this.#holders = holders;
    for (const resource of compute.filter(({ type }) => type === PROFILE)) {
      const roles = holders.withRole(resource.argument("role"));
      const name = nameOf(resource);
      this.#roles.set(resource.address, roles);
      if (typeof name === "string") {
        this.#roles.set(name, roles);
      }
    }
  }

  /** @param profile its name or ARN, or what is known of it */
  rolesOf(profile: unknown): readonly Holder[] {
    if (typeof profile === "string") {
      return this.#roles.get(profile.slice(profile.lastIndexOf("/") + 1)) ?? [];
    }
    return profile instanceof Unknown
      ? profile.origins.flatMap(
          (origin) => this.#roles.get(origin) ?? this.#holders.fromOrigins("role", [origin]),
        )
      : [];
  }
}
