import { exampleOf } from "../terraform/iam-name.js";
import type { Principal } from "../terraform/principal.js";
import type { Standing } from "./answer.js";
import type { FunctionsRole } from "./checked-scope.js";
import type { KnownAttached } from "./known-policies.js";
import type { LambdaTrusts } from "./lambda-trust.js";
import { hasNameOfFunctionsRole, meantBecause, moduleOfOurs } from "./meant.js";
import type { Part } from "./part.js";
import { Passers } from "./passers.js";
import type { Probe } from "./probe.js";
import { isAllow, namesAction, statementsOf } from "./statements.js";
import type { NamedPart, VerifyOptions } from "./verify-options.js";

/** A principal, and what its policies allow. */
export interface Known {
  readonly principal: Principal;
  readonly policies: KnownAttached;
}

/** What a principal is to Remotion. */
export interface Who extends Known {
  readonly actor: Part["actor"];
  /** The profile that an option names for it. */
  readonly profile?: NamedPart["profile"];
  /** Only grants to output buckets. */
  readonly grantsAlone: boolean;
  readonly standing: Standing | "bystander";
  /** Why, as the beginning of a sentence. */
  readonly reason: string;
}

/** Finds out what the principals of a file are to Remotion: by names, modules, trust, and what they may do. */
export class WhoIsWho {
  readonly #options: VerifyOptions;
  readonly #trusts: LambdaTrusts;
  readonly #probe: Probe;
  /** Those of Remotion's who may pass roles. */
  readonly #passers: Passers;

  constructor(all: readonly Known[], options: VerifyOptions, trusts: LambdaTrusts, probe: Probe) {
    this.#options = options;
    this.#trusts = trusts;
    this.#probe = probe;
    this.#passers = new Passers(all.filter(({ principal }) => this.#isOfRemotion(principal)));
  }

  /** What a principal is. */
  of(known: Known): Who {
    const { principal } = known;
    const named = this.#namedPart(principal);
    if (named !== undefined) {
      const { actor, profile } = named;
      return {
        ...known,
        actor,
        ...(profile === undefined ? {} : { profile }),
        grantsAlone: false,
        standing: "meant",
        reason: `--${actor === "role" ? "role" : "user"} names it`,
      };
    }
    if (isServiceLinked(principal)) {
      const reason = "only the AWS service that it is linked to may assume it";
      return { ...known, actor: "user", grantsAlone: false, standing: "bystander", reason };
    }
    const role = this.#options.actor === undefined ? this.#functionsRole(known) : undefined;
    const grantsAlone = isGrantsAlone(principal);
    const isWriter = role !== undefined || (grantsAlone && writes(principal));
    const actor = this.#options.actor ?? (isWriter ? "role" : "user");
    const reason = role ?? this.#meant(known, actor);
    const standing =
      reason !== undefined ? "meant" : this.#probe.isAble(known, actor) ? "able" : "bystander";
    return {
      ...known,
      actor,
      grantsAlone,
      standing,
      reason: reason ?? "it may call by wildcards, and nothing says that it is there for Remotion",
    };
  }

  #isOfRemotion(principal: Principal): boolean {
    return this.#namedPart(principal) !== undefined || meantBecause(principal) !== undefined;
  }

  #meant(known: Known, actor: Part["actor"]): string | undefined {
    const { principal } = known;
    const { principal: only, actor: given, profile, roleProfile } = this.#options;
    if (only !== undefined && [principal.name, principal.address].includes(only)) {
      return "--principal names it";
    }
    if (principal.kind !== "policy" || principal.address !== "") {
      return meantBecause(principal);
    }
    // A document alone is what is asked about, unless it has nothing to do with Remotion.
    const isAsked = [given, profile, roleProfile].some((option) => option !== undefined);
    return isAsked || this.#probe.isAble(known, actor) ? "it is what the file holds" : undefined;
  }

  #namedPart({ name, address, policies }: Principal): NamedPart | undefined {
    const { named } = this.#options;
    const is = (one: { readonly name: string; readonly address: string }) => (part: NamedPart) =>
      part.name === one.name || (one.address !== "" && part.name === one.address);
    return (
      named.find(is({ name, address })) ??
      named.find((part) => policies.some((policy) => is(policy)(part)))
    );
  }

  /** Why a principal is the role of Remotion's functions, or a policy for it; undefined where it is not. */
  #functionsRole(known: Known): string | undefined {
    const { principal } = known;
    switch (principal.kind) {
      case "policy":
        return this.#isPolicyOfRole(known);
      case "role":
        return this.#isFunctionsRole(known);
      default:
        return undefined;
    }
  }

  #isPolicyOfRole(known: Known): string | undefined {
    const { profile, roleProfile } = this.#options;
    if (profile !== undefined && roleProfile === undefined) {
      return undefined;
    }
    if (roleProfile !== undefined && profile === undefined) {
      return "--role-profile is given";
    }
    return this.#probe.isForRole(known)
      ? "it lets write the logs of Remotion's functions, and pass no role to them"
      : undefined;
  }

  #isFunctionsRole(known: Known): string | undefined {
    const { principal } = known;
    const { lambdaRoleName } = this.#options.scope;
    if (principal.name === lambdaRoleName || hasNameOfFunctionsRole(principal)) {
      return `${principal.name} is the name of that role`;
    }
    if (moduleOfOurs(principal) === "remotion-lambda-role") {
      return "it lies in the module remotion-lambda-role";
    }
    const trust = this.#trusts.of(principal);
    if (trust.answer === "missing" || principal.runs.length > 0) {
      return undefined;
    }
    if (principal.arn !== undefined && this.#passers.passesByName(principal.arn)) {
      return "a user of Remotion's may pass it to Lambda, by its name";
    }
    // By wildcards every function's role may have them, and is no more than able.
    return trust.alone &&
      meantBecause(principal) !== undefined &&
      this.#probe.hasRolesPermissions(known) &&
      !this.#probe.maySetUp(known)
      ? "only Lambda may assume it, it has that role's permissions, and nothing in the file runs as it"
      : undefined;
  }
}

/**
 * Whether a role is linked to a service: AWS makes it, and nobody's code runs as it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
function isServiceLinked({ kind, arn = "" }: Principal): boolean {
  return kind === "role" && /^arn:[^:]*:iam::[^:]*:role\/aws-service-role\//.test(arn);
}

/** Whether it is a policy of grants to buckets, which stands beside the one of a profile. */
function isGrantsAlone(principal: Principal): boolean {
  return principal.kind === "policy" && moduleOfOurs(principal) === "remotion-bucket-grants";
}

/** Whether a policy lets write objects, as the role of functions has to. */
function writes({ policies }: Principal): boolean {
  return policies
    .flatMap(({ document }) => statementsOf(document))
    .some((statement) => isAllow(statement) && namesAction(statement, "s3:PutObject"));
}

/** A role as `iam:PassRole` names it, with an example of what is not told of its name. */
export function functionsRole({ name, arn }: Principal): FunctionsRole {
  const [, path = "/"] = /^arn:[^:]*:iam::[^:]*:role(\/(?:.*\/)?)[^/]*$/.exec(arn ?? "") ?? [];
  return { name: exampleOf(name), path };
}
