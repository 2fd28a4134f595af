import {
  brokenRule,
  tooManyTags,
  unknownChoice,
  unknownProp,
  wrongKind,
  wrongNumber,
} from "./errors.js";
import { quotedChoices } from "./shown.js";
import { keepsRule, type ValueRule } from "./value-rule.js";

/*
 * What values may be, as data: JavaScript knows no types when it runs, so whoever takes values from
 * outside checks them against a declaration.
 */

/** What a value may be. */
export type ValueKind = OneKind & {
  /** The value may be left out. */
  readonly optional?: true;
  /** The value is looked at before Terraform runs, so it may be nothing that only Terraform knows. */
  readonly plain?: true;
};

type OneKind =
  | TextKind
  | ChoiceKind
  | FlagKind
  | NumberKind
  | ListKind
  | MapKind
  | ObjectKind
  | OtherKind;

/** A string. */
interface TextKind {
  readonly kind: "text";
  /** @default none: whoever takes the value has rules of its own */
  readonly rule?: ValueRule;
  /** What only Terraform knows may turn out to be null. */
  readonly nullable?: true;
}

/** One of some strings. */
interface ChoiceKind {
  readonly kind: "choice";
  readonly choices: readonly string[];
}

/** On or off. */
interface FlagKind {
  readonly kind: "flag";
}

/** A whole number, both bounds included. */
interface NumberKind {
  readonly kind: "number";
  readonly from: number;
  readonly to: number;
  /** What it counts, in the plural. */
  readonly unit: string;
}

/** A list. */
export interface ListKind {
  readonly kind: "list";
  readonly items: ValueKind;
}

/** An object whose keys are the caller's. */
interface MapKind {
  readonly kind: "map";
  readonly keys?: ValueRule;
  readonly values: ValueKind;
  /** How many at most, of tags. @default no limit */
  readonly most?: number;
}

/** An object with props of certain names. */
export interface ObjectKind {
  readonly kind: "object";
  readonly props: Readonly<Record<string, ValueKind>>;
}

/** Anything else. */
interface OtherKind {
  readonly kind: "other";
  readonly is: (value: unknown) => boolean;
  /** What to give, as in "a RemotionNarrowing". */
  readonly expected: string;
}

/** Every prop of an interface, optional where it is so there. */
type PropKinds<Props> = {
  readonly [Name in keyof Props]-?: Record<never, never> extends Pick<Props, Name>
    ? ValueKind & { readonly optional: true }
    : ValueKind & { readonly optional?: never };
};

/**
 * Takes a declaration of an interface's props: every prop of it and no other, optional where it is so
 * there. TypeScript refuses a declaration that does not agree with the interface.
 */
export function kindsOf<Props>() {
  return <const Kinds extends PropKinds<Props>>(
    kinds: Kinds & Readonly<Record<Exclude<keyof Kinds, keyof Props>, never>>,
  ): Kinds => kinds;
}

/** The same value, or none. */
export function orNone<Kind extends ValueKind>(kind: Kind): Kind & { readonly optional: true } {
  return { ...kind, optional: true };
}

/** How values are checked. */
export interface KindChecks {
  /** What every message begins with. @default nothing */
  readonly where?: string;
  /** What the whole is called. @default "props" */
  readonly whole?: string;
  /**
   * Takes a value that is not known yet.
   *
   * @returns whether it is such a value, and needs no further check
   */
  readonly takesUnknown?: (kind: ValueKind, path: string, value: unknown) => boolean;
}

/**
 * Checks a value, and all that is in it.
 *
 * @param path of the value, as the message names it
 * @throws when it is not what it may be
 */
