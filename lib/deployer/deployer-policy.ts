import type { Partition } from "../iam/partition.js";
import { type PolicyDocument, policyDocument, type Statement } from "../iam/policy-document.js";
import { keepsRule } from "../iam/value-rule.js";
import { invalidInput, unknownInput, withoutRoles } from "./errors.js";
import { MODULE_INPUTS, type ModuleInput, type ModuleName } from "./module-inputs.js";
import { type Phase, RECORDED_CALLS, type RecordedCall } from "./recorded-calls.js";

/** What is to be applied, or only planned. */
export interface DeployerOptions {
  readonly module: ModuleName;
  /** A plan reads what is there; an apply makes, changes and destroys. @default "apply" */
  readonly phase?: Phase;
  /**
   * What the module is given, by its inputs, as text; of those by which nothing else is called, none. Where it only
   * counts that something is given, any text does.
   */
  readonly inputs?: Readonly<Record<string, string>>;
  /** @default "aws" */
  readonly partition?: Partition;
  /** Number of the account. @default the one that the policy is used in */
  readonly accountId?: string;
}

/** A call that must be allowed. */
export interface DeployerCall {
  readonly action: string;
  /** ARN; with a pattern in it where the module numbers what it makes. */
  readonly resource: string;
  /** ARN of the policy that it attaches or detaches, likewise. */
  readonly policy?: string;
}

/**
 * What makes somebody mightier, or could: AWS lets it be held to a permissions boundary.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
export const HELD_TO_BOUNDARY =
  /^iam:(?:Create(?:User|Role)|(?:Attach|Detach|Put|Delete)(?:User|Role)Policy|Put(?:User|Role)PermissionsBoundary)$/;

/** Would take away what the policy is held to. */
const TAKES_BOUNDARY = /^iam:Delete(?:User|Role)PermissionsBoundary$/;

