import { type CompiledPolicy, compilePolicy } from "../iam/evaluate/compile-policy.js";
import {
  type CompiledResourcePolicy,
  compileResourceControlPolicy,
  compileResourcePolicy,
  policyInDoubt,
} from "../iam/evaluate/compile-resource-policy.js";
import type { OutsideKind } from "../iam/evaluate/deciding-statement.js";
import type { ControlLevel, OutsidePolicies } from "../iam/evaluate/outside-policies.js";
import { type ResourceCaller, resourceCaller } from "../iam/evaluate/resource-caller.js";
import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import type {
  DisabledAcls,
  OrganizationPolicy,
  OutsideFacts,
  PolicyKinds,
} from "../terraform/outside-facts.js";
import { BucketKeys, type NeededKey } from "./bucket-keys.js";
import { mayName } from "./may-name.js";
import { type AccountOfRequests, bucketIn, type OutsideRequest } from "./outside-request.js";
import { isRemotions, mayBeFor, relevantOutside } from "./relevant-outside.js";
import { statementsOf } from "./statements.js";
import { taken } from "./taken-policy.js";

/**
 * Services whose resources resource control policies concern, of those that Remotion asks.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
const RESOURCE_CONTROLLED: ReadonlySet<string> = new Set(["s3", "sts", "kms", "logs"]);

/** The kinds of policies, and what they are called together. */
const KINDS: Readonly<Record<OutsideKind, PolicyKinds>> = {
  "service control policy": "service control policies",
  "resource control policy": "resource control policies",
  "bucket policy": "bucket policies",
  "key policy": "key policies",
};

/** Actions that ask for a bucket before it is there, so that it has no policy. */
const BEFORE_BUCKET: ReadonlySet<string> = new Set(["s3:CreateBucket"]);

/** Policies that decide beside those of principals, ready for requests. */
export class Outside {
  /** Whether what is decided may be another thing for each caller. */
  readonly asksForCaller: boolean;
  readonly #documents: readonly unknown[];
  readonly #all: OutsideFacts;
  /** Those that concern what is asked for. */
  readonly #facts: OutsideFacts;
  readonly #keys: BucketKeys;
  readonly #levels = new Map<string, readonly ControlLevel[]>();
  readonly #resourceControl = new Map<string, readonly CompiledResourcePolicy[]>();
  readonly #ofBucket = new Map<string, readonly CompiledResourcePolicy[]>();
  readonly #callers = new Map<string, ResourceCaller>();

