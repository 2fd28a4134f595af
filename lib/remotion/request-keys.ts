import { KEY_VALUES, UNTOLD } from "./request-key-values.js";
import table from "./request-keys.json" with { type: "json" };
import {
  type RequestedCall,
  type RequestParameters,
  requestParameters,
} from "./request-parameters.js";
import type { RequestSite } from "./request-site.js";

export { type RequestSite, requestRegion } from "./request-site.js";

/** The condition keys of a request. Those that follow from the principal's ARN are not among them. */
export interface RequestKeys {
  /** Values by key, in lower case: a list for a key with many values. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /**
   * Keys, in lower case, whose presence or value cannot be told here; one with a `*` at its end stands for all
   * that begin so. A key that is in neither is not in the request.
   */
  readonly untold: readonly string[];
}

/**
 * How a key is known.
 *
 * - `value`: worked out from the request; there are requests without it, and some where it is untold
 * - `principal`: from the ARN of the file's principal
 * - `session`: untold, but where a function or a service makes the request
 * - `untold`: nobody can tell it here
 * - `absent`: no request of Remotion's has it
 */
export type KeyAnswer = "value" | "principal" | "session" | "untold" | "absent";

/** A condition key, and how it is known on the requests that Remotion Lambda makes. */
export interface KeyFact {
  /** As AWS writes it; a `*` at the end stands for any rest. */
  readonly key: string;
  readonly answer: KeyAnswer;
  /** The actions whose requests it is set on; `s3:*` is all of a service. @default all requests */
  readonly on?: readonly string[];
  /** How its value is known, or why not, in sentences. */
  readonly known: string;
  /** Who decides where it is untold, as it follows "is decided by". */
  readonly decidedBy?: string;
  /** AWS's page about it. */
  readonly page: string;
}

interface KeyGroup extends Omit<KeyFact, "key"> {
  readonly keys: readonly string[];
}

/** AWS's page about the keys of all services, with a place for each. */
const GLOBAL_KEYS =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html";

/** All condition keys that AWS knows for the requests of Remotion Lambda. */
export const KEY_TABLE: readonly KeyFact[] = (table as readonly KeyGroup[]).flatMap(
  ({ keys, ...fact }) => keys.map((key): KeyFact => ({ key, ...fact, page: pageOf(key, fact) })),
);

function pageOf(key: string, { page }: Pick<KeyFact, "page">): string {
  const [, name = ""] = /:([^/]*)/.exec(key) ?? [];
  return page === GLOBAL_KEYS ? `${page}#condition-keys-${name.toLowerCase()}` : page;
}

/** Keys, in lower case, that follow from the principal's ARN: untold where that is not known. */
export const PRINCIPAL_KEYS: readonly string[] = KEY_TABLE.filter(
  ({ answer }) => answer === "principal",
).map(({ key }) => key.toLowerCase());

/**
 * The keys of a request as AWS sets them. Where several kinds of requests are made for the permission, what
 * they do not agree on is untold: ask for `requestVariants()` to have it told.
 */
export function requestKeys(site: RequestSite): RequestKeys {
  const [first = keysOf(site, {}), ...others] = requestVariants(site).map((keys) => keys());
  return others.length === 0 ? first : agreed([first, ...others]);
}

/**
 * The keys of each kind of request that is made for a permission, of which a call needs all allowed; to be
 * called by whoever has to know them, for most policies ask for none.
 *
 * @param site with its call, or else all kinds are there that any call makes
 */
export function requestVariants(site: RequestSite): readonly (() => RequestKeys)[] {
  const { action, resource, call } = site;
  return requestParameters(action, call?.resource ?? resource, call).map(
    (parameters) => () => keysOf(site, parameters),
  );
}

/**
 * What tells a call's requests from those of other calls with the same action and resource: the same text
 * where they have the same keys, so that one of them can stand for all.
 */
export function requestKind(action: string, call: RequestedCall): string {
  return JSON.stringify(requestParameters(action, call.resource, call));
}

