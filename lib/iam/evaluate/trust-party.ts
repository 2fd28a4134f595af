import { type ArnParts, arnParts } from "./arn-parts.js";
import type { ContextSource } from "./request-context.js";
import { UnknownPart } from "./unknown-part.js";

/**
 * Who asks for a role: a service of AWS, somebody of an account by the ARN of the user, the role, the
 * session or the root, or an identity from outside by its provider. A `*` in an ARN stands for what is
 * not told; `account` fills it in where it is the account.
 */
export type TrustParty =
  | { readonly service: string }
  | { readonly arn: string; readonly account?: string }
  | { readonly federated: string };

/** By what names a trust policy can name somebody, under each key of its Principal. */
export interface PartyNames {
  readonly AWS: readonly Name[];
  /** The number of its account, where it has one. */
  readonly account: Name | undefined;
  readonly Service: readonly Name[];
  readonly Federated: readonly Name[];
  /** The ARN, without a path, of the role whose session it is. */
  readonly roleOfSession?: Name;
  /** The same with whatever path. */
  readonly roleWithAnyPath?: UnknownPart;
  /** The ARNs of its sessions, where it is a role. */
  readonly sessions?: UnknownPart;
  /** The id that S3 has for its account. @default nothing knows canonical users */
  readonly canonicalUser?: UnknownPart;
}

type Name = string | UnknownPart;

/** Somebody, ready to be looked for in trust policies. */
export interface PreparedParty {
  readonly names: PartyNames;
  /** What follows from it for the context of a request. */
  readonly source: ContextSource;
}

/** What everybody is called. */
const EVERYBODY = "*";

/** Finds out by what names somebody can be trusted, and what a request of theirs says. */
export function prepareParty(by: TrustParty): PreparedParty {
  if ("service" in by) {
    const context = {
      "aws:principalisawsservice": "true",
      "aws:principalservicename": by.service,
    };
    return { names: { ...NOBODY, Service: serviceNames(by.service) }, source: { context } };
  }
  if ("federated" in by) {
    return { names: { ...NOBODY, Federated: [nameOf(by.federated)] }, source: {} };
  }
  const arn = withAccount(by.arn, by.account);
  return {
    names: { ...NOBODY, ...namesOfArn(arn) },
    source: { principal: arn, context: { "aws:principalisawsservice": "false" } },
  };
}

const NOBODY: PartyNames = { AWS: [EVERYBODY], account: undefined, Service: [], Federated: [] };

/** In China many services answer to a name with and to one without the ending. */
function serviceNames(service: string): readonly string[] {
  const name = service.endsWith(".cn") ? service.slice(0, -".cn".length) : service;
  return [name, `${name}.cn`];
}

function withAccount(arn: string, account: string | undefined): string {
  const parts = arnParts(arn);
  return account !== undefined && parts?.[4] === "*"
    ? [...parts.slice(0, 4), account, parts[5]].join(":")
    : arn;
}

function namesOfArn(arn: string): Partial<PartyNames> {
  const parts = arnParts(arn);
  if (parts === undefined) {
    return { AWS: [nameOf(arn), EVERYBODY] };
  }
  const [, partition, , , account] = parts;
  const root = `arn:${partition}:iam::${account}:root`;
  const role = roleOfSession(parts);
  const sessions = sessionsOfRole(parts);
  return {
    AWS: [nameOf(arn), nameOf(root), EVERYBODY],
    account: nameOf(account),
    ...(role === undefined
      ? {}
      : {
          roleOfSession: nameOf(role),
          roleWithAnyPath: unknownName(role.replace(":role/", ":role/*")),
        }),
    ...(sessions === undefined ? {} : { sessions: unknownName(`${sessions}*`) }),
  };
}

/** The ARN of the role that a session is of, without the path, which a session's ARN lacks. */
export function roleOfSession(parts: ArnParts): string | undefined {
  const [, partition, service, , account, resource] = parts;
  const [kind, role] = resource.split("/", 2);
  return service === "sts" && kind === "assumed-role" && role !== undefined
    ? `arn:${partition}:iam::${account}:role/${role}`
    : undefined;
}

/** How the ARNs of a role's sessions begin. */
function sessionsOfRole([, partition, service, , account, resource]: ArnParts): string | undefined {
  return service === "iam" && resource.startsWith("role/")
    ? `arn:${partition}:sts::${account}:assumed-role/${lastOf(resource)}/`
    : undefined;
}

/** The ARN of a role without its path, which no two roles of an account differ in alone. */
export function withoutPath([, partition, service, , account, resource]: ArnParts):
  | string
  | undefined {
  return service === "iam" && resource.startsWith("role/")
    ? `arn:${partition}:iam::${account}:role/${lastOf(resource)}`
    : undefined;
}

function lastOf(resource: string): string {
  return resource.slice(resource.lastIndexOf("/") + 1);
}

function nameOf(text: string): Name {
  return text.includes("*") ? unknownName(text) : text;
}

function unknownName(text: string): UnknownPart {
  const isAccount = text === "*" || /^arn:[^:*]*:(?:iam|sts)::\*:[^*]*$/.test(text);
  return new UnknownPart(
    isAccount ? "the caller's account is not told" : "who asks is not told in full",
    isAccount ? "--account" : "the ARN",
    text.split("*"),
  );
}
