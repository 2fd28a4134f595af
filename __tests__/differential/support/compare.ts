import { type HeldPolicies, Judge, type Judgment } from "./judge.js";
import { REGIONS } from "./random-policy.js";
import { isStock, RECORDED_ROWS, type RecordedCall, stockCalls } from "./recorded-calls.js";
import { type Alternatives, type Caller, requestsOf, type Site } from "./request-facts.js";
import { ACCOUNT, type GeneratedRoot, type IntendedPrincipal, type PolicyText } from "./root.js";

/** What `verify --json` says, as far as it is compared. */
export interface Report {
  readonly complete: string;
  readonly verified: readonly ReportedPrincipal[];
  readonly bystanders: readonly string[];
}

interface ReportedPrincipal {
  readonly principal: string;
  readonly address: string;
  readonly part: { readonly actor: "user" | "role"; readonly profile: string };
  readonly standing: string;
  readonly checkedIn: Site & { readonly narrowed: readonly string[] };
  readonly apis: readonly ReportedApi[];
}

interface ReportedApi {
  readonly api: string;
  readonly situation: string;
  readonly calls: readonly ReportedCall[];
}

interface ReportedCall {
  readonly action: string;
  readonly resource: string;
  readonly answer: "allowed" | "missing" | "tolerated" | "untold";
  readonly when?: string;
  readonly because?: string;
}

/**
 * - `false yes`: what the tool says is allowed, the judge denies, or denies to some sessions
 * - `false no`: what is missing the judge allows, or allows to some
 * - `needless untold`: the judge knows
 * - `unasked`: what the profile `full` is for, and the tool says nothing of
 * - `overlooked`: somebody who may call Remotion is a bystander to the tool
 */
export type DifferenceKind =
  | "false yes"
  | "false no"
  | "needless untold"
  | "unasked"
  | "overlooked";

/** Where the tool and the judge do not say the same. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly root: string;
  readonly principal: string;
  readonly call: string;
  readonly ours: string;
  readonly judged: Judgment;
  readonly because: string;
  /** Whether a statement of the principal's asks twice for the same key, so that one may exclude the other. */
  readonly asksTwice?: boolean;
}

/** What one root came to. */
export interface Comparison {
  readonly principals: number;
  /** Answers of the tool, by kind. */
  readonly answers: Readonly<Record<string, number>>;
  readonly differences: readonly Difference[];
  /** Whether everything that decides is in the plan. */
  readonly isKnown: boolean;
}

/** Somebody of a root with the policies that the judge reads. */
export interface Judged {
  readonly principal: IntendedPrincipal;
  readonly held: HeldPolicies;
}

/** Compares what the tool says of a root with what the judge says. */
export async function compare(
  { name: root, options, isKnown }: GeneratedRoot,
  report: Report,
  judged: readonly Judged[],
  memory: Map<string, boolean>,
): Promise<Comparison> {
  const answers: Record<string, number> = {};
  const differences: Difference[] = [];
  const roles = passableRoles(report, judged);
  for (const reported of report.verified) {
    const known = judged.find(({ principal }) => principal.address === reported.address);
    if (known === undefined) {
      throw new Error(`${root}: ${reported.address} is verified, and nobody whom it has`);
    }
    const { principal, held } = known;
    const caller: Caller = { ...principal, actor: reported.part.actor };
    const judge = new Judge(held, caller, memory);
    const seen = new Map<string, Judgment>();
    const found = matched(reported);
    for (const call of unasked(reported, principal, found)) {
      const about = { root, principal: reported.address, call: `${call.action} ${call.resource}` };
      differences.push({ ...about, kind: "unasked", ours: "", judged: "either", because: "" });
    }
    for (const { call, recorded } of found) {
      answers[call.answer] = (answers[call.answer] ?? 0) + 1;
      const key = `${recorded.action} ${recorded.resource}`;
      const judgment =
        seen.get(key) ??
        (await worst(judge, requestsOf(recorded, siteOf(reported, options), caller, roles)));
      seen.set(key, judgment);
      const kind = kindOf(call.answer, judgment);
      if (kind !== undefined) {
        differences.push({
          kind,
          root,
          principal: reported.address,
          call: key,
          ours: call.answer,
          judged: judgment,
          because: call.because ?? "",
          asksTwice: asksTwice(held),
        });
      }
    }
  }
  for (const { principal, held } of judged) {
    const isVerified = report.verified.some(({ address }) => address === principal.address);
    if (!isVerified && (await mayCall(principal, held, sitesOf(options, held), memory))) {
      differences.push({
        kind: "overlooked",
        root,
        principal: principal.address,
        call: "any",
        ours: "bystander",
        judged: "allowed",
        because: isKnown ? "" : "what some of the root's policies say is not in the file",
      });
    }
  }
  return {
    principals: report.verified.length,
    answers,
    differences: distinct(differences),
    isKnown,
  };
}

