import { matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
import { type PolicyDocument, policyDocument, type Statement } from "../iam/policy-document.js";
import { policySize, QUOTAS } from "../iam/quotas.js";
import { bucketGrantStatements } from "../remotion/bucket-grants.js";
import type { OutputBucket } from "../remotion/output-bucket.js";
import type { ResourceScope } from "../remotion/resource-scope.js";
import { MADE_UP } from "../terraform/iam-name.js";
import type { Finding, Verification } from "./answer.js";
import { documentSize } from "./document-size.js";
import type { Expectation } from "./expectation.js";
import { type FixInputs, moduleInputs } from "./fix-inputs.js";
import { widerThan } from "./fix-within.js";
import type { OpenRequest } from "./known-answers.js";
import { KnownPolicies, withNames } from "./known-policies.js";
import type { NeededRequest, Requester } from "./needed-request.js";
import type { Outside } from "./outside.js";
import { referencePolicy } from "./reference-policy.js";
import { openRequests } from "./request-answer.js";
import { requesterOf } from "./requester.js";
import { isAccessOf } from "./requirement.js";
import type { Known } from "./who-is-who.js";

/** What gives a principal all that its part needs: statements, or inputs of the module that makes it. */
export type Fix = FixStatements | FixInputs | NoFix;

/** Statements to add to its policies, which change nothing else. */
interface FixStatements {
  readonly document: PolicyDocument;
  /** What they fit into. */
  readonly as: "inline policy" | "managed policy";
  /** Characters without white space. */
  readonly size: number;
  /** What IAM takes, less what the principal has of it. */
  readonly most: number;
}

/** Why there is none, as a sentence without its end. */
interface NoFix {
  readonly none: string;
}

/** What a fix is made of. */
export interface FixAbout {
  readonly known: Known;
  readonly expectation: Expectation;
  readonly requester: Requester;
  readonly findings: readonly Finding[];
  readonly apis: Verification["apis"];
  /** What of the scope was given, or read from the policies, as options: `--region`, … */
  readonly given: ReadonlySet<string>;
  readonly outputBuckets: readonly OutputBucket[];
  /** Whether what the file holds is in force in AWS, and not to be made first. */
  readonly inForce: boolean;
  /** What decides beside the policies of the file's principals. */
  readonly outside: Outside;
}

/**
 * What gives a principal all that its part needs: no action and no resource that the policy of its profile has not,
 * where it is checked. Undefined where nothing is missing or tolerated. With it nothing is missing, which is asked of
 * the evaluator before it is told.
 */
export function fixOf(about: FixAbout): Fix | undefined {
  const { known, expectation, requester, findings } = about;
  const open = openOf(expectation, known, requester);
  const missing = open.filter(([, { answer }]) => answer === "missing");
  const untold = [...findings, ...open.map(([, answer]) => answer)].find(
    ({ answer }) => answer === "untold",
  );
  const finding = findings.find(({ answer }) => answer === "missing");
  if (untold !== undefined) {
    const give = untold.give === undefined ? "" : `: give ${untold.give}`;
    return { none: `something of it is not told, so that it may have the rest already${give}` };
  }
  if (finding === undefined && missing.length === 0) {
    return undefined;
  }
  if (finding !== undefined) {
    return { none: `no statement helps: ${finding.sentence}` };
  }
  if (missing.some(([{ action }]) => action === "iam:PassRole") && !isRoleTold(requester)) {
    return { none: ROLE_NOT_TOLD };
  }
  const scope = fixScope(about);
  const inputs = moduleInputs(
    about,
    missing.map(([needed]) => needed),
  );
  if (inputs !== undefined && isEnough(inputs.document, about) === undefined) {
    return inputs.fix;
  }
  const document = policyDocument(statementsFor(missing, about, scope));
  const options = widerThan(document, known.policies.documents);
  if (options.length > 0) {
    return {
      none: `its policies are narrower than what is checked: say what is meant with ${options.join(", ")}`,
    };
  }
  const left = isEnough(document, about);
  return left === undefined ? fitted(document, known) : { none: left };
}

function openOf(
  { groups }: Expectation,
  { policies }: Known,
  requester: Requester,
): readonly OpenRequest[] {
  return groups.flatMap((group) => openRequests(group, policies, requester));
}

/** What still keeps a principal from its part when it has a document besides; undefined where nothing does. */
function isEnough(document: PolicyDocument, about: FixAbout): string | undefined {
  const { known, expectation, requester, apis, inForce, outside } = about;
  const required = new Set(
    apis
      .flatMap(({ calls }) => calls)
      .filter(({ answer }) => answer === "missing")
      .map(({ action }) => action),
  );
  const principal = {
    ...known.principal,
    policies: [...known.principal.policies, { name: "fix", address: "", document }],
  };
  const fixed = { principal, policies: new KnownPolicies(inForce, outside).attachedTo(principal) };
  // What Remotion goes on without may stay denied, by a guard rail: it is a warning.
  const [left] = openOf(expectation, fixed, requesterOf(fixed, requester.roles)).filter(
    ([{ action }]) => required.size === 0 || required.has(action),
  );
  if (left === undefined) {
    return undefined;
  }
  const [{ action }, { resource, because = "" }] = left;
  const where = withNames(because, fixed.policies);
  return `no statement helps with ${action} on ${resource}: ${where}`;
}

/** Whether the role that is passed has a name, and no example of one, in which nothing is a wildcard. */
function isRoleTold({ roles: [role] }: Requester): boolean {
  return (
    role !== undefined &&
    /^\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]+$/.test(`${role.path}${role.name}`) &&
    !role.name.includes(MADE_UP)
  );
}

