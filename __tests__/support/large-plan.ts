import upstream from "../../lib/remotion/upstream-policies.json" with { type: "json" };

const TEXT = JSON.stringify(upstream.policies.aws.user);

/** The arguments that a plan tells, by type; a plan has equally many of each, or one more of the first. */
const TYPES: Record<string, (key: string, policy: string) => Record<string, string>> = {
  aws_iam_policy: (key, policy) => ({ name: `managed-${key}`, path: "/", policy }),
  aws_iam_role: (key, policy) => ({ name: `role-${key}`, path: "/", assume_role_policy: policy }),
  aws_iam_role_policy: (key, policy) => ({ name: `inline-${key}`, policy }),
  aws_iam_role_policy_attachment: () => ({}),
};

/** What makes a plan another one. */
interface Variant {
  /**
   * What the plan says that a reference is made with beside the resource.
   * @default the key of the instance, so that it can be told which role a policy is for
   */
  readonly key?: readonly string[];
  /** The text of the policies with a number. @default Remotion's own for users, in all of them */
  readonly policyOf?: (number: number) => string;
}

/**
 * What `terraform show -json` says of a plan with so many resources: roles with an inline policy, and
 * with a managed one attached.
 */
export function largePlan(
  count: number,
  { key = ["each.key"], policyOf = () => TEXT }: Variant = {},
): string {
  const types = Object.entries(TYPES);
  const resources = types.flatMap(([type, valuesOf], place) =>
    Array.from({ length: Math.ceil((count - place) / types.length) }, (_, number) => {
      const index = `key-${number}`;
      return {
        address: `module.m.${type}.this["${index}"]`,
        mode: "managed",
        type,
        name: "this",
        index,
        values: valuesOf(index, policyOf(number)),
      };
    }),
  );
  const configured = types.map(([type, valuesOf]) => ({
    address: `${type}.this`,
    expressions: {
      ...Object.fromEntries(Object.keys(valuesOf("", "")).map((argument) => [argument, {}])),
      role: { references: ["aws_iam_role.this", ...key] },
      policy_arn: { references: ["aws_iam_policy.this", ...key] },
    },
  }));
  return JSON.stringify({
    format_version: "1.2",
    planned_values: { root_module: { child_modules: [{ address: "module.m", resources }] } },
    resource_changes: resources.map(({ address, type, values }) => ({
      address,
      type,
      change: { actions: ["create"], before: null, after: values },
    })),
    configuration: { root_module: { module_calls: { m: { module: { resources: configured } } } } },
  });
}
