import { isPartition, type Partition } from "../iam/partition.js";
import { IAM_PATH, POLICY_ARN, TAG_KEY, TAG_VALUE } from "../iam/rules.js";
import { objectIn, property, textIn } from "../json/json-value.js";
import type { StateResource } from "../reading/read-state-resources.js";
import { ADOPTING_MODULES } from "./adopting-modules.js";
import type { AdoptionRequest } from "./adoption-request.js";
import { checkedValue } from "./checked-value.js";
import { mixedPaths } from "./errors.js";
import type { Settings } from "./set-up.js";
import type { StateIndex } from "./state-index.js";

/**
 * The settings that a state's users, roles and policies have in common. A module has one of each for
 * all that it holds.
 *
 * @throws {AdoptionError} when they are in different paths, or have values that AWS would not take
 */
export function settingsInState(request: AdoptionRequest, state: StateIndex): Settings {
  const found = foundIn(request, state);
  const [user] = found.filter(({ type }) => type === "aws_iam_user");
  const [role] = found.filter(({ type }) => type === "aws_iam_role");
  const principals = [user, role].filter((resource) => resource !== undefined);
  const boundary = shared(principals, (resource) =>
    textIn(resource.values, "permissions_boundary"),
  );
  // An account's answer has no tags of policies.
  const tagged =
    state.source === "state" ? found : found.filter(({ type }) => type !== "aws_iam_policy");
  const tags = shared(tagged, tagsOf);
  const maxSessionDuration = property(role?.values, "max_session_duration");
  return {
    path: pathOf(request, state, found),
    partition: partitionOf(found) ?? request.partition,
    ...(tags === undefined ? {} : { tags }),
    ...(principals[0] === undefined || boundary === undefined || boundary === ""
      ? {}
      : {
          permissionsBoundaryArn: checkedValue(
            principals[0].address,
            "permissions_boundary",
            boundary,
            POLICY_ARN,
          ),
        }),
    ...(typeof maxSessionDuration === "number" ? { maxSessionDuration } : {}),
    ...(property(user?.values, "force_destroy") === true ? { forceDestroy: true } : {}),
  };
}

/** The tags of a resource. */
export function tagsOf({ address, values }: StateResource): Readonly<Record<string, string>> {
  const tags = Object.entries(objectIn(values, "tags")).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    tags.map(([key, value]) => [
      checkedValue(address, "tag", key, TAG_KEY),
      checkedValue(address, `tag ${key}`, String(value), TAG_VALUE),
    ]),
  );
}

/** The users, roles and managed policies of a state that the module would hold. */
function foundIn(request: AdoptionRequest, state: StateIndex): readonly StateResource[] {
  const module = ADOPTING_MODULES[request.module];
  const { user, role, callers } = request;
  const resources = [
    ...(module.user && user
      ? [state.find("aws_iam_user", user.name), state.findPolicy(user.policyName)]
      : []),
    ...(module.role
      ? [state.find("aws_iam_role", role.name), state.findPolicy(role.policyName)]
      : []),
    ...(module.callers && callers ? [state.findPolicy(callers.policyName)] : []),
  ];
  return resources.filter((resource) => resource !== undefined);
}

/** What all resources have alike; undefined where they differ, or there are none. */
function shared<T>(
  resources: readonly StateResource[],
  read: (resource: StateResource) => T,
): T | undefined {
  const [first, ...others] = resources.map(read);
  return others.every((other) => JSON.stringify(other) === JSON.stringify(first))
    ? first
    : undefined;
}

function pathOf(
  { module, path }: AdoptionRequest,
  { source }: StateIndex,
  found: readonly StateResource[],
): string {
  const paths = new Map(
    found.map(({ address, values }) => [
      address,
      checkedValue(address, "path", textIn(values, "path") ?? "/", IAM_PATH),
    ]),
  );
  const [first = "/", ...others] = new Set(
    path === undefined ? paths.values() : [path, ...paths.values()],
  );
  if (others.length > 0) {
    throw mixedPaths(source, module, path, paths);
  }
  return first;
}

/** The partition of the first of some users, roles and policies; undefined where it does not tell. */
export function partitionOf(found: readonly StateResource[]): Partition | undefined {
  const [arn = ""] = found.map(({ values }) => textIn(values, "arn") ?? "");
  const [, partition = ""] = arn.split(":");
  return isPartition(partition) ? partition : undefined;
}