const ROLE_NOT_TOLD =
  "the name of the role of Remotion's functions is not told: give --lambda-role-name NAME";

/** Where the fix holds: where it is checked, and everywhere in a dimension that nothing is said of. */
function fixScope({ expectation, requester, given }: FixAbout): ResourceScope {
  const { partition, account, accountIsKnown, regions, buckets, functions } = expectation.scope;
  const [role] = requester.roles;
  return {
    partition,
    ...(given.has("--region") ? { regions } : {}),
    ...(accountIsKnown ? { accountId: account } : {}),
    bucketNames: buckets,
    functionNames: functions,
    ...(role === undefined ? {} : { lambdaRoleName: role.name, lambdaRolePath: role.path }),
  };
}

/** The statements of the profile's policy that allow what is missing, with these actions alone. */
function statementsFor(
  missing: readonly OpenRequest[],
  { expectation, requester, outputBuckets }: FixAbout,
  scope: ResourceScope,
): readonly Statement[] {
  const { part } = expectation;
  const wanted = outputBuckets.filter(({ access }) => isAccessOf(part, access));
  const reference = [
    ...(part.grantsAlone ? [] : referencePolicy(part, scope).Statement),
    ...bucketGrantStatements(wanted, scope.partition ?? "aws"),
  ];
  const resources = missing.map(([needed]) => ({
    action: needed.action,
    resources: resourcesOf(needed, requester),
  }));
  return reference.flatMap((statement) => {
    const globs = statement.Resource.map(parseGlob);
    const actions = resources
      .filter(({ action }) => statement.Action.includes(action))
      .filter((one) =>
        one.resources.some((resource) => globs.some((glob) => matchesGlob(glob, resource))),
      )
      .map(({ action }) => action);
    const Action = statement.Action.filter((action) => actions.includes(action));
    return Action.length === 0 ? [] : [{ ...statement, Action }];
  });
}

function resourcesOf(needed: NeededRequest, requester: Requester): readonly string[] {
  return needed
    .combinations(requester)
    .map((combination) => needed.resource(combination, requester));
}

/**
 * What a document fits into.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
function fitted(document: PolicyDocument, { principal }: Known): Fix {
  const { kind, policies } = principal;
  const size = policySize(document);
  const quota = kind === "user" ? QUOTAS.inlinePoliciesOfUser : QUOTAS.inlinePoliciesOfRole;
  const inline =
    quota -
    policies
      .filter(({ is }) => is === "inline")
      .reduce((sum, policy) => sum + documentSize(policy.document), 0);
  if (kind !== "policy" && size <= inline) {
    return { document, as: "inline policy", size, most: inline };
  }
  const managed = policies.filter(({ is }) => is !== "inline").length;
  if (kind !== "policy" && managed >= QUOTAS.managedPoliciesOfRole) {
    return {
      none: `its statements have ${size} characters, there is room for ${Math.max(0, inline)} in inline policies, and it has ${managed} managed policies, of ${QUOTAS.managedPoliciesOfRole} at most`,
    };
  }
  return size <= QUOTAS.managedPolicy
    ? { document, as: "managed policy", size, most: QUOTAS.managedPolicy }
    : {
        none: `its statements have ${size} characters, and a managed policy ${QUOTAS.managedPolicy} at most: narrow them with ${OPTIONS}`,
      };
}

const OPTIONS = "--region, --bucket or --function";
