import { describe, expect, it } from "vitest";
import { adoptByHand } from "../../../lib/adoption/adopt-by-hand.js";
import { ADOPTING_MODULE_NAMES, ADOPTING_MODULES } from "../../../lib/adoption/adopting-modules.js";
import type { AdoptionRequest } from "../../../lib/adoption/adoption-request.js";
import { moduleArguments } from "../../../lib/adoption/module-arguments.js";
import type { SetUp } from "../../../lib/adoption/set-up.js";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { DEFAULT_NAMES } from "../../../lib/remotion/default-names.js";
import { DESCRIPTIONS } from "../../../lib/remotion/descriptions.js";
import { PUBLISHED_MODULES } from "../../../stacks/modules/index.js";

/* What `import` knows of the modules without loading them, compared with the modules themselves. */

describe.each(ADOPTING_MODULE_NAMES)("what is known of the module %s", (name) => {
  const terraform = PUBLISHED_MODULES.get(name)?.().toDocument().terraform ?? {};
  const variables = terraform["variable"] as Record<string, JsonObject>;
  const { user, role, callers } = ADOPTING_MODULES[name];

  it("is the address of each of its resources, and of no other", () => {
    const known = [user, role, callers].flatMap((places) => {
      const {
        inputs: _inputs,
        forceDestroyInput: _input,
        ...addresses
      } = { ...places } as Record<string, unknown>;
      return Object.values(addresses).map(String);
    });

    expect(known.toSorted()).toEqual(addressesIn(terraform).toSorted());
  });

  it("is the name and the default of each input", () => {
    const all = Object.entries(moduleArguments(ADOPTING_MODULES[name], NOTHING_BY_DEFAULT));
    const known = { ...moduleArguments(ADOPTING_MODULES[name], NOTHING_AT_ALL) };

    expect(all.length).toBeGreaterThan(4);
    for (const [input, value] of [...all, ...Object.entries(known)]) {
      expect(Object.keys(variables)).toContain(input);
      expect(variables[input]?.["default"]).not.toEqual(value);
    }
  });

  it("needs no argument for what is the module's default", () => {
    expect(moduleArguments(ADOPTING_MODULES[name], EVERYTHING_BY_DEFAULT)).toEqual({});
    const { path, partition, tags } = variables as Record<string, { default: unknown }>;
    expect([path?.default, partition?.default, tags?.default]).toEqual(["/", "aws", {}]);
  });
});

describe("what is made by hand", () => {
  it("takes the default names of the modules", () => {
    const { arguments: needed } = adoptByHand(
      {
        module: "remotion-lambda",
        address: "module.remotion",
        user: { name: "remotion-user", policyName: "remotion-user-policy", policyType: "inline" },
        role: {
          name: "remotion-lambda-role",
          policyName: "remotion-lambda-policy",
          policyType: "inline",
        },
        callers: { policyName: "remotion-executionrole-policy", roleNames: {} },
        partition: "aws",
      } satisfies AdoptionRequest,
      "123456789012",
    );

    expect(needed).toEqual({});
  });

  it("gets the description that the role has in the module", () => {
    const { terraform } = PUBLISHED_MODULES.get("remotion-lambda-role")?.().toDocument() ?? {};
    const resources = terraform?.["resource"] as Record<string, Record<string, JsonObject>>;

    expect(resources["aws_iam_role"]?.["this"]?.["description"]).toBe(DESCRIPTIONS.lambdaRole);
  });
});

const ARN = "arn:aws:iam::123456789012:policy/a";

const EVERYTHING_BY_DEFAULT: SetUp = {
  user: {
    name: DEFAULT_NAMES.user,
    policy: { type: "inline", name: DEFAULT_NAMES.userPolicy },
  },
  role: {
    name: DEFAULT_NAMES.lambdaRole,
    policy: { type: "inline", name: DEFAULT_NAMES.lambdaRolePolicy },
  },
  callers: { policyName: DEFAULT_NAMES.executionRolePolicy, policyArn: ARN, roleNames: {} },
  lambdaRoleName: DEFAULT_NAMES.lambdaRole,
  settings: { path: "/", partition: "aws", maxSessionDuration: 3600, forceDestroy: false },
};

const NOTHING_BY_DEFAULT: SetUp = {
  user: {
    name: "a",
    policy: { type: "managed", name: "b", arn: ARN },
    accessKeyId: "AKIA0",
    namedAccessKeys: [{ name: "spring", id: "AKIA1", status: "active" }],
  },
  role: { name: "c", policy: { type: "managed", name: "d", arn: ARN } },
  callers: { policyName: "e", policyArn: ARN, roleNames: { f: "g" } },
  lambdaRoleName: "c",
  settings: {
    path: "/h/",
    partition: "aws-cn",
    tags: { i: "j" },
    maxSessionDuration: 7200,
    forceDestroy: true,
  },
};

const NOTHING_AT_ALL: SetUp = {
  ...NOTHING_BY_DEFAULT,
  user: undefined,
  role: undefined,
  callers: undefined,
};

/** The addresses of a module's resources: with `[0]` under `count`, and nothing under `for_each`. */
/** Addresses of the resources that Remotion's guides know: the role of a caller is the caller's own. */
function addressesIn(terraform: JsonObject): string[] {
  return Object.entries(
    terraform["resource"] as Record<string, Record<string, JsonObject>>,
  ).flatMap(([type, byName]) =>
    Object.entries(byName)
      .filter(
        ([, { count, for_each }]) => !`${count}${for_each}`.includes("var.create_execution_role"),
      )
      .map(([name, { count }]) => `${type}.${name}${count === undefined ? "" : "[0]"}`),
  );
}
