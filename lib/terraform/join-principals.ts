import { ATTACHMENTS, type HolderKind, INLINE_POLICIES, MEMBERSHIPS } from "./grants.js";
import { giveToMembers, takeFromGroup } from "./groups.js";
import type { Holder } from "./holder.js";
import { Holders, type Located } from "./holders.js";
import type { IamFile, IamResource } from "./iam-file.js";
import { nameInArn, nameOf } from "./iam-name.js";
import { isObject, property, textIn } from "./json-value.js";
import { ManagedPolicies, type ManagedPolicy, type PolicyReference } from "./managed-policies.js";
import {
  attachedFromOutside,
  attachedUnknown,
  inlinePoliciesLeftOut,
  isForOutsider,
  isForUnknown,
  isInOutsideGroup,
  isInUnknownGroups,
  mayAttachMore,
  mayBeAttached,
  mayBeFor,
  mayBeForAny,
} from "./notes.js";
import type { Principal } from "./principal.js";
import { principalOf, unattached, unattachedManaged } from "./principal-of.js";
import { Unknown } from "./unknown.js";

/** Finds out who has which policy: users, roles, and policies that nobody in the file has. */
export function joinPrincipals(file: IamFile): readonly Principal[] {
  return new Join(file).principals();
}

class Join {
  readonly #file: IamFile;
  readonly #holders: Holders;
  readonly #managed: ManagedPolicies;
  readonly #managedOfGroups = new Map<Holder, Set<ManagedPolicy>>();
  /** Inline policies of nobody in the file. */
  readonly #loose: Principal[] = [];
  /** Addresses of what may be for anybody of a kind. */
  readonly #open: Record<HolderKind, string[]> = { user: [], role: [], group: [] };

  constructor(file: IamFile) {
    this.#file = file;
    this.#holders = new Holders(file.resources);
    this.#managed = new ManagedPolicies(file);
  }

  principals(): readonly Principal[] {
    const { resources, partition } = this.#file;
    for (const resource of resources) {
      this.#inlinePolicy(resource);
      this.#attachment(resource);
      this.#membership(resource);
    }
    // What a role says of itself comes last: where a resource says it too, that is newer.
    for (const role of this.#holders.ofKind("role")) {
      this.#inlineBlocks(role);
      this.#attachedArns(role);
    }
    for (const group of this.#holders.ofKind("group")) {
      if (group.members.size > 0) {
        giveToMembers(group);
      } else {
        for (const policy of takeFromGroup(group, this.#managedOfGroups.get(group) ?? [])) {
          this.#loose.push(policy);
        }
      }
    }
    this.#noteOpen();
    const people = this.#holders.all.flatMap((holder) =>
      holder.kind === "group" ? [] : [principalOf(holder, holder.kind, this.#managed, partition)],
    );
    const nobodys = this.#managed.all.filter(
      ({ holders, isBoundary }) => holders.size === 0 && !isBoundary,
    );
    return [...people, ...nobodys.map(unattachedManaged), ...this.#loose];
  }

  #inlinePolicy(resource: IamResource): void {
    const target = INLINE_POLICIES[resource.type];
    if (target === undefined) {
      return;
    }
    const { address, caveat } = resource;
    const label = nameOf(resource);
    const name = label instanceof Unknown ? "" : label;
    const document = this.#managed.documents.of(resource.argument("policy"));
    const located = this.#locate(resource, target);
    for (const holder of located.holders) {
      holder.note(caveat);
      holder.giveInline({ name, address, document });
    }
    if (located.holders.length === 0) {
      const notes = [...(caveat === undefined ? [] : [caveat]), ...elsewhere(target.kind, located)];
      this.#loose.push(unattached({ name, address, document }, notes));
    }
  }

  #attachment(resource: IamResource): void {
    const attachment = ATTACHMENTS[resource.type];
    if (attachment === undefined) {
      return;
    }
    const references = this.#policies(resource, attachment.policies);
    for (const target of attachment.holders) {
      const located = this.#locate(resource, target);
      for (const reference of references) {
        for (const holder of located.holders) {
          holder.note(resource.caveat);
          this.#attach(holder, reference, resource.address);
        }
        if (reference.kind === "own") {
          for (const note of elsewhere(target.kind, located)) {
            reference.policy.notes.add(note);
          }
        }
      }
    }
  }

