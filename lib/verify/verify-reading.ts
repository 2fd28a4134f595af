import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { NOTHING_OUTSIDE, togetherOutside } from "../terraform/outside-facts.js";
import type { Principal, Reading } from "../terraform/principal.js";
import type { Finding, Verification } from "./answer.js";
import { type CheckedScope, checkedIn, type FunctionsRole, inPlaces } from "./checked-scope.js";
import { type Expectation, Expectations } from "./expectation.js";
import { fixOf } from "./fix.js";
import { grantsUntold } from "./forbidden.js";
import { KnownPolicies } from "./known-policies.js";
import { LambdaTrusts } from "./lambda-trust.js";
import { candidatesIn } from "./narrowing.js";
import { type Nearest, nearest } from "./nearest-profile.js";
import type { ApiRequest, Requester } from "./needed-request.js";
import { Outside } from "./outside.js";
import type { Part } from "./part.js";
import { policyShares } from "./policy-share.js";
import { Probe } from "./probe.js";
import { openRequests } from "./request-answer.js";
import { requesterOf } from "./requester.js";
import { type CallerKind, Requirements } from "./requirement.js";
import { Scopes } from "./scopes.js";
import { nothingShared, type Placed } from "./shared-places.js";
import { apisOf, verifyPrincipal } from "./verification.js";
import type { VerifyOptions } from "./verify-options.js";
import { functionsRole, type Known, type Who, WhoIsWho } from "./who-is-who.js";

/** What was found in a file. */
export interface VerifiedReading {
  /** Those who have to do with Remotion, in the order of the file. */
  readonly verified: readonly Verification[];
  /** Names of those who have not, by what is told. */
  readonly bystanders: readonly string[];
  /** Names of those bystanders of whose policies something is not told. */
  readonly unclear: readonly string[];
  /** Why others may be there who are not in the file, as a sentence. @default nothing says so */
  readonly incomplete?: string;
  /** The kinds of policies that would decide, too, and were not given: that changes no answer. */
  readonly notLookedAt: readonly string[];
  /** What was given and concerns nothing that is asked for, a sentence each. */
  readonly unused: readonly string[];
}

/** Verifies every principal of a file that has to do with Remotion. */
export function verifyReading(reading: Reading, options: VerifyOptions): VerifiedReading {
  return new Verifier(reading, options).result();
}

class Verifier {
  readonly #reading: Reading;
  readonly #options: VerifyOptions;
  readonly #expectations: Expectations;
  readonly #scopes: Scopes;
  readonly #trusts: LambdaTrusts;
  readonly #given: ReadonlySet<string>;
  readonly #numbers = new Map<ApiRequest, number>();
  readonly #policies: KnownPolicies;
  readonly #outside: Outside;
  /** The policies of principals together with what else decides. */
  readonly #decided: KnownPolicies;
  readonly #nearestKnown = new Map<readonly Expectation[], Map<string, Nearest>>();

  constructor(reading: Reading, options: VerifyOptions) {
    this.#reading = reading;
    this.#options = options;
    this.#trusts = new LambdaTrusts(options, this.#isInForce);
    const { makes = () => true, now, outputBuckets } = options;
    const requirements = new Requirements({ makes, now, outputBuckets });
    this.#expectations = new Expectations(options, requirements);
    const { outside: inFile = NOTHING_OUTSIDE } = reading;
    const { outside: given = NOTHING_OUTSIDE, collected = NOTHING_OUTSIDE } = options;
    const facts = [given, collected].reduce(togetherOutside, inFile);
    this.#outside = new Outside(facts, () => bucketsNamed(reading, options));
    this.#decided = new KnownPolicies(this.#isInForce, this.#outside);
    this.#scopes = new Scopes(options, requirements, this.#outside, reading.source);
    this.#given = givenOptions(options);
    this.#policies = new KnownPolicies(this.#isInForce);
  }

