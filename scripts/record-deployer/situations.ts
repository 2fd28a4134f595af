/** What a module is given, by its input. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A way to call a module in which it may make calls that it makes in no other. */
export interface Situation {
  /** The inputs by which it differs: `input`, where anything is given, or `input=value`. */
  readonly inputs: readonly string[];
  /** What they stand for, beside the module's names; several are applied one after the other. */
  readonly arguments: readonly Arguments[];
  /** A user that is given credentials of all kinds, by somebody else, before it is destroyed. */
  readonly userWithCredentials?: string;
}

/** How a module's calls are recorded. */
export interface RecordedModule {
  /** What it is always given: names that are no other module's, and nothing that is made by an option. */
  readonly names: Arguments;
  /** ARNs behind the account, with inputs in braces, by how the resources are called here. */
  readonly resources: Readonly<Record<string, string>>;
  /** Options, each alone; what needs another one is given it, too. The first is without any. */
  readonly situations: readonly Situation[];
}

const TAGS = { tags: { team: "video" } };
const BOUNDARY = "arn:aws:iam::123456789012:policy/recorded-boundary";

/** Roles that modules attach their policies to. They are there before. */
export const EXISTING_ROLES = ["of-grants", "of-policy", "of-all"];

/** A policy that is there before, as the permissions boundary and to be attached. */
export const EXISTING_POLICY = "recorded-boundary";

/** Another policy document each time, until the oldest of five versions has to go. */
const NARROWINGS: readonly Arguments[] = [
  "eu-central-1",
  "eu-west-1",
  "us-east-1",
  "us-east-2",
  "us-west-2",
  "ap-south-1",
].map((region) => ({ regions: [region] }));

const GRANTS: readonly Arguments[] = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => ({
  output_buckets: [{ name: `acme-${letter}`, prefix: "", access: "read" }],
}));

/** A situation, and the same with tags. */
function taggable(
  inputs: readonly string[],
  given: readonly Arguments[],
): readonly [Situation, Situation] {
  return [
    { inputs, arguments: given },
    { inputs: [...inputs, "tags"], arguments: [{ ...given[0], ...TAGS }] },
  ];
}

/** Likewise, and with a permissions boundary. */
function limitable(
  inputs: readonly string[],
  given: readonly Arguments[],
): readonly [Situation, Situation, Situation] {
  return [
    ...taggable(inputs, given),
    {
      inputs: [...inputs, "permissions_boundary_arn"],
      arguments: [given[0], given.at(-1)].map((one) => ({
        ...one,
        permissions_boundary_arn: BOUNDARY,
      })),
    },
  ];
}

/** Another policy document, once. */
const NARROWED: Arguments = { regions: ["eu-central-1"] };

/** What is given in place of what is there, by which resources are changed and not made anew. */
const CHANGES: readonly Arguments[] = [{}, { max_session_duration: 7200 }, NARROWED];

const SERVICE = { trusted_services: ["ec2.amazonaws.com"] };
const OTHER_SERVICE = { trusted_services: ["lambda.amazonaws.com"] };