/** Where somebody is asked: where regions are told, and buckets by its policies alone, in all of these regions. */
function siteOf({ checkedIn }: ReportedPrincipal, options: readonly string[]): Site {
  const { narrowed } = checkedIn;
  const areRegionsTold = narrowed.includes("region") || options.includes("--region");
  return { ...checkedIn, otherBuckets: areRegionsTold && narrowed.includes("bucket") };
}

/** What only Remotion has, in the record. Logs do not count: whoever may write any may write all. */
const OF_REMOTION = /\{(?:function|bucket|lambdaRole)\}/;

/** Whether somebody may do something of Remotion's, anywhere. */
async function mayCall(
  principal: IntendedPrincipal,
  held: HeldPolicies,
  sites: readonly Site[],
  memory: Map<string, boolean>,
): Promise<boolean> {
  const caller: Caller = { ...principal, actor: "user" };
  const judge = new Judge(held, caller, memory);
  for (const call of stockCalls("user").filter(({ resource }) => OF_REMOTION.test(resource))) {
    for (const site of sites) {
      const requests = requestsOf(call, site, caller, ["/remotion-lambda-role"]);
      if ((await worst(judge, requests)) === "allowed") {
        return true;
      }
    }
  }
  return false;
}

/**
 * Where somebody may call who is to be found: in the regions of the options, or those that its policies name,
 * or the first one. Whoever may call in `eu-*` alone is not: nothing says in which of them.
 */
function sitesOf(options: readonly string[], held: HeldPolicies): readonly Site[] {
  const given = (option: string) =>
    options.filter((_value, index) => options[index - 1] === option);
  const text = JSON.stringify([held.policies, held.boundary]);
  const named = REGIONS.filter((region) => region === "us-east-1" || text.includes(region));
  const regions = given("--region");
  return (regions.length > 0 ? regions : named).map((region) => ({
    account: ACCOUNT,
    regions: [region],
    buckets: given("--bucket"),
    functions: given("--function"),
  }));
}

function kindOf(answer: ReportedCall["answer"], judgment: Judgment): DifferenceKind | undefined {
  switch (answer) {
    case "allowed":
      return judgment === "allowed" ? undefined : "false yes";
    case "untold":
      return judgment === "either" ? undefined : "needless untold";
    default:
      return judgment === "denied" ? undefined : "false no";
  }
}

/** Whether the condition of a statement has the same key under two operators. */
function asksTwice({ policies, boundary }: HeldPolicies): boolean {
  const documents = [...policies, ...(boundary === undefined ? [] : [boundary])];
  return documents.some((document) =>
    [(document as Partial<PolicyText>).Statement ?? []].flat().some(({ Condition = {} }) => {
      const keys = Object.values(Condition).flatMap((operator) => Object.keys(operator));
      return new Set(keys.map((key) => key.toLowerCase())).size < keys.length;
    }),
  );
}

/** One for each principal and request: many APIs make the same. */
function distinct(differences: readonly Difference[]): readonly Difference[] {
  return [
    ...new Map(
      differences.map((one) => [`${one.kind} ${one.principal} ${one.call}`, one]),
    ).values(),
  ];
}

