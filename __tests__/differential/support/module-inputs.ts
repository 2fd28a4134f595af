import type { Random } from "./random.js";
import { BUCKETS, FUNCTIONS, REGIONS } from "./random-policy.js";
import { ACCOUNT, type IntendedPolicy } from "./root.js";
import { type Draft, draft, type RootBuilder } from "./root-builder.js";

/** What a call of this project's modules needs from the root that it is in. */
export interface ModuleSite {
  /** What the names of its resources begin with. */
  readonly prefix: string;
  readonly builder: RootBuilder;
  /** Whether users may have a permissions boundary. */
  readonly mayLimitUsers: boolean;
  /** Makes a permissions boundary beside it. */
  readonly boundary: (holder: {
    readonly actor: "user" | "role";
    readonly kind: "user" | "role";
    readonly name: string;
    readonly path: string;
  }) => { readonly arn: string; readonly policy: IntendedPolicy };
}

/** Who is in a root through its module calls. */
export interface MadeByModules {
  readonly drafts: readonly Draft[];
  /** The functions' roles, as they stand in an ARN behind `role`. */
  readonly roles: readonly string[];
}

const TYPES = ["inline", "managed"] as const;
const PATHS = ["/", "/", "/video/"] as const;
const USER_PROFILES = ["full", "full", "deploy", "render"] as const;
const ROLE_PROFILES = ["full", "full", "minimal"] as const;

/** Calls this project's modules with random inputs. */
export function moduleInputs(random: Random, site: ModuleSite): MadeByModules {
  return random.chance(0.6) ? allInOne(random, site) : separate(random, site);
}

function source(random: Random, name: string): string {
  return `../../modules/${random.chance(0.5) ? "json/" : ""}${name}`;
}

/** What narrows policies: a quota of IAM allows inline policies of users few names. */
function narrowing(random: Random): Readonly<Record<string, unknown>> {
  const some = <T>(name: string, all: readonly T[]) =>
    random.chance(0.3) ? { [name]: random.some(all, 1 + random.below(2)) } : {};
  return {
    ...some("regions", REGIONS),
    ...some("bucket_names", BUCKETS),
    ...some("function_names", FUNCTIONS),
    ...(random.chance(0.3) ? { account_id: ACCOUNT } : {}),
  };
}

function outputBuckets(
  random: Random,
  accesses: readonly string[],
): Readonly<Record<string, unknown>> {
  return random.chance(0.2)
    ? {
        output_buckets: [
          { name: "finished-videos", prefix: "out/", access: random.pick(accesses) },
        ],
      }
    : {};
}

function allInOne(
  random: Random,
  { prefix, builder, mayLimitUsers, boundary }: ModuleSite,
): MadeByModules {
  const path = random.pick(PATHS);
  const scope = narrowing(random);
  const isNarrow = Object.keys(scope).length > 0;
  const userType = isNarrow ? "managed" : random.pick(TYPES);
  const roleType = random.pick(TYPES);
  const [userName, roleName] = [
    random.pick(["remotion-user", "video-deployer"]),
    random.pick(["remotion-lambda-role", "video-functions"]),
  ];
  const limit =
    mayLimitUsers && random.chance(0.25)
      ? boundary({ actor: "user", kind: "user", name: `${prefix}${userName}`, path })
      : undefined;
  const createsExecution = random.chance(0.3);
  const at = builder.module("remotion", {
    source: source(random, "remotion-lambda"),
    name_prefix: prefix,
    path,
    user_name: userName,
    user_profile: random.pick(USER_PROFILES),
    user_policy_type: userType,
    lambda_role_name: roleName,
    lambda_role_profile: random.pick(ROLE_PROFILES),
    lambda_role_policy_type: roleType,
    ...scope,
    ...outputBuckets(random, ["write", "read"]),
    ...(limit === undefined ? {} : { permissions_boundary_arn: limit.arn }),
    executionrole_policy_profile: random.pick(USER_PROFILES),
    ...(createsExecution
      ? { create_execution_role: true, trusted_services: ["ecs-tasks.amazonaws.com"] }
      : {}),
  });
  const boundaryOf = limit === undefined ? {} : { boundary: limit.policy };
  const user = {
    ...draft({
      address: `${at}.aws_iam_user.user[0]`,
      kind: "user",
      name: `${prefix}${userName}`,
      path,
    }),
    ...boundaryOf,
  };
  const role = {
    ...draft({
      address: `${at}.aws_iam_role.lambda_role`,
      kind: "role",
      name: `${prefix}${roleName}`,
      path,
    }),
    ...boundaryOf,
  };
  give(
    user,
    userType,
    at,
    "aws_iam_user_policy.user[0]",
    "aws_iam_policy.user[0]",
    `${prefix}remotion-user-policy`,
  );
  give(
    role,
    roleType,
    at,
    "aws_iam_role_policy.lambda_role[0]",
    "aws_iam_policy.lambda_role[0]",
    `${prefix}remotion-lambda-policy`,
  );
  const execution = {
    ...draft({
      address: `${at}.aws_iam_role.execution_role[0]`,
      kind: "role",
      name: `${prefix}remotion-execution-role`,
      path,
    }),
    ...boundaryOf,
  };
  const alone = draft({
    address: `${at}.aws_iam_policy.executionrole_policy[0]`,
    kind: "policy",
    name: `${prefix}remotion-executionrole-policy`,
    path,
  });
  const caller = createsExecution ? execution : alone;
  give(caller, "managed", at, "", "aws_iam_policy.executionrole_policy[0]", "");
  return { drafts: [user, role, caller], roles: [`${path}${prefix}${roleName}`] };
}