/** The modules, and in which situations their calls are recorded. */
export const RECORDED_MODULES: Readonly<Record<string, RecordedModule>> = {
  "remotion-user": {
    names: { name: "the-user", policy_name: "the-user-policy" },
    resources: { "the-user": "{name}", "the-user-policy": "{policy_name}" },
    situations: [
      ...limitable([], [{}, NARROWED]),
      ...taggable(
        ["policy_type=managed"],
        [{}, ...NARROWINGS].map((one) => ({ policy_type: "managed", ...one })),
      ),
      { inputs: ["create_access_key=true"], arguments: [{ create_access_key: true }] },
      {
        inputs: ["access_keys"],
        arguments: ["active", "inactive"].map((spring) => ({ access_keys: { spring } })),
      },
      {
        inputs: ["force_destroy=true"],
        arguments: [{ force_destroy: true }],
        userWithCredentials: "the-user",
      },
    ],
  },
  "remotion-lambda-role": {
    names: { name: "the-lambda-role", policy_name: "the-lambda-policy" },
    resources: { "the-lambda-role": "{name}", "the-lambda-policy": "{policy_name}" },
    situations: [
      ...limitable([], CHANGES),
      ...taggable(
        ["policy_type=managed"],
        [{}, ...NARROWINGS].map((one) => ({ policy_type: "managed", ...one })),
      ),
    ],
  },
  "remotion-execution-role": {
    names: { name: "the-caller", ...SERVICE },
    resources: { "the-caller": "{name}", [EXISTING_POLICY]: "{policy_arns}" },
    situations: [
      ...limitable([], [{}, OTHER_SERVICE, { max_session_duration: 7200 }]),
      {
        inputs: ["policy_arns"],
        arguments: [{ policy_arns: { remotion: BOUNDARY } }],
      },
      {
        inputs: ["log_function_names"],
        arguments: ["api", "worker"].map((name) => ({ log_function_names: [name] })),
      },
      ...taggable(["create_instance_profile=true"], [{ create_instance_profile: true }]),
    ],
  },
  "remotion-executionrole-policy": {
    names: { name: "the-caller-policy" },
    resources: { "the-caller-policy": "{name}", "of-policy": "{role_names}" },
    situations: [
      ...taggable([], [{}, ...NARROWINGS]),
      { inputs: ["role_names"], arguments: [{ role_names: { caller: "of-policy" } }] },
    ],
  },
  "remotion-bucket-grants": {
    names: { policy_name: "the-grants", role_names: { remotion: "of-grants" } },
    resources: { "the-grants": "{policy_name}", "of-grants": "{role_names}" },
    situations: taggable([], GRANTS),
  },
  "remotion-lambda": {
    names: {
      name_prefix: "all-",
      create_user: false,
      create_executionrole_policy: false,
    },
    resources: {
      "all-remotion-user": "{name_prefix}{user_name}",
      "all-remotion-user-policy": "{name_prefix}{user_policy_name}",
      "all-remotion-lambda-role": "{name_prefix}{lambda_role_name}",
      "all-remotion-lambda-policy": "{name_prefix}{lambda_role_policy_name}",
      "all-remotion-executionrole-policy": "{name_prefix}{executionrole_policy_name}",
      "all-remotion-execution-role": "{name_prefix}{execution_role_name}",
      "of-all": "{role_names}",
      [EXISTING_POLICY]: "{execution_role_policy_arns}",
    },
    situations: [
      ...limitable([], CHANGES),
      ...taggable(
        ["lambda_role_policy_type=managed"],
        [{}, ...NARROWINGS].map((one) => ({ lambda_role_policy_type: "managed", ...one })),
      ),
      ...limitable(
        ["create_user=true"],
        [{}, NARROWED].map((one) => ({ create_user: true, ...one })),
      ),
      ...taggable(
        ["create_user=true", "user_policy_type=managed"],
        [{}, ...NARROWINGS].map((one) => ({
          create_user: true,
          user_policy_type: "managed",
          ...one,
        })),
      ),
      {
        inputs: ["create_user=true", "create_access_key=true"],
        arguments: [{ create_user: true, create_access_key: true }],
      },
      {
        inputs: ["create_user=true", "access_keys"],
        arguments: ["active", "inactive"].map((spring) => ({
          create_user: true,
          access_keys: { spring },
        })),
      },
      {
        inputs: ["create_user=true", "user_force_destroy=true"],
        arguments: [{ create_user: true, user_force_destroy: true }],
        userWithCredentials: "all-remotion-user",
      },
      ...taggable(
        ["create_executionrole_policy=true"],
        [{}, ...NARROWINGS].map((one) => ({ create_executionrole_policy: true, ...one })),
      ),
      {
        inputs: ["create_executionrole_policy=true", "role_names"],
        arguments: [{ create_executionrole_policy: true, role_names: { caller: "of-all" } }],
      },
      ...limitable(
        ["create_execution_role=true"],
        [SERVICE, OTHER_SERVICE, { ...SERVICE, execution_role_max_session_duration: 7200 }].map(
          (one) => ({ create_execution_role: true, ...one }),
        ),
      ),
      {
        inputs: ["create_execution_role=true", "create_executionrole_policy=true"],
        arguments: [{ create_execution_role: true, create_executionrole_policy: true, ...SERVICE }],
      },
      {
        inputs: ["create_execution_role=true", "execution_role_policy_arns"],
        arguments: [
          {
            create_execution_role: true,
            execution_role_policy_arns: { more: BOUNDARY },
            ...SERVICE,
          },
        ],
      },
      {
        inputs: ["create_execution_role=true", "log_function_names"],
        arguments: ["api", "worker"].map((name) => ({
          create_execution_role: true,
          log_function_names: [name],
          ...SERVICE,
        })),
      },
      ...taggable(
        ["create_execution_role=true", "create_instance_profile=true"],
        [{ create_execution_role: true, create_instance_profile: true, ...SERVICE }],
      ),
    ],
  },
};
