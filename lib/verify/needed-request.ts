import { type PreparedRequest, prepareRequest } from "../iam/evaluate/request.js";
import type { Actor, ApiCall } from "../remotion/api-calls.js";
import { PRINCIPAL_KEYS, type RequestKeys, requestVariants } from "../remotion/request-keys.js";
import { sampleRequest } from "../remotion/sample-request.js";
import { type CheckedScope, type FunctionsRole, scopeKey } from "./checked-scope.js";
import { CALLER, type Combination, combinationsOf, HAS_FUNCTION, ROLE } from "./combinations.js";
import type { RequestAnswer } from "./request-answer.js";

/** The one of the keys that follow from the caller's ARN which the account tells, too. */
const CALLERS_ACCOUNT = "aws:principalaccount";

/** A call of the table of API calls, with the row that it is of. */
export interface RowCall extends Pick<ApiCall, "action" | "resource"> {
  readonly api: string;
  readonly situation: string;
  readonly actor: Actor;
}

/** Who makes a request, as far as the request differs by it. */
export interface Requester {
  readonly name: string;
  /** Its ARN, where the policies ask for it and the file has it. */
  readonly arn?: string;
  /** Whether the policies ask who calls. */
  readonly asked: boolean;
  /** The roles that functions may be given, of which it must be able to pass one. At least one. */
  readonly roles: readonly FunctionsRole[];
  /** What its policies say to requests that are another one for each caller, as far as asked. */
  readonly answers: Map<NeededRequest, RequestAnswer>;
}

/** A request of Remotion's, for all calls that make it, wherever it is made. */
export class ApiRequest {
  readonly action: string;
  /** The ARN in the table of API calls, with its placeholders. */
  readonly template: string;
  readonly #call: RowCall;
  readonly #now: Date;
  readonly #known = new Map<string, NeededRequest>();

  constructor(call: RowCall, now: Date) {
    this.action = call.action;
    this.template = call.resource;
    this.#call = call;
    this.#now = now;
  }

  /** Whether it may be another request where another bucket, or another function, is checked. */
  dependsOn(dimension: "bucket" | "function"): boolean {
    return dimension === "bucket"
      ? this.template.includes("{bucket}")
      : this.#call.actor === "function" || HAS_FUNCTION.test(this.template);
  }

  /** The request in a scope: one and the same for all scopes that it does not differ by. */
  in(scope: CheckedScope): NeededRequest {
    const key = scopeKey(scope, {
      buckets: this.dependsOn("bucket"),
      functions: this.dependsOn("function"),
    });
    const known = this.#known.get(key) ?? new NeededRequest(this, this.#call, scope, this.#now);
    this.#known.set(key, known);
    return known;
  }
}

/** A request that is needed in a scope, on every combination. */
export class NeededRequest {
  /** What it is wherever it is made. */
  readonly request: ApiRequest;
  readonly action: string;
  /** The ARN in the table of API calls, with its placeholders. */
  readonly template: string;
  /** Whether one role is enough at each place: a function is given one, whichever may be passed. */
  readonly anyOf: boolean;
  /** Whether the request names the caller. */
  readonly namesCaller: boolean;
  /** What is said of it where it is allowed, everywhere or as far as is needed: the same to everybody. */
  readonly allowed: RequestAnswer;
  readonly #combinations: readonly Combination[];
  readonly #call: RowCall;
  readonly #scope: CheckedScope;
  readonly #now: Date;
  readonly #prepared = new Map<Combination, readonly PreparedRequest[]>();
  /** The keys of the requests, by the region: who calls, and which role is passed, is not among them. */
  readonly #keys = new Map<string, readonly (() => RequestKeys)[]>();

  constructor(request: ApiRequest, call: RowCall, scope: CheckedScope, now: Date) {
    this.request = request;
    this.action = call.action;
    this.template = call.resource;
    this.anyOf = call.resource.includes(ROLE);
    this.namesCaller = call.resource.includes(CALLER);
    this.#combinations = combinationsOf(call, scope);
    const resource = this.#combinations[0]?.sample.resource ?? "*";
    this.allowed = { answer: "allowed", somewhere: true, resource };
    this.#call = call;
    this.#scope = scope;
    this.#now = now;
  }

  /** Whether the request is the same one for others with the same policies, whichever roles they pass. */
  isSharedBy({ asked }: Requester): boolean {
    return !asked && !this.namesCaller && !this.anyOf;
  }

  /** A resource that the request is for. */
  get example(): string {
    return this.allowed.resource;
  }

