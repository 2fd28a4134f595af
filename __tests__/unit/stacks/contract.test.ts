import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../lib/module/json-value.js";
import { PUBLISHED_MODULES } from "../../../stacks/modules/index.js";

/*
 * What callers of a module rely on. A variable, output or resource that is renamed or removed breaks
 * them: a renamed resource needs a `moved` block, and every other change here an entry in the
 * changelog under breaking changes.
 */
interface Contract {
  /** Name → default. */
  readonly variables: JsonObject;
  readonly outputs: readonly string[];
  readonly resources: readonly string[];
}

const COMMON = { path: "/", partition: "aws", tags: {} };
const PRINCIPAL = { ...COMMON, permissions_boundary_arn: null };
const NARROWING = { regions: [], account_id: null, bucket_names: [], function_names: [] };
const USER_OPTIONS = { custom_layer_arns: [], vpc: false, all_insights_regions: false };

const CONTRACTS: Record<string, Contract> = {
  "remotion-user": {
    variables: {
      ...PRINCIPAL,
      ...NARROWING,
      ...USER_OPTIONS,
      profile: "full",
      name: "remotion-user",
      policy_name: "remotion-user-policy",
      policy_type: "inline",
      lambda_role_name: "remotion-lambda-role",
      lambda_role_path: "/",
      create_access_key: false,
      force_destroy: false,
    },
    outputs: ["user_name", "user_arn", "policy_json", "access_key_id", "secret_access_key"],
    resources: [
      "aws_iam_user.this",
      "aws_iam_user_policy.this",
      "aws_iam_policy.this",
      "aws_iam_user_policy_attachment.this",
      "aws_iam_access_key.this",
    ],
  },
  "remotion-lambda-role": {
    variables: {
      ...PRINCIPAL,
      ...NARROWING,
      vpc: false,
      profile: "full",
      name: "remotion-lambda-role",
      policy_name: "remotion-lambda-policy",
      policy_type: "inline",
      output_buckets: [],
      max_session_duration: 3600,
    },
    outputs: ["role_name", "role_arn", "policy_json"],
    resources: [
      "aws_iam_role.this",
      "aws_iam_role_policy.this",
      "aws_iam_policy.this",
      "aws_iam_role_policy_attachment.this",
    ],
  },
  "remotion-executionrole-policy": {
    variables: {
      ...COMMON,
      ...NARROWING,
      ...USER_OPTIONS,
      profile: "full",
      name: "remotion-executionrole-policy",
      role_names: {},
      lambda_role_name: "remotion-lambda-role",
      lambda_role_path: "/",
      output_buckets: [],
    },
    outputs: ["policy_name", "policy_arn", "policy_json"],
    resources: ["aws_iam_policy.this", "aws_iam_role_policy_attachment.this"],
  },
  "remotion-execution-role": {
    variables: {
      ...PRINCIPAL,
      name: "remotion-execution-role",
      trusted_services: [],
      trusted_principal_arns: [],
      external_id: null,
      trusted_oidc: [],
      policy_arns: {},
      log_function_names: [],
      create_instance_profile: false,
      max_session_duration: 3600,
    },
    outputs: [
      ...["role_name", "role_arn", "instance_profile_name", "instance_profile_arn"],
      "trust_policy_json",
    ],
    resources: [
      "aws_iam_role.this",
      "aws_iam_role_policy.this",
      "aws_iam_role_policy_attachment.this",
      "aws_iam_instance_profile.this",
    ],
  },
  "remotion-bucket-grants": {
    variables: {
      ...COMMON,
      role_names: {},
      output_buckets: [],
      policy_name: "remotion-bucket-grants",
    },
    outputs: ["policy_arns", "policy_json"],
    resources: ["aws_iam_policy.this", "aws_iam_role_policy_attachment.this"],
  },
  "remotion-lambda": {
    variables: {
      ...PRINCIPAL,
      ...NARROWING,
      ...USER_OPTIONS,
      user_profile: "full",
      lambda_role_profile: "full",
      executionrole_policy_profile: "full",
      create_user: true,
      user_name: "remotion-user",
      user_policy_name: "remotion-user-policy",
      user_policy_type: "inline",
      create_access_key: false,
      user_force_destroy: false,
      lambda_role_name: "remotion-lambda-role",
      lambda_role_policy_name: "remotion-lambda-policy",
      lambda_role_policy_type: "inline",
      max_session_duration: 3600,
      output_buckets: [],
      create_executionrole_policy: true,
      executionrole_policy_name: "remotion-executionrole-policy",
      role_names: {},
    },
    outputs: [
      ...["user_name", "user_arn", "user_policy_json", "access_key_id", "secret_access_key"],
      ...["lambda_role_name", "lambda_role_arn", "lambda_role_policy_json"],
      ...["executionrole_policy_name", "executionrole_policy_arn", "executionrole_policy_json"],
    ],
    resources: [
      "aws_iam_user.this",
      "aws_iam_user_policy.this",
      "aws_iam_policy.user",
      "aws_iam_user_policy_attachment.this",
      "aws_iam_access_key.user",
      "aws_iam_role.lambda",
      "aws_iam_role_policy.lambda",
      "aws_iam_policy.lambda_role",
      "aws_iam_role_policy_attachment.lambda",
      "aws_iam_policy.executionrole",
      "aws_iam_role_policy_attachment.executionrole",
    ],
  },
};

describe.each([...PUBLISHED_MODULES])("the module %s", (name, module) => {
  const { name: folder, terraform } = module().toDocument();
  const contract = CONTRACTS[name] ?? { variables: {}, outputs: [], resources: [] };

  it("is called what its folder is", () => {
    expect(folder).toBe(name);
  });

  it("has these variables with these defaults", () => {
    expect(mapValues(terraform["variable"], ({ default: value = "(required)" }) => value)).toEqual(
      contract.variables,
    );
  });

  it("has these outputs", () => {
    expect(Object.keys(terraform["output"] ?? {})).toEqual(contract.outputs);
  });

  it("has these resources", () => {
    const addresses = Object.entries(terraform["resource"] ?? {}).flatMap(([type, byName]) =>
      Object.keys(byName).map((resource) => `${type}.${resource}`),
    );

    expect(addresses.sort()).toEqual(contract.resources.toSorted());
  });
});

describe("an input", () => {
  const modules = [...PUBLISHED_MODULES].map(([, module]) => module().toDocument().terraform);
  const common = ["output_buckets", "partition", "path", "permissions_boundary_arn", "role_names"];

  const narrowing = [...Object.keys(NARROWING), ...Object.keys(USER_OPTIONS)];

  it.each([...common, ...narrowing, "tags"])(
    "is the same in every module that has it: %s",
    (input) => {
      const declarations = modules.flatMap((terraform) => {
        const { [input]: declaration } = terraform["variable"] as JsonObject;
        return declaration === undefined ? [] : [JSON.stringify(declaration)];
      });

      expect(declarations.length).toBeGreaterThan(1);
      expect(new Set(declarations).size).toBe(1);
    },
  );
});

function mapValues(
  object: JsonValue | undefined,
  change: (value: JsonObject) => JsonValue,
): JsonObject {
  const entries = Object.entries(object as Record<string, JsonObject>);
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value)]));
}