  /** @param named the buckets that are given, or that policies name */
  constructor(facts: OutsideFacts, named: () => readonly string[]) {
    this.#all = facts;
    this.#facts = relevantOutside(facts, named);
    this.#keys = new BucketKeys(this.#facts);
    const { organization, bucketPolicies, keyPolicies } = this.#facts;
    this.#documents = [...organization, ...bucketPolicies, ...keyPolicies].map(
      ({ document }) => document,
    );
    this.asksForCaller = this.#documents.some(asks);
  }

  /** Whether nothing is known that decides. */
  get isEmpty(): boolean {
    const { organization, bucketPolicies, bucketKeys, disabledAcls } = this.#facts;
    return [organization, bucketPolicies, bucketKeys, disabledAcls].every(
      ({ length }) => length === 0,
    );
  }

  /** The organization of the account, where it is told. */
  get organizationId(): string | undefined {
    return this.#all.organizationId;
  }

  /** Whether a statement about an action may name one user or role, and no other. */
  mayName(action: string): boolean {
    return this.#documents.some((document) => mayName(document, action));
  }

  /** Remotion's buckets that something is known of. */
  get buckets(): readonly string[] {
    const { bucketPolicies, bucketKeys, disabledAcls } = this.#facts;
    const names = [...bucketPolicies, ...bucketKeys, ...disabledAcls].map(({ bucket }) => bucket);
    return [...new Set(names)].filter(
      (name): name is string => typeof name === "string" && isRemotions(name),
    );
  }

  /** The policies that decide about a request. */
  policiesFor(request: OutsideRequest): OutsidePolicies {
    const { action, resource } = request;
    const [service = ""] = action.split(":", 1);
    const bucket = bucketIn(resource);
    const policies =
      bucket === undefined || BEFORE_BUCKET.has(action)
        ? []
        : this.#policiesOf(bucket, request.isSample);
    return {
      ...this.#controlling(service, request),
      ...(policies.length === 0 ? {} : { resource: { rule: "own", policies } }),
    };
  }

  /** The policies that decide about a request for a key. */
  policiesForKey(key: NeededKey, request: OutsideRequest): OutsidePolicies {
    const { resource } = key;
    const { caller, serviceControl = [], resourceControl = [] } = this.#controlling("kms", request);
    // What limits the keys of another account is of its own organization.
    const limits = resource?.rule === "of another account" ? [] : resourceControl;
    return {
      caller,
      serviceControl,
      resourceControl: limits,
      ...(resource === undefined ? {} : { resource }),
    };
  }

  /** The keys that S3 asks for when a request is made, for the caller. */
  keysFor(
    request: OutsideRequest,
    site: { partition: string; region: string },
  ): readonly NeededKey[] {
    const bucket = bucketIn(request.resource);
    return bucket === undefined ? [] : this.#keys.neededFor(bucket, request, site);
  }

  /**
   * What refuses the ACL that a request is made for: what surely does before what may.
   *
   * @param isPublic whether that ACL is a public one
   */
  refusingAcl(
    { action, resource, isSample }: OutsideRequest,
    isPublic: () => boolean,
  ): DisabledAcls | undefined {
    const bucket = action === "s3:PutObjectAcl" ? bucketIn(resource) : undefined;
    if (bucket === undefined) {
      return undefined;
    }
    const refusing = this.#facts.disabledAcls
      .filter(
        (one) =>
          one.bucket === bucket ||
          (typeof one.bucket !== "string" && mayBeFor(one.bucket, bucket, isSample)),
      )
      .filter(({ isOfPublic }) => isOfPublic !== true || isPublic())
      .map((one) => (typeof one.bucket === "string" ? one : { ...one, doubt: one.bucket }));
    return refusing.find(({ doubt }) => doubt === undefined) ?? refusing[0];
  }

  /** What was looked at of nothing that is checked, in words. */
  get notLookedAt(): readonly PolicyKinds[] {
    const { organization, keyPolicies, complete = [] } = this.#all;
    const known = new Set<PolicyKinds>([
      ...complete,
      ...organization.map(({ kind }) => KINDS[kind]),
      ...(this.#facts.bucketPolicies.length > 0 ? [KINDS["bucket policy"]] : []),
      ...(keyPolicies.length > 0 ? [KINDS["key policy"]] : []),
    ]);
    return Object.values(KINDS).filter((kinds) => !known.has(kinds));
  }

  /** What is given and concerns nothing that is asked for, a sentence each. */
  unusedOf({ bucketPolicies, keyPolicies }: OutsideFacts): readonly string[] {
    const used = new Set<unknown>([...this.#facts.bucketPolicies, ...this.#keys.policiesInUse]);
    return [
      ...bucketPolicies
        .filter((policy) => !used.has(policy))
        .map(
          ({ bucket, name }) =>
            `The policy ${name} decides nothing: nobody asks for the bucket ${bucket}. For one of another name give --bucket or --output-bucket, too.`,
        ),
      ...keyPolicies
        .filter((policy) => !used.has(policy))
        .map(
          ({ keys, name }) =>
            `The policy ${name} decides nothing: no bucket that is asked for is said to be encrypted by the key ${keys.join(", ")}.`,
        ),
    ];
  }

  #controlling(service: string, request: OutsideRequest): OutsidePolicies {
    const caller = this.#caller(request);
    return {
      caller,
      serviceControl: this.#levelsOf(request),
      resourceControl: RESOURCE_CONTROLLED.has(service) ? this.#resourceControlOf(request) : [],
    };
  }

  #caller({ caller, account, accountIsKnown }: OutsideRequest): ResourceCaller {
    const key = `${caller} ${accountIsKnown ? account : ""}`;
    const known =
      this.#callers.get(key) ?? resourceCaller(caller, accountIsKnown ? account : undefined);
    this.#callers.set(key, known);
    return known;
  }

  #levelsOf(of: AccountOfRequests): readonly ControlLevel[] {
    const key = keyOf(of);
    const known = this.#levels.get(key) ?? this.#levelsWorkedOut(of);
    this.#levels.set(key, known);
    return known;
  }

  #levelsWorkedOut(of: AccountOfRequests): readonly ControlLevel[] {
    const levels = new Map<string, { more: UnknownPart | undefined; policies: CompiledPolicy[] }>();
    for (const policy of this.#organization("service control policy", of)) {
      const { level, name, document, doubt, more } = policy;
      const found = levels.get(level) ?? { more, policies: [] };
      levels.set(level, found);
      const compiled = taken(document, (one) => compilePolicy(one, name));
      const counted = doubt === undefined ? compiled : policyInDoubt(compiled, doubt);
      found.policies.push({ ...counted, kind: "service control policy" });
    }
    return Array.from(levels, ([name, { more, policies }]) => ({
      name,
      policies,
      ...(more === undefined ? {} : { more }),
    }));
  }

  #resourceControlOf(of: AccountOfRequests): readonly CompiledResourcePolicy[] {
    const key = keyOf(of);
    const known =
      this.#resourceControl.get(key) ??
      this.#organization("resource control policy", of).map(({ name, document, doubt }) =>
        taken(document, (one) =>
          compileResourceControlPolicy(one, { name, ...(doubt === undefined ? {} : { doubt }) }),
        ),
      );
    this.#resourceControl.set(key, known);
    return known;
  }

  /** The policies of a kind that count for an account: none for the one that manages the organization. */
  #organization(
    kind: OrganizationPolicy["kind"],
    { account, accountIsKnown }: AccountOfRequests,
  ): readonly OrganizationPolicy[] {
    const { organization, managementAccount } = this.#facts;
    if (accountIsKnown && account === managementAccount) {
      return [];
    }
    return organization.flatMap((policy) => {
      const isOfAccount = policy.account === undefined || policy.account === account;
      if (policy.kind !== kind || (accountIsKnown && !isOfAccount)) {
        return [];
      }
      return accountIsKnown || policy.account === undefined
        ? [policy]
        : [
            {
              ...policy,
              doubt: new UnknownPart("whether it is for the account is not told", "--account"),
            },
          ];
    });
  }

  #policiesOf(bucket: string, isSample: boolean): readonly CompiledResourcePolicy[] {
    const key = `${bucket} ${isSample}`;
    const known = this.#ofBucket.get(key) ?? this.#policiesWorkedOut(bucket, isSample);
    this.#ofBucket.set(key, known);
    return known;
  }

  /** The policy of a bucket; where none is surely its own, those that may be. */
  #policiesWorkedOut(bucket: string, isSample: boolean): readonly CompiledResourcePolicy[] {
    const { bucketPolicies } = this.#facts;
    const own = bucketPolicies.filter((policy) => policy.bucket === bucket);
    const counted =
      own.length > 0
        ? own
        : bucketPolicies.filter(
            (policy) =>
              typeof policy.bucket !== "string" && mayBeFor(policy.bucket, bucket, isSample),
          );
    return counted.map(({ name, document, bucket: of }) =>
      taken(document, (one) =>
        compileResourcePolicy(one, {
          name,
          kind: "bucket policy",
          ...(of instanceof UnknownPart ? { doubt: of } : {}),
        }),
      ),
    );
  }
}

function keyOf({ account, accountIsKnown }: AccountOfRequests): string {
  return accountIsKnown ? account : "";
}

/** Whether a policy may say another thing to each caller. */
function asks(document: unknown): boolean {
  return (
    document instanceof UnknownPart ||
    /aws:(?:principal|user)/i.test(textOf(document)) ||
    statementsOf(document).some(namesSomebody)
  );
}

function textOf(document: unknown): string {
  return typeof document === "string" ? document : (JSON.stringify(document) ?? "");
}

/** Whether a statement of a resource's policy is for somebody, and not for all. */
function namesSomebody(statement: Readonly<Record<string, unknown>>): boolean {
  const { Principal: principal, NotPrincipal: leftOut } = statement;
  const named: unknown =
    typeof principal === "object" && principal !== null && "AWS" in principal
      ? principal.AWS
      : principal;
  return (
    leftOut !== undefined || (principal !== undefined && [named].flat().some((one) => one !== "*"))
  );
}
