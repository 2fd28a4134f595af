import type { Statement } from "../iam/policy-document.js";
import { type Actor, API_ROWS, type ApiCall, type ApiRow } from "./api-calls.js";
import type { RoleProfile, UserProfile } from "./profile-names.js";
import { type DerivedProfile, PROFILE_REASONS } from "./profile-reasons.js";
import { RESOURCE_KINDS } from "./resource-kinds.js";
import { ROLE_STATEMENTS } from "./role-statements.js";
import type { ResourceTemplates, StatementFact } from "./statement-fact.js";
import { USER_STATEMENTS } from "./user-statements.js";

/** The APIs that a profile is for, and whose calls it is made of. */
interface ProfileSource {
  readonly actors: readonly Actor[];
  /** @default every API of the actors */
  readonly apis?: readonly string[];
}

const SOURCES: Readonly<Record<DerivedProfile, ProfileSource>> = {
  render: {
    actors: ["caller"],
    apis: [
      "renderMediaOnLambda",
      "renderStillOnLambda",
      "getCompositionsOnLambda",
      "getRenderProgress",
      "cancelRenderOnLambda",
      "presignUrl",
      "downloadMedia",
    ],
  },
  deploy: {
    actors: ["deployer", "either"],
    apis: [
      "deployFunction",
      "deleteFunction",
      "getFunctions",
      "getFunctionInfo",
      "getFunctionVersion",
      "getOrCreateBucket",
      "deploySite",
      "deploySiteFromBundle",
      "getSites",
      "deleteSite",
      "remotion lambda functions deploy",
      "remotion lambda functions ls",
      "remotion lambda functions rm",
      "remotion lambda functions rmall",
      "remotion lambda sites create",
      "remotion lambda sites ls",
      "remotion lambda sites rm",
      "remotion lambda sites rmall",
      "remotion lambda quotas",
      "remotion lambda quotas increase",
    ],
  },
  minimal: { actors: ["function"] },
};

/** The statements of a user's profile. */
export function userStatements(profile: UserProfile): readonly StatementFact[] {
  return profile === "full" ? USER_STATEMENTS : profileStatements(profile);
}

/** The statements of a profile of the functions' role. */
export function roleStatements(profile: RoleProfile): readonly StatementFact[] {
  return profile === "full" ? ROLE_STATEMENTS : profileStatements(profile);
}

/** The statements of the profiles that are made of calls, worked out once. */
const PROFILE_STATEMENTS = new Map<DerivedProfile, readonly StatementFact[]>();

function profileStatements(profile: DerivedProfile): readonly StatementFact[] {
  const statements = PROFILE_STATEMENTS.get(profile) ?? derivedStatements(profile);
  PROFILE_STATEMENTS.set(profile, statements);
  return statements;
}

/** The rows that a profile is made of. */
export function profileRows(profile: DerivedProfile): readonly ApiRow[] {
  const { actors, apis } = SOURCES[profile];
  return API_ROWS.filter(
    ({ actor, api }) => actors.includes(actor) && (apis === undefined || apis.includes(api)),
  );
}

/** The calls of a profile: those of its rows that no option is needed for, each once. */
export function profileCalls(profile: DerivedProfile): readonly ApiCall[] {
  return profileRows(profile)
    .flatMap(({ calls }) => calls)
    .filter(({ option }) => option === undefined || option === "insights");
}

/**
 * One statement for all calls with the same actions, or on the same resource.
 *
 * @param calls those that are made. @default all of the profile
 */
export function derivedStatements(
  profile: DerivedProfile,
  calls = profileCalls(profile),
): StatementFact[] {
  const byResource = new Map<string, Set<string>>();
  for (const { action, resource } of calls) {
    const wider = calls.some(
      (other) => other.action === action && covers(other.resource, resource),
    );
    if (!wider) {
      byResource.set(resource, (byResource.get(resource) ?? new Set()).add(action));
    }
  }
  const byActions = new Map<string, { actions: string[]; templates: string[] }>();
  for (const [template, set] of [...byResource].sort(byKind)) {
    const actions = [...set].sort();
    const key = JSON.stringify([kindOf(template).service, actions]);
    const entry = byActions.get(key) ?? { actions, templates: [] };
    entry.templates.push(template);
    byActions.set(key, entry);
  }
  return [...byActions.values()].map((entry) => statementOf(profile, entry));
}

/** Whether a template stands for everything that another one stands for, and more. */
export function covers(wide: string, narrow: string): boolean {
  return wide !== narrow && wide.endsWith("/*") && narrow.startsWith(wide.slice(0, -1));
}

function statementOf(
  profile: DerivedProfile,
  { actions, templates }: { readonly actions: string[]; readonly templates: string[] },
): StatementFact {
  const kinds = templates.map(kindOf);
  const onBuckets = kinds.some(({ service }) => service === "s3");
  const scope = kinds.map((kind) => kind.scope).join("; ");
  const sid = kinds.map((kind) => kind.sid).join("And");
  const reason = PROFILE_REASONS[profile][sid];
  if (reason === undefined) {
    throw new Error(`The profile ${profile} has ${sid}: say why in profile-reasons.ts.`);
  }
  return {
    sid,
    actions,
    resources: templatesByPartition(templates),
    ...(actions.includes("iam:PassRole") ? { condition: PASSED_TO_LAMBDA } : {}),
    ...(onBuckets ? { limitedToAccount: true as const } : {}),
    scope: onBuckets ? `${scope}; where an account is given, only those of that account` : scope,
    reason,
    calledOn: templates,
  };
}

const PASSED_TO_LAMBDA: Statement["Condition"] = {
  StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" },
};

function templatesByPartition(templates: readonly string[]): ResourceTemplates {
  const special = templates.map((template) => kindOf(template).resources).find(Boolean);
  return special ?? templates;
}

function byKind([a]: [string, unknown], [b]: [string, unknown]): number {
  const order = RESOURCE_KINDS.map(({ template }) => template);
  return order.indexOf(a) - order.indexOf(b);
}

function kindOf(template: string) {
  const kind = RESOURCE_KINDS.find((known) => known.template === template);
  if (kind === undefined) {
    throw new Error(`The table of API calls names ${template}: describe it in resource-kinds.ts.`);
  }
  return kind;
}