  #membership(resource: IamResource): void {
    const membership = MEMBERSHIPS[resource.type];
    if (membership === undefined) {
      return;
    }
    const users = this.#locate(resource, membership.users);
    const groups = this.#holders.locate(resource, membership.groups);
    for (const user of users.holders) {
      user.note(resource.caveat);
      for (const group of groups.holders) {
        group.members.add(user);
      }
      for (const name of groups.outside) {
        user.note(isInOutsideGroup(name));
      }
      if (groups.open !== undefined) {
        user.note(isInUnknownGroups(resource.address, groups.open));
      }
    }
  }

  /** `inline_policy` blocks, which are deprecated and in use. */
  #inlineBlocks(role: Holder): void {
    const { address } = role.resource;
    const blocks = role.resource.argument("inline_policy");
    if (blocks instanceof Unknown) {
      role.note(inlinePoliciesLeftOut(address, blocks));
    }
    for (const block of (Array.isArray(blocks) ? blocks : [blocks]).filter(isObject)) {
      const name = textIn(block, "name") ?? "";
      const text = property(block, "policy") ?? "";
      // A block without anything says that there are no inline policies.
      if (name !== "" || text !== "") {
        const document = this.#managed.documents.of(text);
        role.giveInline({ name, address, document });
      }
    }
  }

  /** `managed_policy_arns`, likewise. */
  #attachedArns(role: Holder): void {
    const { resource } = role;
    if (resource.argument("managed_policy_arns") !== undefined) {
      for (const reference of this.#policies(resource, "managed_policy_arns")) {
        this.#attach(role, reference, resource.address);
      }
    }
  }

  /** The managed policies that an argument names: one, or a list. */
  #policies(resource: IamResource, argument: string): readonly PolicyReference[] {
    const value = resource.argument(argument);
    if (Array.isArray(value)) {
      return value.map((item) => this.#managed.locate(item));
    }
    if (!(value instanceof Unknown) || !argument.endsWith("s")) {
      return [this.#managed.locate(value)];
    }
    // Of a list, what is written out cannot be seen beside what is referred to.
    const named = this.#managed.fromOrigins(value.origins);
    return [
      ...named.map((policy): PolicyReference => ({ kind: "own", policy })),
      { kind: "rest", reason: value.reason },
    ];
  }

  #attach(holder: Holder, reference: PolicyReference, attachment: string): void {
    switch (reference.kind) {
      case "own": {
        const { policy } = reference;
        const { address, caveat } = policy.resource;
        policy.holders.add(holder);
        if (holder.kind === "group") {
          const others = this.#managedOfGroups.get(holder) ?? new Set();
          this.#managedOfGroups.set(holder, others.add(policy));
        }
        holder.note(caveat);
        holder.giveManaged(address, { name: policy.name, address, document: policy.document });
        return;
      }
      case "looked-up": {
        const { arn, policy } = reference;
        const document = this.#managed.documents.of(policy.text);
        holder.giveManaged(arn, { name: nameInArn(arn), address: policy.address, document });
        return;
      }
      case "outside":
        holder.note(attachedFromOutside(reference.arn));
        return;
      case "rest":
        holder.note(mayAttachMore(attachment, reference.reason));
        return;
      case "open":
        holder.note(attachedUnknown(attachment, reference.reason));
        for (const policy of reference.candidates) {
          policy.notes.add(mayBeAttached(attachment, reference.reason));
        }
    }
  }

  /** Whom a resource is for; those whom it may be for take note of it. */
  #locate(resource: IamResource, target: Parameters<Holders["locate"]>[1]): Located {
    const located = this.#holders.locate(resource, target);
    if (located.open !== undefined) {
      if (located.candidates.length === 0) {
        this.#open[target.kind].push(resource.address);
      }
      const note = mayBeFor(resource.address, located.open);
      for (const holder of located.candidates) {
        holder.note(note);
      }
    }
    return located;
  }

  #noteOpen(): void {
    for (const kind of ["user", "role"] as const) {
      const addresses = this.#open[kind];
      if (addresses.length > 0) {
        const note = mayBeForAny(kind, addresses);
        for (const holder of this.#holders.ofKind(kind)) {
          holder.note(note);
        }
      }
    }
  }
}

/** That a policy is for somebody who is not in the file, or not told. */
function elsewhere(kind: HolderKind, { outside, open }: Located): readonly string[] {
  return [
    ...outside.map((name) => isForOutsider(kind, name)),
    ...(open === undefined ? [] : [isForUnknown(kind, open)]),
  ];
}
