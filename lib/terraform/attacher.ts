import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import { isObject, property } from "../json/json-value.js";
import { shown, shownAddress } from "../json/shown.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { type AttachmentType, REFERENCE_BLOCKS } from "./grants.js";
import type { AttachedBy, Holder } from "./holder.js";
import { type IamFile, type IamResource, takenKey } from "./iam-file.js";
import { nameInArn } from "./iam-name.js";
import { inDoubt } from "./in-doubt.js";
import type {
  Candidates,
  ManagedPolicies,
  ManagedPolicy,
  PolicyReference,
} from "./managed-policies.js";
import { applyTakes, lostByReplacement, mayBeAttached, mayBeTaken } from "./notes.js";
import type { PrincipalPolicy } from "./principal.js";
import { openPolicy, outsidePolicy, restOfList } from "./unread.js";

/** An attachment of a managed policy. */
export interface Attachment {
  readonly reference: PolicyReference;
  /** What says so. */
  readonly resource: IamResource;
  readonly by: AttachedBy;
  /** Why it is open whether it is for somebody; undefined where it is sure. */
  readonly doubt: UnknownPart | undefined;
}

/** What a resource gives to somebody. */
interface Given {
  /** Of an inline policy its name, of a managed one its ARN, and its name where it is attached by that. */
  readonly key: string;
  /** The managed policy, where it is one of the file. */
  readonly own?: ManagedPolicy | undefined;
  /** What it is, as it stands in a sentence. @default the policy of that name */
  readonly shown?: string;
}

/** Attachments of one resource to somebody, of which it is open which attaches which of some policies. */
interface Choice extends Candidates {
  readonly holder: Holder;
  readonly by: AttachedBy;
  readonly attachments: string[];
}

/** Attaches the managed policies of a file. */
export class Attacher {
  readonly #file: IamFile;
  readonly #managed: ManagedPolicies;
  readonly #ofGroups = new Map<Holder, Set<ManagedPolicy>>();
  readonly #choices = new Map<string, Choice>();

  constructor(file: IamFile, managed: ManagedPolicies) {
    this.#file = file;
    this.#managed = managed;
  }

  /** The managed policies that are attached to a group. */
  ofGroup(group: Holder): Iterable<ManagedPolicy> {
    return this.#ofGroups.get(group) ?? [];
  }

