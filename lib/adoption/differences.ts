import type { PolicyDocument } from "../iam/policy-document.js";
import { property, textIn } from "../json/json-value.js";
import type { StateResource } from "../reading/read-state-resources.js";
import { DESCRIPTIONS } from "../remotion/descriptions.js";
import { rolePolicy, userPolicy } from "../remotion/policies.js";
import { REMOTION_VERSION } from "../remotion/release.js";
import type { AdoptingModule } from "./adopting-modules.js";
import type { Change } from "./adoption.js";
import type { Part } from "./parts.js";
import { isSamePolicy } from "./same-policy.js";
import type { SetUp } from "./set-up.js";
import { tagsOf } from "./settings-in-state.js";

/**
 * Attributes that are the module's own, by resource type. Managed policies keep their descriptions;
 * `force_destroy` is known to Terraform alone, and set where something else changes.
 */
const OWN_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_iam_policy: ["tags"],
  aws_iam_role: ["description", "tags"],
  aws_iam_user: ["tags", "force_destroy"],
};

/** What may change of a resource that Terraform has not seen yet. */
export function changesOfImport({ type }: Part, address: string): Change[] {
  return changeOf(address, OWN_ATTRIBUTES[type] ?? []);
}

/** What changes of a resource that Terraform has. */
export function changesOfMove(
  part: Part,
  resource: StateResource,
  address: string,
  setUp: SetUp,
): Change[] {
  return changeOf(address, attributesChanged(part, resource, setUp));
}

/** What changes of a resource that an account has, or may change, as the answer does not tell it. */
export function changesOfAccount(
  part: Part,
  resource: StateResource,
  address: string,
  setUp: SetUp,
): Change[] {
  const { type, values } = resource;
  const open = [
    ...(OWN_ATTRIBUTES[type] ?? []),
    ...(type === "aws_iam_role" ? ["max_session_duration"] : []),
  ].filter((attribute) => property(values, attribute) === undefined);
  const changed = attributesChanged(part, resource, setUp);
  return changeOf(address, [...new Set([...open, ...changed])]);
}

/** The attributes that the module, with the arguments printed, has otherwise. */
function attributesChanged({ policyOf }: Part, resource: StateResource, setUp: SetUp): string[] {
  const { type, values } = resource;
  const changed: Readonly<Record<string, boolean>> = {
    description:
      type === "aws_iam_role" && property(values, "description") !== DESCRIPTIONS.lambdaRole,
    tags:
      OWN_ATTRIBUTES[type]?.includes("tags") === true &&
      JSON.stringify(tagsOf(resource)) !== JSON.stringify(setUp.settings.tags ?? {}),
    permissions_boundary:
      (type === "aws_iam_role" || type === "aws_iam_user") &&
      (textIn(values, "permissions_boundary") ?? "") !==
        (setUp.settings.permissionsBoundaryArn ?? ""),
    policy:
      policyOf !== undefined &&
      !isSamePolicy(textIn(values, "policy") ?? "", policyIn(setUp, policyOf)),
  };
  return Object.keys(changed).filter((attribute) => changed[attribute]);
}

function changeOf(address: string, attributes: readonly string[]): Change[] {
  return attributes.length > 0 ? [{ address, attributes }] : [];
}

/** The policy that the module would give, with the arguments printed and no others. */
function policyIn({ lambdaRoleName, settings }: SetUp, of: "user" | "role"): PolicyDocument {
  const { partition, path } = settings;
  return of === "role"
    ? rolePolicy({ partition })
    : userPolicy({ partition, lambdaRoleName, lambdaRolePath: path });
}

/** What is true of every adoption by a module. */
export function notesOf(module: AdoptingModule, { user, role, callers }: SetUp): string[] {
  const policies = [user?.policy, role?.policy];
  const withManaged =
    callers !== undefined || policies.some((policy) => policy?.type === "managed");
  const withKeys =
    user !== undefined && user.accessKeyId === undefined && user.namedAccessKeys === undefined;
  return [
    ...(module.role !== undefined && role !== undefined
      ? [
          `The role's description becomes ${JSON.stringify(DESCRIPTIONS.lambdaRole)} Whoever may assume it becomes Lambda alone.`,
        ]
      : []),
    ...(withManaged ? ["Managed policies keep their descriptions: AWS cannot change them."] : []),
    "Tags go unless they are in the argument tags.",
    ...(user !== undefined
      ? [
          "With a change to the user, Terraform also writes force_destroy into its state, which AWS knows nothing of.",
        ]
      : []),
    ...(user !== undefined || role !== undefined
      ? [
          "A permissions boundary goes unless permissions_boundary_arn names it, and so does a session length other than 3600 seconds unless max_session_duration does.",
        ]
      : []),
    `A policy of another release than Remotion ${REMOTION_VERSION}, or with changes of your own, becomes this release's.`,
    ...(withKeys
      ? [
          "Access keys stay as they are, outside Terraform, which could import them only without their secrets: leave create_access_key and access_keys out.",
        ]
      : []),
    "Other policies of the user and of the roles stay as they are.",
  ];
}
