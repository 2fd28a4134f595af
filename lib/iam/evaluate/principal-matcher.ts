import { type Answer, type Doubt, either, not } from "./answer.js";
import { type ArnParts, arnParts } from "./arn-parts.js";
import { invalidPrincipal, matchlessPrincipal, needsExactlyOne } from "./errors.js";
import { isJsonObject } from "./json-object.js";
import { parsePieces, parseText } from "./policy-text.js";
import { RequestContext } from "./request-context.js";
import { textsOf } from "./statement-elements.js";
import type { StatementSyntax } from "./statement-syntax.js";
import { textMatcher } from "./text-matcher.js";
import { type PartyNames, roleOfSession, withoutPath } from "./trust-party.js";
import { UnknownPart } from "./unknown-part.js";
import type { ValueMatcher } from "./value-matcher.js";

/** Whom a statement of a trust policy names, as it is written there. */
export interface Trustees {
  readonly services: readonly string[];
  /** ARNs of users, roles, sessions and accounts, and numbers of accounts. */
  readonly principals: readonly string[];
  /** Providers of identities from outside. */
  readonly federated: readonly string[];
  /** Whether it names everybody, or everybody but some. */
  readonly anybody: boolean;
}

/** Whom a statement of a trust policy is about. */
export interface CompiledPrincipal {
  readonly names: (party: PartyNames) => Answer;
  readonly trustees: Trustees;
  /** What is not told of whom it names. */
  readonly doubts: readonly Doubt[];
  /** Of a NotPrincipal, whether it leaves somebody out, by any of some names. */
  readonly leavesOut?: (party: PartyNames) => Answer;
}

type Key = "AWS" | "Service" | "Federated" | "CanonicalUser";
const KEYS: readonly Key[] = ["AWS", "Service", "Federated", "CanonicalUser"];

/** One entry of a Principal. */
interface Entry {
  readonly key: Key;
  readonly text: string | UnknownPart;
}

const NOBODY: Trustees = { services: [], principals: [], federated: [], anybody: false };

/**
 * Makes a statement's Principal or NotPrincipal ready. What names nobody, as an ARN with a wildcard in
 * it, which IAM does not take there, is remarked.
 *
 * @throws PolicyError when it is neither `*` nor an object of principals
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalMatcher(
  statement: Readonly<Record<string, unknown>>,
  { remark }: Pick<StatementSyntax, "remark">,
  where: string,
): CompiledPrincipal {
  const { Principal: plain, NotPrincipal: negated } = statement;
  if ((plain === undefined) === (negated === undefined)) {
    throw needsExactlyOne(where, "Principal", "NotPrincipal");
  }
  const isNegated = plain === undefined;
  const site = `${where}.${isNegated ? "NotPrincipal" : "Principal"}`;
  const element = isNegated ? negated : plain;
  if (element instanceof UnknownPart) {
    const names = () => [element];
    return {
      names,
      trustees: NOBODY,
      doubts: [element],
      ...(isNegated ? { leavesOut: names } : {}),
    };
  }
  const entries = element === "*" ? [{ key: "AWS" as const, text: "*" }] : entriesOf(element, site);
  const matchers = entries.map((entry) => entryMatcher(entry, remark, site));
  const names = (party: PartyNames): Answer => anyOf(matchers, party);
  return isNegated
    ? {
        names: (party) => not(names(party)),
        trustees: { ...NOBODY, anybody: true },
        doubts: [],
        leavesOut: names,
      }
    : { names, trustees: trusteesOf(entries), doubts: unknownOf(entries) };
}

function entriesOf(element: unknown, where: string): readonly Entry[] {
  if (!isJsonObject(element) || Object.keys(element).length === 0) {
    throw invalidPrincipal(where, element);
  }
  return Object.entries(element).flatMap(([name, value]) => {
    const key = KEYS.find((known) => known === name);
    if (key === undefined) {
      throw invalidPrincipal(where, element);
    }
    return textsOf(value, `${where}.${key}`).map((text) => ({ key, text }));
  });
}

type EntryMatcher = (party: PartyNames) => Answer;

function anyOf(matchers: readonly EntryMatcher[], party: PartyNames): Answer {
  let answer: Answer = false;
  for (const matches of matchers) {
    answer = either(answer, matches(party));
    if (answer === true) {
      return true;
    }
  }
  return answer;
}

/** A text of a Principal is compared as it is: there are neither wildcards nor variables. */
const PLAIN = { wildcards: false, variables: false } as const;

