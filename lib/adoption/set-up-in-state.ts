import { ACCESS_KEY_NAME, POLICY_ARN, ROLE_NAME } from "../iam/rules.js";
import { keepsRule } from "../iam/value-rule.js";
import { property, textIn, textsOf } from "../json/json-value.js";
import type { StateResource } from "../reading/read-state-resources.js";
import { ADOPTING_MODULES } from "./adopting-modules.js";
import type { AdoptionRequest, CallersRequest, PrincipalRequest } from "./adoption-request.js";
import { checkedValue } from "./checked-value.js";
import { inlinePolicyId } from "./import-id.js";
import { INSTANCE_KEY } from "./rules.js";
import type {
  CallersSetUp,
  NamedAccessKey,
  OwnPolicy,
  PrincipalSetUp,
  SetUp,
  UserSetUp,
} from "./set-up.js";
import { managedPolicyArn, principalByHand } from "./set-up-by-hand.js";
import { settingsInState } from "./settings-in-state.js";
import type { StateIndex } from "./state-index.js";

/**
 * What a state, and AWS with it, has of a Remotion set-up. With an account's number, what the state
 * lacks counts as made by hand; without, as absent.
 *
 * @throws {AdoptionError} when the module could not hold it as it is
 */
export function setUpInState(
  given: AdoptionRequest,
  state: StateIndex,
  accountId: string | undefined,
): SetUp {
  const module = ADOPTING_MODULES[given.module];
  const settings = settingsInState(given, state);
  const request = { ...given, path: settings.path, partition: settings.partition };
  const { user, role, callers } = request;
  return {
    user: module.user && user && userIn(state, user, request, accountId),
    role: module.role && principalIn("role", state, role, request, accountId),
    callers: module.callers && callers && callersIn(state, callers, request, accountId),
    lambdaRoleName: role.name,
    settings,
  };
}

function userIn(
  state: StateIndex,
  user: PrincipalRequest,
  request: AdoptionRequest,
  accountId: string | undefined,
): UserSetUp | undefined {
  const found = principalIn("user", state, user, request, accountId);
  return found && { ...found, ...accessKeysIn(state, user.name) };
}

/** One that is active and has no name goes on without; all others go on under names. */
function accessKeysIn(
  state: StateIndex,
  user: string,
): Pick<UserSetUp, "accessKeyId" | "namedAccessKeys"> {
  const keys = state.ofType("aws_iam_access_key").flatMap(({ address, values }) => {
    const id = textIn(values, "id");
    return textIn(values, "user") !== user || id === undefined
      ? []
      : [{ id, address, isActive: textIn(values, "status") !== "Inactive" }];
  });
  const [only, ...more] = keys;
  if (only === undefined) {
    return {};
  }
  if (more.length === 0 && only.isActive && keyAt(only.address) === undefined) {
    return { accessKeyId: only.id };
  }
  const names = new Set<string>();
  const namedAccessKeys = keys.map(({ id, address, isActive }): NamedAccessKey => {
    const [resource] = /[^.]+$/.exec(address.replace(/\[[^\]]*\]$/, "")) ?? [];
    const name =
      [keyAt(address), resource].find(
        (each) => each !== undefined && keepsRule(ACCESS_KEY_NAME, each) && !names.has(each),
      ) ?? id;
    names.add(name);
    return { name, id, status: isActive ? "active" : "inactive" };
  });
  return { namedAccessKeys };
}

function principalIn(
  kind: "user" | "role",
  state: StateIndex,
  principal: PrincipalRequest,
  request: AdoptionRequest,
  accountId: string | undefined,
): PrincipalSetUp | undefined {
  const { name, policyName } = principal;
  const found = state.find(`aws_iam_${kind}`, name);
  if (found === undefined && accountId === undefined) {
    return undefined;
  }
  const policy =
    ownPolicyIn(kind, state, name, policyName) ??
    (accountId === undefined ? undefined : principalByHand(principal, request, accountId).policy);
  return { name, policy };
}

/** The policy of a user or a role, if the state knows of it. */
function ownPolicyIn(
  kind: "user" | "role",
  state: StateIndex,
  owner: string,
  name: string,
): OwnPolicy | undefined {
  const inline = [`aws_iam_${kind}_policy`, inlinePolicyId(owner, name)] as const;
  if ((state.find(...inline) ?? state.witness(...inline)) !== undefined) {
    return { type: "inline", name };
  }
  const principal = state.find(`aws_iam_${kind}`, owner);
  const arn =
    policyArnIn(state, name) ??
    textsOf(property(principal?.values, "managed_policy_arns")).find(
      (each) => each.endsWith(`/${name}`) && !each.includes("::aws:"),
    );
  return arn === undefined
    ? undefined
    : {
        type: "managed",
        name,
        arn: checkedValue(principal?.address ?? "", "managed_policy_arns", arn, POLICY_ARN),
      };
}

/** ARN of the managed policy that the state has under a name. */
function policyArnIn(state: StateIndex, name: string): string | undefined {
  const policy = state.findPolicy(name);
  const arn = textIn(policy?.values, "arn");
  return policy === undefined || arn === undefined
    ? undefined
    : checkedValue(policy.address, "arn", arn, POLICY_ARN);
}

function callersIn(
  state: StateIndex,
  callers: CallersRequest,
  request: AdoptionRequest,
  accountId: string | undefined,
): CallersSetUp | undefined {
  const { policyName } = callers;
  const arn = policyArnIn(state, policyName);
  if (arn === undefined && accountId === undefined) {
    return undefined;
  }
  const policyArn = arn ?? managedPolicyArn(policyName, request, accountId ?? "");
  return { policyName, policyArn, roleNames: rolesWith(state, policyArn, callers.roleNames) };
}

/** The roles that a policy is attached to: those named, and those that the state knows of. */
function rolesWith(
  state: StateIndex,
  policyArn: string,
  named: Readonly<Record<string, string>>,
): Record<string, string> {
  const roles = new Map(Object.entries(named));
  const names = new Set(roles.values());
  const add = (role: string, resource: StateResource, key: string | undefined) => {
    checkedValue(resource.address, "role", role, ROLE_NAME);
    if (!names.has(role)) {
      names.add(role);
      const keys = [key, role, `role-${role}`].filter((each) => each !== undefined);
      roles.set(
        keys.find((each) => keepsRule(INSTANCE_KEY, each) && !roles.has(each)) ?? role,
        role,
      );
    }
  };
  for (const resource of state.ofType("aws_iam_role_policy_attachment")) {
    if (textIn(resource.values, "policy_arn") === policyArn) {
      add(textIn(resource.values, "role") ?? "", resource, keyAt(resource.address));
    }
  }
  for (const resource of state.all) {
    const { type, values } = resource;
    const holds =
      type === "aws_iam_role" &&
      textsOf(property(values, "managed_policy_arns")).includes(policyArn);
    const attaches =
      type === "aws_iam_policy_attachment" && textIn(values, "policy_arn") === policyArn;
    for (const role of [
      ...(holds ? [textIn(values, "name") ?? ""] : []),
      ...(attaches ? textsOf(property(values, "roles")) : []),
    ]) {
      add(role, resource, undefined);
    }
  }
  return Object.fromEntries(roles);
}

/** The key in quotes that an address ends in. */
function keyAt(address: string): string | undefined {
  return /\["([^"\\]*)"\]$/.exec(address)?.[1];
}