  get #isInForce(): boolean {
    return this.#reading.source === "account";
  }

  result(): VerifiedReading {
    const everybody = this.#everybody();
    const { principal: only } = this.#options;
    const { incomplete } = this.#reading;
    const asked = everybody.filter(
      ({ principal: { name, address } }) => only === undefined || [name, address].includes(only),
    );
    const concerned = asked.filter(({ standing }) => standing !== "bystander");
    const roles = this.#functionsRoles(everybody);
    const isRoleTold = roles.length > 0;
    const defaultRoles = [this.#defaultRole()];
    // The roles come first: what users share with them is compared.
    const ofRoles = new Map(
      concerned
        .filter(({ actor }) => actor === "role")
        .map((who) => {
          const asked = this.#asked(who, defaultRoles);
          return [who, { asked, verification: this.#verification(asked, NO_ROLES) }] as const;
        }),
    );
    const meant = new PlacedRoles(
      [...ofRoles]
        .filter(([{ standing }]) => standing === "meant")
        .map(([{ principal }, { asked }]) => ({
          ...placedRole(principal),
          ...this.#placed(asked),
        })),
    );
    const verified = concerned.map(
      (who) =>
        ofRoles.get(who)?.verification ??
        this.#verification(this.#asked(who, isRoleTold ? roles : defaultRoles), meant, isRoleTold),
    );
    const bystanders = asked.filter(({ standing }) => standing === "bystander");
    const { bystanders: notHeld = [], unclear = [] } = this.#reading;
    return {
      verified,
      bystanders: [
        ...bystanders.map(({ principal }) => principal.name),
        ...(only === undefined ? notHeld : []),
      ],
      unclear: [
        ...bystanders.filter(isUnclear).map(({ principal }) => principal.name),
        ...(only === undefined ? unclear : []),
      ],
      // Of one alone nobody asks who else there is.
      ...(incomplete === undefined || only !== undefined ? {} : { incomplete }),
      notLookedAt: this.#outside.notLookedAt,
      unused: this.#outside.unusedOf(this.#options.outside ?? NOTHING_OUTSIDE),
    };
  }

  #everybody(): readonly Who[] {
    const policies = this.#policies;
    const all = this.#reading.principals.map((principal) => ({
      principal,
      policies: policies.attachedTo(principal),
    }));
    const probe = new Probe(this.#scopes, this.#expectations, [this.#defaultRole()]);
    const who = new WhoIsWho(all, this.#options, this.#trusts, probe);
    return all.map((known) => whoBefore(known, who, policies) ?? who.of(known));
  }

  /**
   * The roles that functions may be given: the one that is named, those of the file, or the default; none
   * where the file has some and tells the name of none.
   */
  #functionsRoles(everybody: readonly Who[]): readonly FunctionsRole[] {
    if (this.#options.scope.lambdaRoleName !== undefined) {
      return [this.#defaultRole()];
    }
    const found = everybody
      .filter(
        ({ actor, standing, principal }) =>
          actor === "role" && standing === "meant" && principal.kind === "role",
      )
      .map(({ principal }) => functionsRole(principal));
    const told = found.filter(({ name }) => /^[\w+=,.@-]+$/.test(name));
    return found.length > 0 ? told : [this.#defaultRole()];
  }

  #defaultRole(): FunctionsRole {
    const { lambdaRoleName = DEFAULT_NAMES.lambdaRole, lambdaRolePath = "/" } = this.#options.scope;
    return { name: lambdaRoleName, path: lambdaRolePath };
  }

  /** What is to be asked of somebody, and where. */
  #asked(who: Who, roles: readonly FunctionsRole[]): Asked {
    const { principal, policies, actor } = who;
    const scope = this.#scopes.of(principal, policies, actor);
    const { expectation, reason } = this.#expectation(who, scope, requesterOf(who, roles));
    const known = this.#withOutside(who);
    return {
      who,
      known,
      expectation,
      ...(reason === undefined ? {} : { profileReason: reason }),
      requester: requesterOf(known, roles),
      given: new Set([...this.#given, ...scope.narrowed.map((one) => `--${one}`)]),
    };
  }

  /** The same, ready to be asked elsewhere. */
  #placed({ who, known, expectation, requester, given }: Asked): Placed {
    const { part, scope } = expectation;
    const kind = callerKind(who.principal);
    const apis = (asked: Expectation) => apisOf(known, asked, { given, requester });
    const elsewhere = new Map<string, Placed["apis"]>();
    return {
      checkedIn: checkedIn(scope),
      apis: () => apis(expectation),
      apisIn: (dimension, name) => {
        const place = `${dimension} ${name}`;
        const there =
          elsewhere.get(place) ??
          remembered(() =>
            apis(this.#expectations.of(part, inPlaces(scope, dimension, [name]), kind)),
          );
        elsewhere.set(place, there);
        return there();
      },
    };
  }

  #verification(asked: Asked, ofRoles: PlacedRoles, isRoleTold = true): Verification {
    const { who, known, expectation, profileReason, requester, given } = asked;
    const { principal, actor, standing, reason } = who;
    const { scope } = expectation;
    const passes = expectation.requests.some(({ anyOf }) => anyOf);
    const findings: readonly Finding[] = [
      ...(actor === "role"
        ? this.#trusts.findingOf(principal, scope)
        : nothingShared(this.#placed(asked), passes ? ofRoles.passedBy(requester) : ofRoles.all)),
      ...grantsUntold(who, this.#options),
      ...(expectation.requests.length === 0 ? [NOTHING_ASKED] : []),
      ...(isRoleTold || !passes ? [] : [ROLE_NOT_TOLD]),
    ];
    const verification = verifyPrincipal(known, expectation, {
      standing: standing === "bystander" ? "able" : standing,
      reasons: [reason, ...(profileReason === undefined ? [] : [profileReason])],
      findings,
      requester,
      forbid: this.#options.forbid,
      given,
    });
    const { fixes = false, tellsShares = false, outputBuckets } = this.#options;
    // Who may call by wildcards alone lacks nothing that anybody asks for.
    const fix =
      fixes && standing === "meant"
        ? fixOf({
            inForce: this.#isInForce,
            outside: this.#outside,
            known,
            expectation,
            requester,
            findings,
            apis: verification.apis,
            given,
            outputBuckets,
          })
        : undefined;
    return {
      ...verification,
      ...(fix === undefined ? {} : { fix }),
      ...(tellsShares
        ? { shares: policyShares(principal, expectation, requester, this.#policies) }
        : {}),
    };
  }

  /** The same with what else decides: who somebody is, and which profile is nearest, their own policies tell. */
  #withOutside({ principal, policies }: Known): Known {
    return this.#outside.isEmpty
      ? { principal, policies }
      : { principal, policies: this.#decided.attachedTo(principal) };
  }

  /** What is expected of a principal: of the profile that is named, or of the nearest. */
  #expectation(
    who: Who,
    scope: CheckedScope,
    requester: Requester,
  ): { readonly expectation: Expectation; readonly reason?: string } {
    const { actor, grantsAlone } = who;
    const kind = callerKind(who.principal);
    const { profile = "full", roleProfile = "full" } = this.#options;
    if (grantsAlone) {
      const part: Part =
        actor === "user"
          ? { actor, profile, grantsAlone }
          : { actor, profile: roleProfile, grantsAlone };
      return { expectation: this.#expectations.of(part, scope, kind) };
    }
    const all = this.#expectations.ofActor(actor, scope, kind);
    const named =
      who.profile ?? (actor === "user" ? this.#options.profile : this.#options.roleProfile);
    const chosen = all.find(({ part }) => part.profile === named);
    if (chosen !== undefined) {
      return { expectation: chosen };
    }
    const { expectation, fits, next } = this.#nearest(all, who, requester);
    return {
      expectation,
      reason: `${expectation.part.profile} is the ${fits ? "profile that fits" : "nearest profile"}${next === undefined ? "" : `; for ${next.part.profile} give --${actor} ${who.principal.name}=${next.part.profile}`}`,
    };
  }

  /** The nearest profile: the same for all who are allowed the same. */
  #nearest(all: readonly Expectation[], { policies }: Who, requester: Requester): Nearest {
    const known = this.#nearestKnown.get(all) ?? new Map<string, Nearest>();
    this.#nearestKnown.set(all, known);
    const open = (all[0]?.ofAnyProfile ?? []).flatMap((group) =>
      openRequests(group, policies, requester),
    );
    let key = "";
    for (const [{ request }, { answer, somewhere }] of open) {
      key += `${this.#number(request)} ${answer} ${somewhere},`;
    }
    const found = known.get(key) ?? nearest(all, open);
    known.set(key, found);
    return found;
  }

  #number(request: ApiRequest): number {
    const number = this.#numbers.get(request) ?? this.#numbers.size;
    this.#numbers.set(request, number);
    return number;
  }
}

/** What is asked of somebody. */
interface Asked {
  readonly who: Who;
  /** The same with what else decides. */
  readonly known: Known;
  readonly expectation: Expectation;
  readonly profileReason?: string;
  readonly requester: Requester;
  /** What of the scope is given, or read from the policies. */
  readonly given: ReadonlySet<string>;
}

/** A role of Remotion's functions, or a policy for one. */
interface PlacedRole extends Placed {
  /** As `iam:PassRole` names it. @default it is a policy */
  readonly role?: FunctionsRole;
}

function placedRole(principal: Principal): Pick<PlacedRole, "role"> {
  return principal.kind === "role" ? { role: functionsRole(principal) } : {};
}

/** The roles that users share places with. */
class PlacedRoles {
  readonly all: readonly PlacedRole[];
  readonly #byName = new Map<string, PlacedRole[]>();

  constructor(all: readonly PlacedRole[]) {
    this.all = all;
    for (const one of all) {
      if (one.role !== undefined) {
        const name = pathAndName(one.role);
        const others = this.#byName.get(name) ?? [];
        this.#byName.set(name, others);
        others.push(one);
      }
    }
  }

  /** Those that somebody may pass who has to; all where none of them is. */
  passedBy({ roles }: Requester): readonly PlacedRole[] {
    const passed = roles.flatMap((role) => this.#byName.get(pathAndName(role)) ?? []);
    return passed.length > 0 ? passed : this.all;
  }
}

function pathAndName({ path, name }: FunctionsRole): string {
  return `${path}${name}`;
}

function remembered<T>(work: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: work() };
    return known.value;
  };
}

/** The buckets that options name, and those that policies may be narrowed to. */
function bucketsNamed(
  { principals }: Reading,
  { scope, outputBuckets }: VerifyOptions,
): readonly string[] {
  return [
    ...(scope.bucketNames ?? []),
    ...outputBuckets.map(({ name }) => name),
    ...principals.flatMap(
      ({ policies }) => candidatesIn(policies.map(({ document }) => document)).bucket,
    ),
  ];
}

/** Whether there may be more to somebody than what is told. */
function isUnclear({ principal, policies: { documents } }: Who): boolean {
  return (
    principal.unread.length > 0 || documents.some((document) => document instanceof UnknownPart)
  );
}

const NO_ROLES = new PlacedRoles([]);

const NOTHING_ASKED: Finding = {
  answer: "untold",
  sentence: "which buckets it is to grant is not told",
  give: "--output-bucket NAME",
};

const ROLE_NOT_TOLD: Finding = {
  answer: "untold",
  sentence:
    "whether it may pass the role of Remotion's functions, whose name the file does not tell",
  give: "--lambda-role-name NAME, or the plan after the apply",
};

function callerKind({ kind }: Principal): CallerKind {
  switch (kind) {
    case "policy":
      return undefined;
    case "user":
      return "user";
    default:
      return "role";
  }
}

/** The options that say where Remotion is used. */
function givenOptions({ scope }: VerifyOptions): ReadonlySet<string> {
  const { regions = [], bucketNames = [], functionNames = [], accountId } = scope;
  return new Set([
    ...(regions.length > 0 ? ["--region"] : []),
    ...(bucketNames.length > 0 ? ["--bucket"] : []),
    ...(functionNames.length > 0 ? ["--function"] : []),
    ...(accountId === undefined ? [] : ["--account"]),
  ]);
}

/**
 * What somebody is to Remotion by the policies that the apply takes: without them it would seem to have nothing to do
 * with it, just where it lacks all. Undefined where these say nothing new.
 */
function whoBefore(known: Known, who: WhoIsWho, policies: KnownPolicies): Who | undefined {
  const { lost = [] } = known.principal;
  if (lost.length === 0 || who.of(known).standing !== "bystander") {
    return undefined;
  }
  const principal = { ...known.principal, policies: [...known.principal.policies, ...lost] };
  const before = who.of({ principal, policies: policies.attachedTo(principal) });
  return before.standing === "bystander"
    ? undefined
    : { ...before, ...known, reason: `before the apply ${before.reason}` };
}