function separate(random: Random, { prefix, builder, boundary }: ModuleSite): MadeByModules {
  const path = random.pick(PATHS);
  const roleName = `${prefix}${random.pick(["remotion-lambda-role", "renders"])}`;
  const roleType = random.pick(TYPES);
  const drafts: Draft[] = [];
  const role = draft({
    address: "module.role.aws_iam_role.this",
    kind: "role",
    name: roleName,
    path,
  });
  if (random.chance(0.25)) {
    const limit = boundary({ actor: "role", kind: "role", name: roleName, path });
    role.boundary = limit.policy;
    builder.module(
      "role",
      roleArguments(random, roleName, path, roleType, { permissions_boundary_arn: limit.arn }),
    );
  } else {
    builder.module("role", roleArguments(random, roleName, path, roleType, {}));
  }
  give(
    role,
    roleType,
    "module.role",
    "aws_iam_role_policy.this[0]",
    "aws_iam_policy.this[0]",
    `${roleName}-policy`,
  );
  drafts.push(role);
  const scope = narrowing(random);
  const userType = Object.keys(scope).length > 0 ? "managed" : random.pick(TYPES);
  const userName = `${prefix}remotion-user`;
  const at = builder.module("remotion", {
    source: source(random, "remotion-user"),
    name: userName,
    path,
    policy_name: `${prefix}user-policy`,
    profile: random.pick(USER_PROFILES),
    policy_type: userType,
    lambda_role_name: random.chance(0.8) ? "${module.role.role_name}" : "remotion-lambda-role",
    lambda_role_path: path,
    ...scope,
    ...outputBuckets(random, ["read", "delete"]),
  });
  const user = draft({ address: `${at}.aws_iam_user.this`, kind: "user", name: userName, path });
  give(
    user,
    userType,
    at,
    "aws_iam_user_policy.this[0]",
    "aws_iam_policy.this[0]",
    `${prefix}user-policy`,
  );
  drafts.push(user);
  return { drafts, roles: [`${path}${roleName}`] };
}

function roleArguments(
  random: Random,
  name: string,
  path: string,
  policy_type: string,
  more: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return {
    source: source(random, "remotion-lambda-role"),
    name,
    path,
    policy_type,
    policy_name: `${name}-policy`,
    profile: random.pick(ROLE_PROFILES),
    ...narrowing(random),
    ...more,
  };
}

function give(
  to: Draft,
  type: "inline" | "managed",
  module: string,
  inline: string,
  managed: string,
  name: string,
): void {
  if (type === "inline") {
    to.inline.push({ name, address: `${module}.${inline}`, policy: { at: `${module}.${inline}` } });
  } else {
    to.attached.push({ address: `${module}.${managed}`, policy: { at: `${module}.${managed}` } });
  }
}