export function checkKind(
  kind: ValueKind,
  path: string,
  value: unknown,
  checks: KindChecks = {},
): void {
  if (value === undefined && kind.optional) {
    return;
  }
  if (checks.takesUnknown?.(kind, path, value)) {
    return;
  }
  const where = `${checks.where ?? ""}${path}`;
  switch (kind.kind) {
    case "text":
      if (kind.rule === undefined) {
        expectKind(typeof value === "string", kind, where, value);
      } else if (typeof value !== "string" || !keepsRule(kind.rule, value)) {
        throw brokenRule(where, value, kind.rule);
      }
      return;
    case "choice":
      if (typeof value !== "string" || !kind.choices.includes(value)) {
        throw unknownChoice(where, value, kind.choices);
      }
      return;
    case "flag":
      expectKind(typeof value === "boolean", kind, where, value);
      return;
    case "number":
      if (!Number.isInteger(value) || Number(value) < kind.from || Number(value) > kind.to) {
        throw wrongNumber(where, value, kind.from, kind.to);
      }
      return;
    case "list":
      checkList(kind, path, value, checks);
      return;
    case "map":
      checkMap(kind, path, value, checks);
      return;
    case "object":
      checkObject(kind, path, value, checks);
      return;
    case "other":
      expectKind(kind.is(value), kind, where, value);
  }
}

function checkList(kind: ListKind, path: string, value: unknown, checks: KindChecks): void {
  expectKind(Array.isArray(value), kind, `${checks.where ?? ""}${path}`, value);
  // Not forEach: a hole in a list is an item that is undefined.
  for (const [index, item] of (value as readonly unknown[]).entries()) {
    checkKind(kind.items, `${path}[${index}]`, item, checks);
  }
}

function checkMap(kind: MapKind, path: string, value: unknown, checks: KindChecks): void {
  const { where = "" } = checks;
  expectKind(isPlainObject(value), kind, `${where}${path}`, value);
  const entries = Object.entries(value as object);
  if (kind.most !== undefined && entries.length > kind.most) {
    throw tooManyTags(`${where}${path}`, entries.length, kind.most);
  }
  for (const [key, item] of entries) {
    if (kind.keys !== undefined) {
      checkKind({ kind: "text", rule: kind.keys }, path, key, checks);
    }
    checkKind(kind.values, `${path}.${key}`, item, checks);
  }
}

/**
 * Checks the props of an object.
 *
 * @param path of the object; empty where its props are named by themselves
 * @throws when one is not what it may be, or has no name that it may have
 */
export function checkObject(
  kind: ObjectKind,
  path: string,
  value: unknown,
  checks: KindChecks = {},
): void {
  const { where = "", whole = "props" } = checks;
  expectKind(isPlainObject(value), kind, `${where}${path === "" ? whole : path}`, value);
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  const given = value as Readonly<Record<string, unknown>>;
  const known = Object.keys(kind.props);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw unknownProp(`${where}${at(unknown)}`, given[unknown], known);
  }
  for (const [name, prop] of Object.entries(kind.props)) {
    checkKind(prop, at(name), given[name], checks);
  }
}

function expectKind(holds: boolean, kind: ValueKind, where: string, value: unknown): void {
  if (!holds) {
    throw wrongKind(where, value, expected(kind));
  }
}

/** A value that is written `{ … }`: no list, no `Map`, nothing with a name of its own. */
function isPlainObject(value: unknown): boolean {
  return Object.prototype.toString.call(value) === "[object Object]";
}

/** What a value may be, as it ends a sentence: "give a list of strings". */
export function expected(kind: ValueKind): string {
  switch (kind.kind) {
    case "text":
      return "a string";
    case "choice":
      return quotedChoices(kind.choices);
    case "flag":
      return "true or false";
    case "number":
      return `a whole number of ${kind.unit} from ${kind.from} to ${kind.to}`;
    case "list":
      return `a list of ${plural(kind.items)}`;
    case "map":
      return `an object of ${plural(kind.values)} by keys of your choice`;
    case "object":
      return `an object { ${Object.keys(kind.props).join(", ")} }`;
    case "other":
      return kind.expected;
  }
}

function plural(kind: ValueKind): string {
  switch (kind.kind) {
    case "text":
      return "strings";
    case "object":
      return `objects { ${Object.keys(kind.props).join(", ")} }`;
    default:
      return `values, each ${expected(kind)}`;
  }
}