  /** The managed policies that an argument names: one, or a list. */
  policiesOf(resource: IamResource, argument: string): readonly PolicyReference[] {
    const value = resource.argument(argument);
    if (argument === REFERENCE_BLOCKS) {
      return this.byName(value);
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.#managed.locate(item));
    }
    if (!(value instanceof Unknown) || !argument.endsWith("s")) {
      return [this.#managed.locate(value)];
    }
    // Of a list, what is written out cannot be seen beside what is referred to.
    const { origins, reason, known } = value;
    const rest: PolicyReference = { kind: "rest", reason };
    const named = this.#managed.fromOrigins(origins);
    return known.isConditional === true
      ? [rest, { kind: "some", reason, candidates: named, isConditional: true }]
      : [rest, ...named.map((policy): PolicyReference => ({ kind: "own", policy }))];
  }

  /** The policies that blocks name by a name and a path. */
  byName(blocks: unknown): readonly PolicyReference[] {
    const list: readonly unknown[] = Array.isArray(blocks) ? blocks : [blocks];
    return list.flatMap((block): PolicyReference[] => {
      if (block instanceof Unknown) {
        return [this.#managed.locate(block)];
      }
      return isObject(block)
        ? [this.#managed.locateByName(property(block, "name"), property(block, "path"))]
        : [];
    });
  }

  /** Attaches a policy to somebody. */
  attach(holder: Holder, attachment: Attachment): void {
    const { reference, resource, by } = attachment;
    const { give } = this.#file;
    const key = keyOf(reference, by);
    const own = reference.kind === "own" ? reference.policy : undefined;
    const left = key === undefined ? undefined : this.leftOf(holder, resource, { key, own });
    if (left === "nothing") {
      lose(holder, reference);
      return;
    }
    const doubt = attachment.doubt ?? left;
    switch (reference.kind) {
      case "own":
        this.#attachOwn(holder, reference.policy, by, doubt);
        return;
      case "known": {
        const { name, address, document } = reference.policy;
        const policy = { name, address: address || resource.address, document };
        holder.giveManaged(reference.arn, inDoubt(policy, doubt), by, doubt);
        return;
      }
      case "outside": {
        const unread = outsidePolicy(reference.policy, resource.address);
        holder.giveUnread({ ...unread, maybe: doubt !== undefined }, by);
        return;
      }
      case "rest":
        holder.giveUnread(restOfList(resource.address, reference.reason, give), by);
        return;
      case "some":
        this.#attachSome(holder, reference, resource.address, by);
        return;
      case "open":
        this.#attachOpen(holder, reference, attachment);
    }
  }

  /**
   * Attaches what it is open of by which attachment it is. Where a `for_each` makes as many attachments
   * as there are policies that it refers to, all of them are attached, whichever is by which.
   */
  choose(): void {
    for (const choice of this.#choices.values()) {
      const { holder, by, candidates, attachments } = choice;
      const [address = ""] = attachments;
      if (attachments.length < candidates.length) {
        this.#attachSome(holder, choice, address, by);
        continue;
      }
      for (const policy of candidates) {
        this.#attachOwn(holder, policy, by, undefined);
      }
    }
  }

  /** Any of some policies may be attached. */
  #attachSome(
    holder: Holder,
    { reason, candidates }: Candidates,
    address: string,
    by: AttachedBy,
  ): void {
    const cause = `whether ${shownAddress(address)} attaches it is not told: ${reason}`;
    const doubt = new UnknownPart(cause, this.#file.give);
    for (const policy of candidates) {
      policy.notes.add(mayBeAttached(address, reason));
      holder.giveManaged(policy.resource.address, inDoubt(held(policy), doubt), by, doubt);
    }
  }

  /** Detaches what somebody has under a key. */
  detach(holder: Holder, key: string): void {
    for (const policy of this.#managed.fromOrigins([key])) {
      policy.holders.delete(holder);
      this.#ofGroups.get(holder)?.delete(policy);
    }
  }

  /**
   * What the apply leaves somebody of what a resource gives: it may take it by another one, or not give it
   * to the new holder.
   *
   * @returns nothing, or why it is open whether anything is left; undefined where all is
   */
  leftOf(
    holder: Holder,
    resource: IamResource,
    { key, own, shown: named }: Given,
  ): "nothing" | UnknownPart | undefined {
    const { address, fate } = resource;
    const isNew = holder.resource.fate === "replaced" || own?.resource.fate === "replaced";
    if (fate === "kept" && isNew) {
      holder.note(lostByReplacement(address));
      return "nothing";
    }
    const { knownBy } = holder;
    const taking =
      typeof knownBy === "string"
        ? this.#file.takingOf?.(resource, holder.resource, takenKey(holder.kind, knownBy, key))
        : undefined;
    if (taking === undefined) {
      return undefined;
    }
    const given = named ?? `the policy ${shown(own?.name ?? nameInArn(key))}`;
    if (!taking.isSure) {
      return new UnknownPart(mayBeTaken(address, given, taking), this.#file.give);
    }
    holder.note(applyTakes(address, given, taking));
    return "nothing";
  }

  #attachOwn(
    holder: Holder,
    policy: ManagedPolicy,
    by: AttachedBy,
    given: UnknownPart | undefined,
  ): void {
    const { address, caveat } = policy.resource;
    const doubt =
      given ?? (caveat === undefined ? undefined : new UnknownPart(caveat, this.#file.give));
    policy.holders.add(holder);
    if (holder.kind === "group") {
      const others = this.#ofGroups.get(holder) ?? new Set();
      this.#ofGroups.set(holder, others.add(policy));
    }
    holder.giveManaged(address, inDoubt(held(policy), doubt), by, doubt);
  }

  /** One of several policies is attached, or any. */
  #attachOpen(holder: Holder, open: Candidates, { resource: { address }, by }: Attachment): void {
    const { reason, candidates, isConditional } = open;
    if (candidates.length === 0) {
      holder.giveUnread(openPolicy(address, reason, this.#file.give), by);
      return;
    }
    if (isConditional) {
      this.#attachSome(holder, open, address, by);
      return;
    }
    const from = candidates.map(({ resource }) => resource.address);
    const resource = address.endsWith("]") ? address.slice(0, address.lastIndexOf("[")) : address;
    const key = JSON.stringify([holder.resource.address, resource, by, from]);
    const choice = this.#choices.get(key) ?? { ...open, holder, by, attachments: [] };
    choice.attachments.push(address);
    this.#choices.set(key, choice);
  }
}

/** By what an attachment names its policies. */
export function attachedBy({ policies }: AttachmentType): AttachedBy {
  return policies === REFERENCE_BLOCKS ? "name" : "arn";
}

/** Notes what somebody has until the apply, where the file holds it. */
function lose(holder: Holder, reference: PolicyReference): void {
  if (reference.kind === "own") {
    holder.lost.push(held(reference.policy));
  } else if (reference.kind === "known") {
    holder.lost.push(reference.policy);
  }
}

function held({ name, resource, document }: ManagedPolicy): PrincipalPolicy {
  return { name, address: resource.address, document, is: "managed" };
}

/** The ARN or name of a policy that is referred to; undefined where it is not told which that is. */
function keyOf(reference: PolicyReference, by: AttachedBy): string | undefined {
  switch (reference.kind) {
    case "own":
      if (by === "name") {
        return reference.policy.name;
      }
      return reference.policy.arn instanceof Unknown ? "" : reference.policy.arn;
    case "known":
      return reference.arn;
    case "outside":
      return reference.policy;
    default:
      return undefined;
  }
}