/** Who a role may be given to that a module passes on. */
const PASSED_TO = { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com"] } };

/** What follows the name of a policy that is one of several: a hyphen and a number under 100. */
const NUMBERED = ["-?", "-??"];

/**
 * The policy for whoever plans or applies a module: the calls that the AWS provider was seen to make for it, and what
 * AWS asks for beside them, on what the module makes and nothing else. With `permissions_boundary_arn`, users and roles
 * are made and changed with that boundary only, and it is not taken away.
 *
 * The policies that a module writes are what its inputs say. Whoever may write them could write others, so give
 * this to no one whom you would not let do what they allow, or set a boundary.
 *
 * @throws DeployerError when an input is unknown or breaks its rule
 */
export function deployerPolicy(options: DeployerOptions): PolicyDocument {
  const boundary = options.inputs?.["permissions_boundary_arn"];
  const groups = new Map<
    string,
    { readonly condition: Statement["Condition"]; readonly calls: DeployerCall[] }
  >();
  for (const call of deployerCalls(options)) {
    const condition = conditionOf(call, boundary);
    const key = JSON.stringify([call.resource, condition]);
    const group = groups.get(key) ?? { condition, calls: [] };
    group.calls.push(call);
    groups.set(key, group);
  }
  // What may be done to several is said once.
  const statements = new Map<string, Omit<Statement, "Sid" | "Effect">>();
  for (const { condition, calls } of groups.values()) {
    const Action = [...new Set(calls.map(({ action }) => action))].sort();
    const resources = calls.map(({ resource }) => resource);
    const key = JSON.stringify([Action, condition, typeOf(resources[0] ?? "")]);
    const known = statements.get(key)?.Resource ?? [];
    const Resource = [...new Set([...known, ...resources])];
    statements.set(key, { Action, Resource, ...(condition && { Condition: condition }) });
  }
  return policyDocument(named([...statements.values()]));
}

/**
 * The calls that planning or applying a module makes, each once.
 *
 * @throws DeployerError when an input is unknown or breaks its rule
 */
export function deployerCalls({
  module,
  phase = "apply",
  inputs = {},
  partition = "aws",
  accountId = "*",
}: DeployerOptions): readonly DeployerCall[] {
  const values = valuesOf(module, inputs);
  const arn = (resource: string) =>
    resource === "*" || resource.startsWith("arn:")
      ? resource
      : `arn:${partition}:iam::${accountId}:${resource}`;
  const isHeld = values.has("permissions_boundary_arn");
  return (RECORDED_CALLS.modules[module] ?? [])
    .filter((call) => isMade(call, phase, values))
    .filter(({ action }) => !isHeld || !TAKES_BOUNDARY.test(action))
    .flatMap(({ action, resource, policy }) =>
      filledIn(resource, module, values).flatMap((filled) =>
        (policy === undefined ? [undefined] : filledIn(policy, module, values)).map((attached) => ({
          action,
          resource: arn(filled),
          ...(attached !== undefined && { policy: arn(attached) }),
        })),
      ),
    );
}

/** What a module is given and what it takes by itself, by its inputs. */
function valuesOf(
  module: ModuleName,
  inputs: Readonly<Record<string, string>>,
): ReadonlyMap<string, readonly string[]> {
  const known: Readonly<Record<string, ModuleInput>> = MODULE_INPUTS[module];
  for (const input of Object.keys(inputs)) {
    if (!Object.hasOwn(known, input)) {
      throw unknownInput(module, input, Object.keys(known));
    }
  }
  const values = new Map<string, readonly string[]>();
  for (const [input, { default: byDefault, values: allowed, several = false }] of Object.entries(
    known,
  )) {
    const value = inputs[input] ?? byDefault;
    if (value === undefined) {
      continue;
    }
    const each = several ? value.split(",").map((one) => one.trim()) : [value];
    for (const one of each) {
      if (
        allowed !== undefined &&
        !("subject" in allowed ? keepsRule(allowed, one) : allowed.includes(one))
      ) {
        throw invalidInput(input, one, allowed);
      }
    }
    values.set(input, each);
  }
  if (module === "remotion-bucket-grants" && !values.has("role_names")) {
    throw withoutRoles(module);
  }
  return values;
}

/** Whether the inputs are such that a call is made. */
function isMade(
  { apply, plan = [] }: RecordedCall,
  phase: Phase,
  values: ReadonlyMap<string, readonly string[]>,
): boolean {
  const isGiven = (needed: string) => {
    const [input = "", value] = needed.split("=");
    const known = values.get(input);
    return value === undefined ? known !== undefined : known?.includes(value) === true;
  };
  return (phase === "plan" ? plan : apply).some((set) => set.every(isGiven));
}

/** What follows the account in ARNs, with the values of inputs: one for each where there are several. */
function filledIn(
  template: string,
  module: ModuleName,
  values: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const [, several] =
    /\/\{(role_names|policy_arns|execution_role_policy_arns)\}$/.exec(template) ?? [];
  if (several !== undefined) {
    const type = typeOf(template);
    return (values.get(several) ?? []).map((value) =>
      value.startsWith("arn:") ? value : `${type}/${value}`,
    );
  }
  const filled = template.replace(/\{(\w+)\}/g, (_place, input) => values.get(input)?.[0] ?? "");
  return module === "remotion-bucket-grants" && typeOf(template) === "policy"
    ? ["", ...NUMBERED].map((number) => `${filled}${number}`)
    : [filled];
}

function conditionOf(
  { action, policy }: DeployerCall,
  boundary: string | undefined,
): Statement["Condition"] {
  if (action === "iam:PassRole") {
    return PASSED_TO;
  }
  const attached = policy === undefined ? {} : { ArnLike: { "iam:PolicyARN": [policy] } };
  const held =
    boundary !== undefined && HELD_TO_BOUNDARY.test(action)
      ? { StringEquals: { "iam:PermissionsBoundary": [boundary] } }
      : {};
  const condition = { ...attached, ...held };
  return Object.keys(condition).length === 0 ? undefined : condition;
}

/** `user` of an ARN, or of what follows the account in one. */
function typeOf(resource: string): string {
  return /^(?:arn:[^/]*:)?([a-z-]+)/.exec(resource)?.[1] ?? "";
}

/** What statements are called: by what they are about, with a number where that is not enough. */
function named(statements: readonly Omit<Statement, "Sid" | "Effect">[]): readonly Statement[] {
  const counts = new Map<string, number>();
  return statements.map((statement) => {
    const about = aboutOf(statement);
    const count = (counts.get(about) ?? 0) + 1;
    counts.set(about, count);
    return { Sid: count === 1 ? about : `${about}${count}`, Effect: "Allow", ...statement };
  });
}

const PLURALS: Readonly<Record<string, string>> = {
  user: "Users",
  role: "Roles",
  policy: "Policies",
  "instance-profile": "InstanceProfiles",
};

function aboutOf({ Action, Resource, Condition = {} }: Omit<Statement, "Sid" | "Effect">): string {
  const type = PLURALS[typeOf(Resource[0] ?? "")] ?? "Others";
  if (Action[0] === "iam:PassRole") {
    return "PassRoleToInstances";
  }
  if ("ArnLike" in Condition) {
    return `AttachTo${type}`;
  }
  return "StringEquals" in Condition ? `${type}WithinBoundary` : type;
}
