import { API_ROWS } from "../remotion/api-calls.js";

/** Actions that policies mostly allow together. */
export interface Service {
  readonly name: string;
  /** Whether a statement is about it, by which actions the statement is about. */
  readonly isConcerned: (concerns: (action: string) => boolean) => boolean;
}

/** The services of Remotion's calls, by each of their actions. */
const BY_ACTION: ReadonlyMap<string, Service> = servicesOf(
  new Set(API_ROWS.flatMap(({ calls }) => calls.map(({ action }) => action))),
);

/** What is of none of these: all statements may be about it. */
const ANY_OTHER: Service = { name: "any other", isConcerned: () => true };

export const SERVICES: readonly Service[] = [...new Set(BY_ACTION.values()), ANY_OTHER];

/** The service of an action. */
export function serviceOf(action: string): Service {
  return BY_ACTION.get(action) ?? ANY_OTHER;
}

function servicesOf(actions: ReadonlySet<string>): ReadonlyMap<string, Service> {
  const services = new Map<string, Service>();
  return new Map(
    Array.from(actions, (action) => {
      const [name = ""] = action.split(":");
      const ofService = [...actions]
        .filter((other) => other.startsWith(`${name}:`))
        .map((other) => other.toLowerCase());
      const service = services.get(name) ?? {
        name,
        isConcerned: (concerns) => ofService.some(concerns),
      };
      services.set(name, service);
      return [action, service];
    }),
  );
}