function agreed(all: readonly RequestKeys[]): RequestKeys {
  const keys = [...new Set(all.flatMap(({ context }) => Object.keys(context)))];
  const [{ context = {} } = {}] = all;
  const same = (key: string) =>
    all.every((one) => String(one.context[key]) === String(context[key]));
  const untold = all.flatMap((one) => one.untold);
  return {
    context: Object.fromEntries(
      Object.entries(context).filter(([key]) => same(key) && !untold.includes(key)),
    ),
    untold: [...new Set([...untold, ...keys.filter((key) => !same(key))])],
  };
}

/**
 * Who decides an untold key, as it follows "is decided by".
 *
 * @param key with or without what a `*` of the table stands for; case is ignored
 * @default the caller's session
 */
export function keyDecidedBy(key: string): string {
  const lower = key.toLowerCase();
  const fact = KEY_TABLE.find(({ key: pattern }) => {
    const known = pattern.toLowerCase();
    return known.endsWith("*") ? lower.startsWith(known.slice(0, -1)) : lower === known;
  });
  return fact?.decidedBy ?? "the caller's session";
}

/** What concerns the requests of one action. */
interface ActionKeys {
  /** Keys with a value to work out. */
  readonly values: readonly (readonly [key: string, value: (typeof KEY_VALUES)[string]])[];
  /** Keys that are untold on every request of a caller. */
  readonly ofCaller: readonly string[];
  /** Keys that are untold even where a function or a service makes the request. */
  readonly always: readonly string[];
  /** The lists of untold keys that were made, which requests share. */
  readonly lists: Map<string, readonly string[]>;
}

/** By action, made once: there are no more than the table of API calls has. */
const BY_ACTION = new Map<string, ActionKeys>();

function actionKeys(action: string): ActionKeys {
  const known = BY_ACTION.get(action);
  if (known !== undefined) {
    return known;
  }
  const facts = KEY_TABLE.filter(({ on }) => isOn(on, action));
  const made: ActionKeys = {
    values: facts.flatMap(({ key }) => {
      const value = KEY_VALUES[key];
      return value === undefined ? [] : [[key.toLowerCase(), value] as const];
    }),
    ofCaller: keysAnswered(facts, ["session", "untold"]),
    always: keysAnswered(facts, ["untold"]),
    lists: new Map(),
  };
  BY_ACTION.set(action, made);
  return made;
}

function isOn(on: readonly string[] | undefined, action: string): boolean {
  return (
    on === undefined ||
    on.includes(action) ||
    on.includes(`${action.slice(0, action.indexOf(":"))}:*`)
  );
}

function keysAnswered(facts: readonly KeyFact[], answers: readonly KeyAnswer[]): readonly string[] {
  return facts.filter(({ answer }) => answers.includes(answer)).map(({ key }) => key.toLowerCase());
}

function keysOf(site: RequestSite, parameters: RequestParameters): RequestKeys {
  const keys = actionKeys(site.action);
  const context: Record<string, string | readonly string[]> = {};
  const untold: string[] = [];
  const request = { ...site, parameters };
  for (const [key, work] of keys.values) {
    const value = work(request);
    if (value === UNTOLD) {
      untold.push(key);
    } else if (value instanceof Map) {
      for (const [name, one] of value) {
        context[key.replace("*", name.toLowerCase())] = one;
      }
    } else if (value !== undefined) {
      context[key] = value;
    }
  }
  const ofCaller = site.fromFunction === undefined && site.byService === undefined;
  const list = sharedList(keys, ofCaller, untold);
  return {
    context,
    untold: site.byService === undefined ? list : list.filter((key) => !OF_ACCOUNTS.has(key)),
  };
}

/** Keys that AWS sets for users and roles: a service is of no account. */
const OF_ACCOUNTS: ReadonlySet<string> = new Set([
  "aws:userid",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principaltag/*",
]);

/** The same list for the same keys: there are few, and requests are many. */
function sharedList(
  { ofCaller, always, lists }: ActionKeys,
  isCaller: boolean,
  further: readonly string[],
): readonly string[] {
  const name = [isCaller, ...further].join();
  const known = lists.get(name) ?? [...(isCaller ? ofCaller : always), ...further];
  lists.set(name, known);
  return known;
}
