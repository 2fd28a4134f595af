import { type CheckedScope, scopeKey } from "./checked-scope.js";
import type { ApiRequest, NeededRequest } from "./needed-request.js";
import { serviceOf } from "./service.js";

/** Requests of one service, in a scope. One and the same for all scopes that they do not differ by. */
export interface ServiceGroup {
  /** An action of the service. */
  readonly action: string;
  /** The same for all who have the same policies: what is said of them is worked out once, together. */
  readonly shared: readonly NeededRequest[];
  /** Those that name the caller, or pass a role. */
  readonly others: readonly NeededRequest[];
}

/** Requests of one service, wherever they are made. */
export class ServiceRequests {
  readonly #requests: readonly ApiRequest[];
  readonly #differs: Parameters<typeof scopeKey>[1];
  readonly #known = new Map<string, ServiceGroup>();

  constructor(requests: readonly ApiRequest[]) {
    this.#requests = requests;
    this.#differs = {
      buckets: requests.some((request) => request.dependsOn("bucket")),
      functions: requests.some((request) => request.dependsOn("function")),
    };
  }

  /** The requests in a scope. */
  in(scope: CheckedScope): ServiceGroup {
    const key = scopeKey(scope, this.#differs);
    let group = this.#known.get(key);
    if (group === undefined) {
      const all = this.#requests.map((request) => request.in(scope));
      const isOther = ({ anyOf, namesCaller }: NeededRequest) => anyOf || namesCaller;
      group = {
        action: this.#requests[0]?.action ?? "",
        shared: all.filter((request) => !isOther(request)),
        others: all.filter(isOther),
      };
      this.#known.set(key, group);
    }
    return group;
  }
}

/** Requests by their services. */
export function byService(requests: readonly ApiRequest[]): readonly ServiceRequests[] {
  const services = new Map<string, ApiRequest[]>();
  for (const request of requests) {
    const { name } = serviceOf(request.action);
    const others = services.get(name) ?? [];
    services.set(name, others);
    others.push(request);
  }
  return [...services.values()].map((ofService) => new ServiceRequests(ofService));
}
