import type { Holder } from "./holder.js";
import type { IamFile, IamResource, LookedUpPolicy } from "./iam-file.js";
import { arnOf, nameOf } from "./iam-name.js";
import { PolicyDocuments } from "./policy-text.js";
import { Unknown } from "./unknown.js";

/** A managed policy of the file, and what is found out about it. */
export class ManagedPolicy {
  readonly resource: IamResource;
  readonly name: string;
  readonly arn: string | Unknown;
  /** The document, parsed; or unknown. */
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
    this.document = documents.of(resource.argument("policy"));
    if (resource.caveat !== undefined) {
      this.notes.add(resource.caveat);
    }
  }
}

/** Which managed policy an argument names. */
export type PolicyReference =
  | { readonly kind: "own"; readonly policy: ManagedPolicy }
  | { readonly kind: "looked-up"; readonly arn: string; readonly policy: LookedUpPolicy }
  | { readonly kind: "outside"; readonly arn: string }
  /** What else is in a list that is not told: policies that are written out, perhaps. */
  | { readonly kind: "rest"; readonly reason: string }
  | {
      readonly kind: "open";
      readonly reason: string;
      readonly candidates: readonly ManagedPolicy[];
    };

/** The managed policies of a file. */
export class ManagedPolicies {
  readonly all: readonly ManagedPolicy[];
  /** The documents of these and of all other policies of the file. */
  readonly documents = new PolicyDocuments();
  readonly #byAddress = new Map<string, ManagedPolicy>();
  readonly #byArn = new Map<string, ManagedPolicy>();
  readonly #lookedUp: IamFile["lookedUp"];

  constructor({ resources, partition, lookedUp }: IamFile) {
    this.#lookedUp = lookedUp;
    this.all = resources
      .filter(({ type }) => type === "aws_iam_policy")
      .map((resource) => new ManagedPolicy(resource, partition, this.documents));
    for (const policy of this.all) {
      this.#byAddress.set(policy.resource.address, policy);
      if (!(policy.arn instanceof Unknown)) {
        this.#byArn.set(policy.arn, policy);
      }
    }
  }

  /** The policy that the value of an argument names. */
  locate(value: unknown): PolicyReference {
    if (typeof value === "string") {
      const policy = this.#byArn.get(value) ?? this.#byArn.get(inAnyAccount(value));
      const lookedUp = this.#lookedUp.get(value);
      if (policy !== undefined) {
        return { kind: "own", policy };
      }
      return lookedUp === undefined
        ? { kind: "outside", arn: value }
        : { kind: "looked-up", arn: value, policy: lookedUp };
    }
    const { origins, reason } =
      value instanceof Unknown ? value : new Unknown("it is not in the file");
    const candidates = this.fromOrigins(origins);
    const [only] = candidates;
    return candidates.length === 1 && only !== undefined
      ? { kind: "own", policy: only }
      : { kind: "open", reason, candidates };
  }

  /** The policies at these addresses. */
  fromOrigins(addresses: readonly string[]): readonly ManagedPolicy[] {
    const found = new Set(addresses.map((address) => this.#byAddress.get(address)));
    return [...found].filter((policy) => policy !== undefined);
  }
}

/** An ARN as it is put together while the account is not known: whoever writes one in full knew it. */
function inAnyAccount(arn: string): string {
  return arn.replace(/^(arn:[^:]*:iam::)\d{12}:/, "$1*:");
}
