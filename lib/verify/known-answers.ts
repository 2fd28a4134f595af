import type { CompiledPolicy } from "../iam/evaluate/compile-policy.js";
import type { AttachedPolicies } from "../iam/evaluate/evaluate.js";
import type { FunctionsRole } from "./checked-scope.js";
import type { NeededRequest } from "./needed-request.js";
import type { RequestAnswer } from "./request-answer.js";
import { SERVICES, type Service, serviceOf } from "./service.js";

/** What policies are known to say to requests of one service, whoever has them. */
export interface KnownAnswers {
  /** The policies, with the statements alone that are about the service. */
  readonly policies: AttachedPolicies;
  readonly answers: Map<NeededRequest, RequestAnswer>;
  /** Whether a request is allowed on all of its combinations, where only that was asked. */
  readonly allowed: Map<NeededRequest, boolean>;
  /** Of groups of requests, those that are not allowed. */
  readonly open: Map<readonly NeededRequest[], readonly OpenRequest[]>;
  /** Those of a group that are not allowed, where only that was asked. */
  readonly denied: Map<readonly NeededRequest[], readonly NeededRequest[]>;
}

/** A request that is not allowed everywhere, and what is said of it. */
export type OpenRequest = readonly [NeededRequest, RequestAnswer];

/**
 * What some policies are known to say to requests of an action, and others of the same service.
 *
 * @param roles the roles that are passed, where the requests pass one
 */
export type AnswersAbout = (action: string, roles?: readonly FunctionsRole[]) => KnownAnswers;

/** A policy whose statements have numbers: one and the same for all statements of a file that are alike. */
export interface NumberedPolicy extends CompiledPolicy {
  readonly numbers: readonly number[];
}

/** Policies whose statements have numbers. */
export interface NumberedPolicies extends AttachedPolicies {
  readonly identity: readonly NumberedPolicy[];
  readonly boundary?: NumberedPolicy;
}

/**
 * The answers of all policies of a file. Only the statements about a service decide its requests, so whoever has
 * the same of these shares the answers: thousands of policies differ in one or two statements.
 */
export class AnswersByStatements {
  readonly #known = new Map<string, KnownAnswers>();
  readonly #roles = new Map<readonly FunctionsRole[] | undefined, number>();
  /** The services that statements are about, by the numbers of the statements. */
  readonly #services: (ReadonlySet<Service> | undefined)[] = [];

  /** @param besides what decides beside the statements */
  of(policies: NumberedPolicies, besides: string): AnswersAbout {
    const byRoles = new Map<readonly FunctionsRole[] | undefined, Map<Service, KnownAnswers>>();
    let abouts: readonly ReadonlyMap<Service, string>[] | undefined;
    return (action, roles) => {
      let byService = byRoles.get(roles);
      if (byService === undefined) {
        byService = new Map();
        byRoles.set(roles, byService);
      }
      const service = serviceOf(action);
      let known = byService.get(service);
      if (known === undefined) {
        abouts ??= this.#abouts(policies);
        // A boundary that says nothing of a service denies it: it counts that there is one.
        const about = abouts.map((numbers) => numbers.get(service) ?? "").join("|");
        const key = `${service.name} ${this.#roleNumber(roles)} ${about} ${besides}`;
        known = this.#known.get(key) ?? noAnswers(this.#concerned(service, policies));
        this.#known.set(key, known);
        byService.set(service, known);
      }
      return known;
    };
  }

  /**
   * The statements about each service, by their numbers, with the policies that they stand in: of the identity
   * policies, and of the boundary where there is one.
   */
  #abouts({ identity, boundary }: NumberedPolicies): readonly ReadonlyMap<Service, string>[] {
    const aboutsOf = (policies: readonly NumberedPolicy[]) => {
      const abouts = new Map<Service, string>();
      for (const [which, policy] of policies.entries()) {
        for (const [place, number] of policy.numbers.entries()) {
          for (const service of this.#servicesOf(policy, place)) {
            abouts.set(service, `${abouts.get(service) ?? ""},${number}.${which}`);
          }
        }
      }
      return abouts;
    };
    return boundary === undefined
      ? [aboutsOf(identity)]
      : [aboutsOf(identity), aboutsOf([boundary])];
  }

  /** The policies with the statements alone that are about a service. */
  #concerned(service: Service, policies: NumberedPolicies): AttachedPolicies {
    const concerned = (policy: NumberedPolicy): CompiledPolicy => ({
      name: policy.name,
      statements: policy.statements.filter((_statement, place) =>
        this.#servicesOf(policy, place).has(service),
      ),
    });
    const { identity, boundary, ...others } = policies;
    return {
      ...others,
      identity: identity.map(concerned),
      ...(boundary === undefined ? {} : { boundary: concerned(boundary) }),
    };
  }

  /** The services that the statement at a place of a policy is about, asked once of all that are alike. */
  #servicesOf({ statements, numbers }: NumberedPolicy, place: number): ReadonlySet<Service> {
    const number = numbers[place] ?? 0;
    const concerns = (action: string) => statements[place]?.concerns(action) ?? true;
    const services =
      this.#services[number] ??
      new Set(SERVICES.filter(({ isConcerned }) => isConcerned(concerns)));
    this.#services[number] = services;
    return services;
  }

  #roleNumber(roles: readonly FunctionsRole[] | undefined): number {
    const number = this.#roles.get(roles) ?? this.#roles.size;
    this.#roles.set(roles, number);
    return number;
  }
}

/** Answers of which nothing is known yet. */
export function noAnswers(policies: AttachedPolicies): KnownAnswers {
  return { policies, answers: new Map(), allowed: new Map(), open: new Map(), denied: new Map() };
}
