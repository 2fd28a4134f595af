import { API_ROWS } from "../remotion/api-calls.js";

/** Actions of one service, which policies mostly allow together. */
export interface Service {
  readonly name: string;
  /** All of them, in lower case. */
  readonly actions: readonly string[];
}

/** The services of Remotion's calls, by each of their actions. */
const SERVICES: ReadonlyMap<string, Service> = servicesOf(
  new Set(API_ROWS.flatMap(({ calls }) => calls.map(({ action }) => action))),
);

/** The service of an action; one that no call of Remotion's makes stands alone. */
export function serviceOf(action: string): Service {
  return SERVICES.get(action) ?? { name: action, actions: [action.toLowerCase()] };
}

function servicesOf(actions: ReadonlySet<string>): ReadonlyMap<string, Service> {
  const byName = new Map<string, string[]>();
  const nameOf = (action: string) => action.split(":")[0] ?? "";
  for (const action of actions) {
    const others = byName.get(nameOf(action)) ?? [];
    byName.set(nameOf(action), others);
    others.push(action.toLowerCase());
  }
  const services = new Map(
    Array.from(byName, ([name, ofService]) => [name, { name, actions: ofService }]),
  );
  return new Map(
    Array.from(actions, (action) => [action, services.get(nameOf(action)) as Service]),
  );
}
