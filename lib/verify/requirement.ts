import { type Actor, API_ROWS, type ApiCall, type ApiRow } from "../remotion/api-calls.js";
import { bucketGrantStatements } from "../remotion/bucket-grants.js";
import {
  type BucketAccess,
  CALLER_ACCESSES,
  type OutputBucket,
  WRITER_ACCESSES,
} from "../remotion/output-bucket.js";
import { profileRows } from "../remotion/profiles.js";
import { requestKind } from "../remotion/request-keys.js";
import { type CheckedScope, sampleRegion } from "./checked-scope.js";
import { ApiRequest, type RowCall } from "./needed-request.js";
import { onceEach } from "./once-each.js";
import type { Part } from "./part.js";
import { profileAllows } from "./profile-calls.js";
import { byService } from "./service-requests.js";

/** A call that Remotion makes, and the request that must be allowed for it. */
export interface NeededCall {
  readonly request: ApiRequest;
  /** The condition under which Remotion makes the call. @default always */
  readonly when: string | undefined;
}

/** Whether calls that name users or roles are made by the principal; undefined for a document alone. */
export type CallerKind = "user" | "role" | undefined;

/** One API in one situation, with the calls that a principal must be allowed. */
export interface Requirement {
  readonly api: string;
  readonly situation: string;
  readonly calls: readonly NeededCall[];
}

/** What is asked of principals beside their part. */
export interface Demand {
  /** Buckets that renders are written to. */
  readonly outputBuckets: readonly OutputBucket[];
  /** Whether the release of Remotion that is used makes this call. */
  readonly makes: (actor: Part["actor"], call: Pick<ApiCall, "action" | "resource">) => boolean;
  readonly now: Date;
}

const ACTORS: Readonly<Record<Part["actor"], readonly Actor[]>> = {
  user: ["deployer", "caller", "either"],
  role: ["function"],
};

/** What the parts need, wherever that is: worked out once, with one request for all calls that make it. */
export class Requirements {
  readonly #demand: Demand;
  readonly #requests = new Map<string, ApiRequest>();
  readonly #ofCalls = new Map<ApiCall, ApiRequest>();
  readonly #known = new Map<string, readonly Requirement[]>();

  constructor(demand: Demand) {
    this.#demand = demand;
  }

  /**
   * What a part needs: the rows of its profile, each with the calls that the profile's own policy allows.
   * What a stock policy leaves out, such as layers of one's own, nobody is asked for.
   *
   * @param kind what kind of principal it is: some calls name users, some name roles
   * @param scope of which only counts what it is narrowed by, and not to what
   */
  of(part: Part, kind: CallerKind, scope: CheckedScope): readonly Requirement[] {
    const { actor, profile, grantsAlone = false } = part;
    const key = [actor, profile, grantsAlone, kind, shapeOf(scope)].join(" ");
    const known =
      this.#known.get(key) ??
      (grantsAlone
        ? this.#outputBuckets(part, scope)
        : [...this.#rows(part, kind, scope), ...this.#outputBuckets(part, scope)]);
    this.#known.set(key, known);
    return known;
  }

  #rows(part: Part, kind: CallerKind, scope: CheckedScope): readonly Requirement[] {
    const { makes } = this.#demand;
    const { partition, regions } = scope;
    const [region = sampleRegion(partition)] = regions;
    const allows = (call: ApiCall) => profileAllows(part, partition, region, call) === true;
    const rows = rowsOf(part).map(({ api, situation, actor, calls }) => ({
      api,
      situation,
      calls: calls
        .filter(
          (call) =>
            isStock(call) && isMadeBy(call, kind) && makes(part.actor, call) && allows(call),
        )
        .map((call) => ({
          request: this.#requestOfCall(call, { api, situation, actor }),
          when: call.when,
        })),
    }));
    return rows.filter(({ calls }) => calls.length > 0);
  }

  /** Profiles share the rows of the table. */
  #requestOfCall(call: ApiCall, row: Pick<ApiRow, "api" | "situation" | "actor">): ApiRequest {
    const request = this.#ofCalls.get(call) ?? this.#requestOf({ ...call, ...row });
    this.#ofCalls.set(call, request);
    return request;
  }

  #requestOf(call: RowCall): ApiRequest {
    const by = call.actor === "function" ? "function" : "caller";
    const key = `${by} ${call.action} ${call.resource} ${requestKind(call.action, call)}`;
    const request = this.#requests.get(key) ?? new ApiRequest(call, this.#demand.now);
    this.#requests.set(key, request);
    return request;
  }

  /** A bucket that renders are written to is needed as it is declared, by those who have that access. */
  #outputBuckets({ actor }: Part, { partition }: CheckedScope): readonly Requirement[] {
    const caller = actor === "user" ? "caller" : "function";
    return this.#demand.outputBuckets
      .filter(({ access }) => isAccessOf({ actor }, access))
      .map((bucket) => {
        const api = `output bucket ${bucket.name}`;
        const situation = `${bucket.access}${bucket.prefix ? ` under ${bucket.prefix}` : ""}`;
        return {
          api,
          situation,
          calls: bucketGrantStatements([bucket], partition).flatMap(({ Action, Resource }) =>
            Action.flatMap((action) =>
              Resource.map((resource) => ({
                request: this.#requestOf({ action, resource, api, situation, actor: caller }),
                when: undefined,
              })),
            ),
          ),
        };
      });
  }
}

/** Whether a part has this access to output buckets: who calls reads and deletes, the functions' role writes. */
export function isAccessOf({ actor }: Pick<Part, "actor">, access: BucketAccess): boolean {
  const accesses: readonly BucketAccess[] = actor === "user" ? CALLER_ACCESSES : WRITER_ACCESSES;
  return accesses.includes(access);
}

/** The requests of some requirements, each once. */
export const requestsOf = onceEach(
  (requirements: readonly Requirement[]): readonly ApiRequest[] => [
    ...new Set(requirements.flatMap(({ calls }) => calls.map(({ request }) => request))),
  ],
);

/** The requests of some requirements that may be others in each scope, by their services. */
export const servicesOf = onceEach((requirements: readonly Requirement[]) => ({
  region: byService(requestsOf(requirements)),
  bucket: byService(requestsOf(requirements).filter((request) => request.dependsOn("bucket"))),
  function: byService(requestsOf(requirements).filter((request) => request.dependsOn("function"))),
}));

/** By what a scope is narrowed: where that is the same, the same calls are needed. */
export function shapeOf({ partition, buckets, functions }: CheckedScope): string {
  return [partition, buckets.length > 0, functions.length > 0].join(" ");
}

function rowsOf({ actor, profile }: Part): readonly ApiRow[] {
  return profile === "full"
    ? API_ROWS.filter((row) => ACTORS[actor].includes(row.actor))
    : profileRows(profile);
}

/** Whether the call is made without options that stock policies do not serve. */
function isStock({ option }: ApiCall): boolean {
  return option === undefined || option === "insights" || option === "newBucket";
}

/** Whether such a principal makes the call: one that names the caller is for a user, or for a role. */
function isMadeBy({ resource }: ApiCall, kind: CallerKind): boolean {
  const [, named] = /:(user|role)\/\{caller\}$/.exec(resource) ?? [];
  return kind === undefined || named === undefined || named === kind;
}
