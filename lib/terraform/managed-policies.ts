import { awsManagedPolicy } from "../iam/aws-managed/aws-managed-policy.js";
import { Unknown } from "../terraform-expression/unknown.js";
import type { Holder } from "./holder.js";
import type { IamFile, IamResource } from "./iam-file.js";
import { arnOf, inAnyAccount, nameInArn, nameOf } from "./iam-name.js";
import { PolicyDocuments } from "./policy-text.js";
import type { PrincipalPolicy } from "./principal.js";

const SEVERAL = "several in the file have that name";

/** Of more than these, which is meant is not told: thousands with one name would be looked at thousands of times. */
const MAX_NAMESAKES = 50;

/** Documents that are given beside the file, by the ARN or the name of their policy. */
export type GivenPolicies = ReadonlyMap<string, unknown>;

/** A managed policy of the file, and what is found out about it. */
export class ManagedPolicy {
  readonly resource: IamResource;
  readonly name: string;
  readonly arn: string | Unknown;
  /** The document, as in `PrincipalPolicy`. */
  readonly document: unknown;
  /** Those of the file that it is attached to. */
  readonly holders = new Set<Holder>();
  readonly notes = new Set<string>();
  isBoundary = false;

  constructor(resource: IamResource, partition: string, documents: PolicyDocuments) {
    const name = nameOf(resource);
    this.resource = resource;
    this.name = name instanceof Unknown ? "" : name;
    this.arn = arnOf(resource, partition);
    const arn = this.arn instanceof Unknown ? undefined : this.arn;
    this.document = documents.of(resource.argument("policy"), this.name, arn);
    if (resource.caveat !== undefined) {
      this.notes.add(resource.caveat);
    }
  }
}

/** Which managed policy an argument names. */
export type PolicyReference =
  | { readonly kind: "own"; readonly policy: ManagedPolicy }
  /** One that is made elsewhere, and whose text is known: looked up, given, or of AWS's own. */
  | { readonly kind: "known"; readonly arn: string; readonly policy: PrincipalPolicy }
  /** One that is made elsewhere: its ARN, or its name. */
  | { readonly kind: "outside"; readonly policy: string }
  /** What else is in a list that is not told: policies that are written out, perhaps. */
  | { readonly kind: "rest"; readonly reason: string }
  /** Any number of some policies. */
  | ({ readonly kind: "some" } & Candidates)
  /** One of some policies, or any. */
  | ({ readonly kind: "open" } & Candidates);

/** Which policies may be meant, and why it is open. */
export interface Candidates {
  readonly reason: string;
  readonly candidates: readonly ManagedPolicy[];
  /** Whether something decides it: then several attachments may be of one of them. */
  readonly isConditional: boolean;
}

/** The managed policies of a file. */
export class ManagedPolicies {
  readonly all: readonly ManagedPolicy[];
  /** The documents of these and of all other policies of the file. */
  readonly documents: PolicyDocuments;
  readonly #byAddress = new Map<string, ManagedPolicy>();
  readonly #byArn = new Map<string, ManagedPolicy>();
  readonly #byName = new Map<string, ManagedPolicy[]>();
  readonly #lookedUp: IamFile["lookedUp"];
  readonly #given: GivenPolicies;

  constructor({ resources, partition, lookedUp, give }: IamFile, given: GivenPolicies) {
    this.#lookedUp = lookedUp;
    this.#given = given;
    this.documents = new PolicyDocuments(give, given);
    this.all = resources
      .filter(({ type }) => type === "aws_iam_policy")
      .map((resource) => new ManagedPolicy(resource, partition, this.documents));
    for (const policy of this.all) {
      this.#byAddress.set(policy.resource.address, policy);
      if (!(policy.arn instanceof Unknown)) {
        this.#byArn.set(policy.arn, policy);
      }
      const namesakes = this.#byName.get(policy.name);
      if (namesakes === undefined) {
        this.#byName.set(policy.name, [policy]);
      } else {
        namesakes.push(policy);
      }
    }
  }

  /** The policy whose ARN the value of an argument is. */
  locate(value: unknown): PolicyReference {
    if (typeof value === "string") {
      const policy = this.#byArn.get(value) ?? this.#byArn.get(inAnyAccount(value));
      return policy === undefined ? this.#elsewhere(value) : { kind: "own", policy };
    }
    const { origins, reason, known } =
      value instanceof Unknown ? value : new Unknown("it is not in the file");
    return oneOf(this.fromOrigins(origins), reason, known.isConditional);
  }

  /**
   * The policy that a name and a path name, in whichever account.
   *
   * @param path undefined for any
   */
  locateByName(value: unknown, path: unknown): PolicyReference {
    if (typeof value !== "string") {
      return this.locate(value);
    }
    const all = this.#byName.get(value) ?? [];
    if (all.length > MAX_NAMESAKES) {
      return { kind: "open", reason: SEVERAL, candidates: [], isConditional: true };
    }
    const namesakes = all.filter(
      ({ resource }) => typeof path !== "string" || (resource.argument("path") ?? "/") === path,
    );
    if (namesakes.length > 0) {
      return oneOf(namesakes, SEVERAL, true);
    }
    const document = this.#given.get(value);
    return document === undefined
      ? { kind: "outside", policy: value }
      : { kind: "known", arn: value, policy: { name: value, address: "", document } };
  }

  /** Those that others have or are limited by, who are not held. */
  heldElsewhere({ heldElsewhere = [], notHeld }: IamFile): ReadonlySet<ManagedPolicy> {
    const held = new Set<ManagedPolicy>();
    for (const arn of heldElsewhere) {
      const found = this.locate(arn);
      notHeld?.findPolicy(arn, found);
      if (found.kind === "own") {
        held.add(found.policy);
      }
    }
    return held;
  }

  /** The policies at these addresses. */
  fromOrigins(addresses: readonly string[]): readonly ManagedPolicy[] {
    const found = new Set(addresses.map((address) => this.#byAddress.get(address)));
    return [...found].filter((policy) => policy !== undefined);
  }

  /** A policy that the file does not make. */
  #elsewhere(arn: string): PolicyReference {
    const name = nameInArn(arn);
    const known = (document: unknown, address = ""): PolicyReference => ({
      kind: "known",
      arn,
      policy: { name, address, document },
    });
    const given = this.#given.get(arn) ?? this.#given.get(name);
    if (given !== undefined) {
      return known(given);
    }
    const lookedUp = this.#lookedUp.get(arn);
    if (lookedUp !== undefined) {
      return known(this.documents.of(lookedUp.text, name, arn), lookedUp.address);
    }
    const { document } = awsManagedPolicy(arn) ?? {};
    return document === undefined ? { kind: "outside", policy: arn } : known(document);
  }
}

function oneOf(
  candidates: readonly ManagedPolicy[],
  reason: string,
  isConditional = false,
): PolicyReference {
  const [only] = candidates;
  return candidates.length === 1 && only !== undefined
    ? { kind: "own", policy: only }
    : { kind: "open", reason, candidates, isConditional };
}