function entryMatcher(
  entry: Entry,
  remark: (sentence: string) => void,
  where: string,
): EntryMatcher {
  const { key, text } = entry;
  const site = `${where}.${key}`;
  if (text instanceof UnknownPart) {
    return unknownMatcher(key, text, site);
  }
  const parts = key === "AWS" ? arnParts(text) : undefined;
  if (!isSomebody(entry, parts)) {
    remark(matchlessPrincipal(site, text, WANTED[key]));
  }
  const named = nameMatcher(key, textMatcher(parseText(text, PLAIN, site)), isAccount(text));
  return parts === undefined ? named : arnEntryMatcher(text, parts, named);
}

/** A matcher for an ARN, which may also name the role of a session, or a session of a role. */
function arnEntryMatcher(text: string, parts: ArnParts, named: EntryMatcher): EntryMatcher {
  const role = withoutPath(parts);
  if (role !== undefined) {
    const matcher = textMatcher([{ text: role }]);
    return (party) => either(named(party), fitsName(matcher, party.roleOfSession));
  }
  if (roleOfSession(parts) !== undefined) {
    const matcher = textMatcher([{ text }]);
    return (party) => {
      const ofRole = fitsName(matcher, party.sessions);
      return either(named(party), ofRole === false ? false : SESSION);
    };
  }
  return named;
}

/** A matcher for what is known in part, or not at all: it may name everybody. */
function unknownMatcher(key: Key, part: UnknownPart, where: string): EntryMatcher {
  const matcher = textMatcher(parsePieces(part, PLAIN, where));
  const named = nameMatcher(key, matcher, false);
  if (key !== "AWS") {
    return named;
  }
  const isArn = part.pieces?.some((piece) => /[^0-9]/.test(piece)) === true;
  const ofAccount = isArn ? () => false : nameMatcher(key, matcher, true);
  return (party) => {
    const ofSession = either(
      fitsName(matcher, party.roleWithAnyPath),
      fitsName(matcher, party.sessions),
    );
    return either(either(named(party), ofAccount(party)), ofSession);
  };
}

function fitsName({ fits }: ValueMatcher, name: string | UnknownPart | undefined): Answer {
  return name === undefined ? false : fits(name, NO_CONTEXT);
}

/** Whether somebody has a name that fits; of an account, whether they belong to it. */
function nameMatcher(key: Key, matcher: ValueMatcher, ofAccount: boolean): EntryMatcher {
  if (key === "CanonicalUser") {
    return (party) => fitsName(matcher, party.canonicalUser);
  }
  if (ofAccount && key === "AWS") {
    return ({ account }) => fitsName(matcher, account);
  }
  return (party) => {
    let answer: Answer = false;
    for (const name of party[key]) {
      answer = either(answer, fitsName(matcher, name));
    }
    return answer;
  };
}

/** Names have no variables, so that nothing is asked of the request. */
const NO_CONTEXT = new RequestContext(() => ({}));

/** Whether a session that a policy names is the one that asks. */
const SESSION: readonly Doubt[] = [
  {
    cause: "it names one session of the role, which the caller chooses",
    give: "a policy that names the role",
  },
];

/** What an entry must be so that it is somebody. */
const WANTED: Readonly<Record<Key, string>> = {
  AWS: "the ARN of a user, a role or an account without wildcards, or an account's 12 digits",
  Service: "the full name of a service, as in lambda.amazonaws.com",
  Federated: "the ARN of a provider",
  CanonicalUser: "an ARN under AWS: only buckets know canonical users",
};

function isSomebody({ key, text }: Entry, parts: ArnParts | undefined): boolean {
  if (key === "CanonicalUser" || typeof text !== "string") {
    return false;
  }
  if (key !== "AWS") {
    return !text.includes("*");
  }
  return text === "*" || isAccount(text) || (parts !== undefined && !/[*?]/.test(text));
}

function isAccount(text: string): boolean {
  return /^[0-9]{12}$/.test(text);
}

function unknownOf(entries: readonly Entry[]): readonly Doubt[] {
  return entries.flatMap(({ text }) => (text instanceof UnknownPart ? [text] : []));
}

function trusteesOf(entries: readonly Entry[]): Trustees {
  const textsUnder = (wanted: Key): string[] =>
    entries.flatMap(({ key, text }) =>
      key === wanted && typeof text === "string" && text !== "*" ? [text] : [],
    );
  return {
    services: textsUnder("Service"),
    principals: textsUnder("AWS"),
    federated: textsUnder("Federated"),
    anybody: entries.some(({ key, text }) => key === "AWS" && text === "*"),
  };
}