  /** All that has to be asked of a principal. */
  combinations({ roles }: Requester): readonly Combination[] {
    return this.anyOf
      ? this.#combinations.flatMap((combination) =>
          roles.map(({ name, path }) => ({ ...combination, role: `${path}${name}` })),
        )
      : this.#combinations;
  }

  /** The resource of a combination, where a principal of this name calls. */
  resource({ sample, role = "" }: Combination, { name }: Requester): string {
    return sample.resource.replaceAll(CALLER, () => name).replaceAll(ROLE, () => role);
  }

  /** The requests on a combination, ready for policies: one for each kind, of which all are needed. */
  prepared(combination: Combination, requester: Requester): readonly PreparedRequest[] {
    if (!this.isSharedBy(requester)) {
      return this.#prepare(combination, requester);
    }
    const prepared = this.#prepared.get(combination) ?? this.#prepare(combination, requester);
    this.#prepared.set(combination, prepared);
    return prepared;
  }

  /** Whether one of the requests on a combination sends an ACL that lets everybody read. */
  sendsPublicAcl(combination: Combination, requester: Requester): boolean {
    return this.#variants(combination, this.resource(combination, requester)).some((keysOf) =>
      String(keysOf().context["s3:x-amz-acl"]).startsWith("public-"),
    );
  }

  /** The request for a key that S3 makes for a combination, in the name of whoever makes the request. */
  preparedForKey(
    key: { readonly action: string; readonly resource: string },
    { region }: Combination,
    requester: Requester,
  ): readonly PreparedRequest[] {
    const variants = this.#requestVariants(region, key.resource, key.action);
    return this.#preparedOf(key, variants, requester);
  }

  /** Who makes the request, and in which account. */
  madeBy({ arn }: Requester): {
    readonly account: string;
    readonly accountIsKnown: boolean;
    readonly partition: string;
    readonly caller: string | undefined;
  } {
    const { account, accountIsKnown, partition } = this.#scope;
    const caller = accountIsKnown ? arn?.replace("::*:", `::${account}:`) : arn;
    return { account, accountIsKnown, partition, caller };
  }

  #prepare(combination: Combination, requester: Requester): readonly PreparedRequest[] {
    const resource = this.resource(combination, requester);
    const variants = this.#variants(combination, resource);
    return this.#preparedOf({ action: this.action, resource }, variants, requester);
  }

  #preparedOf(
    request: { readonly action: string; readonly resource: string },
    variants: readonly (() => RequestKeys)[],
    requester: Requester,
  ): readonly PreparedRequest[] {
    const { arn, asked } = requester;
    const { caller: principal, account, accountIsKnown } = this.madeBy(requester);
    return variants.map((keysOf) =>
      prepareRequest(request, () => {
        const { context, untold } = keysOf();
        const isOpen = asked && arn === undefined;
        return {
          context: {
            ...context,
            ...this.#organizationKeys(request.resource),
            // Whoever has a policy is of its account.
            ...(isOpen && accountIsKnown ? { [CALLERS_ACCOUNT]: account } : {}),
          },
          untold: isOpen
            ? [
                ...untold,
                ...PRINCIPAL_KEYS.filter((key) => !accountIsKnown || key !== CALLERS_ACCOUNT),
              ]
            : untold,
          ...(principal === undefined ? {} : { principal }),
        };
      }),
    );
  }

  /** The keys that say which organization it is: the resources of the account are of the same. */
  #organizationKeys(resource: string): Readonly<Record<string, string>> {
    const { organization, account } = this.#scope;
    if (organization === undefined) {
      return {};
    }
    // All of an account, and what S3 names without one.
    const owner = resource.split(":")[4];
    return {
      "aws:principalorgid": organization,
      ...(owner === undefined || owner === "" || owner === account
        ? { "aws:resourceorgid": organization }
        : {}),
    };
  }

  #variants({ region, where }: Combination, resource: string): readonly (() => RequestKeys)[] {
    const key = `${region} ${where}`;
    const known = this.#keys.get(key) ?? this.#requestVariants(region, resource);
    this.#keys.set(key, known);
    return known;
  }

  #requestVariants(
    region: string,
    resource: string,
    action = this.action,
  ): readonly (() => RequestKeys)[] {
    const { api, situation, actor } = this.#call;
    const { partition, account, accountIsKnown } = this.#scope;
    return requestVariants({
      action,
      resource,
      partition,
      region,
      account,
      accountIsKnown,
      now: this.#now,
      call: { api, situation, resource: this.template },
      ...(actor === "function" ? { fromFunction: functionArn(this.#scope, region) } : {}),
    });
  }
}

/** The function whose role makes a request. */
function functionArn(scope: CheckedScope, region: string): string {
  const resource = "arn:{partition}:lambda:{region}:{account}:function:{function}";
  return sampleRequest(
    { action: "lambda:InvokeFunction", resource },
    {
      partition: scope.partition,
      accountId: scope.account,
      regions: [region],
      functionNames: scope.functions.slice(0, 1),
    },
  ).resource;
}