/** A call is made on every place, on each with one role that may be passed. */
async function worst(judge: Judge, places: readonly Alternatives[]): Promise<Judgment> {
  const all = new Set<Judgment>();
  for (const alternatives of places) {
    const each = new Set<Judgment>();
    for (const request of alternatives) {
      each.add(await judge.judge(request));
    }
    all.add(each.has("allowed") ? "allowed" : each.has("either") ? "either" : "denied");
  }
  return all.has("denied") ? "denied" : all.has("either") ? "either" : "allowed";
}

/** The functions' roles of the root, or the one that Remotion passes unless told otherwise. */
function passableRoles({ verified }: Report, judged: readonly Judged[]): readonly string[] {
  const roles = judged
    .filter(({ principal }) =>
      verified.some(
        ({ address, part, standing }) =>
          principal.kind === "role" &&
          address === principal.address &&
          part.actor === "role" &&
          standing === "meant",
      ),
    )
    .map(({ principal: { path, name } }) => `${path}${name}`);
  return roles.length === 0 ? ["/remotion-lambda-role"] : roles;
}

interface Matched {
  readonly call: ReportedCall;
  readonly recorded: RecordedCall;
}

/** Each reported call with the recorded one that it is about: they stand in one order. */
function matched({ apis, principal }: ReportedPrincipal): readonly Matched[] {
  return apis
    .filter(({ api }) => !api.startsWith("output bucket "))
    .flatMap(({ api, situation, calls }) => {
      const row = RECORDED_ROWS.find(
        (one) => one.situation === situation && [one.api, `${one.api}()`].includes(api),
      );
      const left = (row?.calls ?? []).filter(isStock);
      return calls.map((call): Matched => {
        const at = left.findIndex((recorded) => isAbout(call, recorded));
        const [recorded] = at === -1 ? [] : left.splice(0, at + 1).slice(-1);
        if (recorded === undefined) {
          throw new Error(
            `${principal}: no recorded call of ${api} is ${call.action} on ${call.resource}`,
          );
        }
        return { call, recorded };
      });
    });
}

/** What stock policies of Remotion lack, or what is another kind of principal's. */
const NEVER_ASKED: readonly {
  readonly of: (principal: Pick<IntendedPrincipal, "kind">, actor: "user" | "role") => boolean;
  readonly action: string;
  readonly resource?: RegExp;
}[] = [
  // S3 lets whoever began an upload abort it.
  { of: (_principal, actor) => actor === "user", action: "s3:AbortMultipartUpload" },
  // Remotion's own policy has none: a function that has to make its bucket fails.
  { of: (_principal, actor) => actor === "role", action: "s3:PutBucketOwnershipControls" },
  {
    of: ({ kind }) => kind === "user",
    action: "iam:SimulatePrincipalPolicy",
    resource: /:role\/\{caller\}$/,
  },
  {
    of: ({ kind }) => kind === "role",
    action: "iam:SimulatePrincipalPolicy",
    resource: /:user\/\{caller\}$/,
  },
];

/** The calls of the widest profile that the tool says nothing of. */
function unasked(
  { part: { actor, profile } }: ReportedPrincipal,
  principal: IntendedPrincipal,
  found: readonly Matched[],
): readonly RecordedCall[] {
  if (profile !== "full") {
    return [];
  }
  const asked = new Set(found.map(({ recorded }) => recorded));
  return RECORDED_ROWS.filter((row) => (row.actor === "function") === (actor === "role"))
    .flatMap(({ calls }) => calls.filter(isStock))
    .filter(
      (call) =>
        !asked.has(call) &&
        !NEVER_ASKED.some(
          ({ of, action, resource = /^/ }) =>
            of(principal, actor) && action === call.action && resource.test(call.resource),
        ),
    );
}

function isAbout(call: ReportedCall, recorded: RecordedCall): boolean {
  return (
    call.action === recorded.action &&
    call.when === recorded.when &&
    templatePattern(recorded).test(call.resource)
  );
}

const PATTERNS = new Map<string, RegExp>();

/** What the resources of a recorded call look like. */
function templatePattern({ resource }: RecordedCall): RegExp {
  const known =
    PATTERNS.get(resource) ??
    new RegExp(
      `^${resource
        .replace(/[.+^$()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replace(/\{\w+\}/g, ".*")}(?::log-stream:.*)?$`,
    );
  PATTERNS.set(resource, known);
  return known;
}
