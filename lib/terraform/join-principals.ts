import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import { isObject, property, textIn } from "../json/json-value.js";
import { shown, shownAddress } from "../json/shown.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { Attacher, attachedBy } from "./attacher.js";
import { tellRoles } from "./compute.js";
import { ExclusiveLists } from "./exclusive-lists.js";
import { BOUNDARY_OF_IT, inGroup } from "./given-pairs.js";
import {
  ATTACHMENTS,
  BOUNDARIES,
  type HolderKind,
  INLINE_POLICIES,
  MEMBERSHIPS,
  REFERENCE_BLOCKS,
} from "./grants.js";
import { giveToMembers, loseOfGroup, takeFromGroup } from "./groups.js";
import type { Holder } from "./holder.js";
import { Holders, type Located } from "./holders.js";
import type { IamFile, IamResource } from "./iam-file.js";
import { nameOf } from "./iam-name.js";
import { inDoubt } from "./in-doubt.js";
import { type GivenPolicies, ManagedPolicies, type PolicyReference } from "./managed-policies.js";
import { isForOutsider, isForUnknown } from "./notes.js";
import { OpenGrants } from "./open-grants.js";
import type { Principal, PrincipalPolicy } from "./principal.js";
import { principalOf, unattached, unattachedManaged } from "./principal-of.js";
import { mayBeMember, openGroups, outsideGroup, restOfList } from "./unread.js";

/**
 * Finds out who has which policy: users, roles and permission sets, and policies that nobody in the
 * file has.
 *
 * @param given documents of policies that are not in the file, or not told in it
 */
export function joinPrincipals(file: IamFile, given: GivenPolicies): readonly Principal[] {
  return new Join(file, given).principals();
}

class Join {
  readonly #file: IamFile;
  readonly #holders: Holders;
  readonly #managed: ManagedPolicies;
  readonly #attacher: Attacher;
  readonly #open = new OpenGrants();
  /** Boundaries that are set from outside. */
  readonly #boundaries = new Map<Holder, PolicyReference>();
  /** Inline policies of nobody in the file. */
  readonly #loose: Principal[] = [];

  constructor(file: IamFile, given: GivenPolicies) {
    this.#file = file;
    this.#holders = new Holders(file);
    this.#managed = new ManagedPolicies(file, given);
    this.#attacher = new Attacher(file, this.#managed);
  }

  principals(): readonly Principal[] {
    for (const resource of this.#file.resources) {
      this.#inlinePolicy(resource);
      this.#attachment(resource);
      this.#boundary(resource);
      this.#membership(resource);
    }
    // What a role says of itself comes last: where a resource says it too, that is newer.
    for (const role of this.#holders.ofKind("role")) {
      this.#inlineBlocks(role);
      this.#attachedArns(role);
    }
    for (const holder of this.#holders.all) {
      holder.settleNames();
      for (const policy of this.#file.untold?.get(holder.resource.address) ?? []) {
        holder.giveUnread(policy, "open");
      }
    }
    this.#open.giveTo(this.#holders, this.#file.give);
    this.#attacher.choose();
    new ExclusiveLists(this.#file, this.#holders, this.#managed, this.#attacher).apply();
    this.#groups();
    tellRoles(this.#file, this.#holders);
    return this.#told();
  }

  #told(): readonly Principal[] {
    const people = this.#holders.all.flatMap((holder) => {
      const boundary = this.#boundaries.get(holder);
      return holder.kind === "group"
        ? []
        : [principalOf(holder, holder.kind, boundary, this.#managed, this.#file)];
    });
    const heldElsewhere = this.#managed.heldElsewhere(this.#file);
    const nobodys = this.#managed.all
      .filter(
        (policy) => policy.holders.size === 0 && !policy.isBoundary && !heldElsewhere.has(policy),
      )
      .map((policy) => unattachedManaged(policy, this.#file));
    return [...people, ...nobodys, ...this.#loose];
  }

  #inlinePolicy(resource: IamResource): void {
    const type = INLINE_POLICIES[resource.type];
    if (type === undefined) {
      return;
    }
    const { address, caveat } = resource;
    const label = type.name ?? nameOf(resource);
    const name = label instanceof Unknown ? "" : label;
    const document = this.#managed.documents.of(resource.argument(type.text), name);
    const isInline = type.holder.kind === "user" || type.holder.kind === "role";
    const policy: PrincipalPolicy = {
      name,
      address,
      document,
      ...(isInline ? { is: "inline" } : {}),
    };
    const located = this.#holders.locate(resource, type.holder);
    const sure = this.#doubt(caveat);
    for (const holder of located.holders) {
      const left = this.#attacher.leftOf(holder, resource, { key: name });
      if (left === "nothing") {
        holder.lost.push(policy);
        continue;
      }
      const doubt = sure ?? left;
      const given = type.name === undefined ? resource.argument("name") : undefined;
      if (doubt === undefined && given instanceof Unknown && given.known.give !== undefined) {
        holder.giveInlineNamedLater(policy, given);
      } else {
        holder.giveInline(inDoubt(policy, doubt), doubt);
      }
    }
    const doubt = this.#doubtOf(resource, located);
    this.#giveOpen(type.holder.kind, resource, located, (holder) =>
      holder.giveInline(inDoubt(policy, doubt), doubt),
    );
    if (located.holders.length === 0) {
      const notes = [
        ...(caveat === undefined ? [] : [caveat]),
        ...elsewhere(type.holder.kind, located),
      ];
      this.#loose.push(unattached(policy, this.#file.moduleSources(resource.module), notes));
    }
  }

  #attachment(resource: IamResource): void {
    const type = ATTACHMENTS[resource.type];
    if (type === undefined) {
      return;
    }
    const by = attachedBy(type);
    for (const reference of this.#attacher.policiesOf(resource, type.policies)) {
      for (const target of type.holders) {
        const located = this.#holders.locate(resource, target);
        const sure = this.#doubt(resource.caveat);
        for (const holder of located.holders) {
          this.#attacher.attach(holder, { reference, resource, by, doubt: sure });
        }
        const doubt = this.#doubtOf(resource, located);
        this.#giveOpen(target.kind, resource, located, (holder) =>
          this.#attacher.attach(holder, { reference, resource, by, doubt }),
        );
        if (reference.kind === "own") {
          for (const note of elsewhere(target.kind, located)) {
            reference.policy.notes.add(note);
          }
        }
      }
    }
  }

  #boundary(resource: IamResource): void {
    const target = BOUNDARIES[resource.type];
    if (target === undefined) {
      return;
    }
    const located = this.#holders.locate(resource, target);
    const { caveat } = resource;
    const reference =
      caveat === undefined
        ? this.#boundaryIn(resource.argument("permissions_boundary"))
        : openBoundary(caveat);
    for (const holder of located.holders) {
      const given = { key: BOUNDARY_OF_IT, shown: BOUNDARY_OF_IT };
      const left = this.#attacher.leftOf(holder, resource, given);
      if (left === undefined) {
        this.#boundaries.set(holder, reference);
      } else if (left !== "nothing") {
        this.#boundaries.set(holder, openBoundary(left.cause));
      }
    }
    this.#giveOpen(target.kind, resource, located, (holder) => {
      this.#boundaries.set(holder, openBoundary(located.open ?? ""));
    });
  }

  /** A block that names an AWS-managed policy by its ARN, or one of the account by its name. */
  #boundaryIn(blocks: unknown): PolicyReference {
    const [block] = [blocks].flat();
    if (block instanceof Unknown) {
      return this.#managed.locate(block);
    }
    const [reference] = this.#attacher.byName(property(block, REFERENCE_BLOCKS));
    return reference ?? this.#managed.locate(property(block, "managed_policy_arn"));
  }

  #membership(resource: IamResource): void {
    const type = MEMBERSHIPS[resource.type];
    if (type === undefined) {
      return;
    }
    const { address, caveat } = resource;
    const { give } = this.#file;
    const users = this.#holders.locate(resource, type.users);
    const groups = this.#holders.locate(resource, type.groups);
    const open = caveat ?? groups.open;
    for (const user of users.holders) {
      for (const group of caveat === undefined ? groups.holders : []) {
        if (this.#isMember(user, resource, group.name)) {
          group.addMember(user);
        } else {
          group.addFormerMember(user);
        }
      }
      for (const name of groups.outside) {
        if (this.#isMember(user, resource, name)) {
          user.giveUnread(outsideGroup(name, address), "group");
        }
      }
      if (open !== undefined) {
        user.giveUnread(openGroups(address, open, give), "group");
      }
    }
    this.#giveOpen(type.users.kind, resource, users, (user) =>
      user.giveUnread(mayBeMember(address, users.open ?? "", give), "group"),
    );
  }

  /** Whether somebody is in a group at the end; where that is open, it is given as such. */
  #isMember(user: Holder, resource: IamResource, group: string | Unknown): boolean {
    const name = typeof group === "string" ? group : "";
    const left = this.#attacher.leftOf(user, resource, {
      key: inGroup(name),
      shown: `the membership in the group ${shown(name)}`,
    });
    if (left instanceof UnknownPart) {
      user.giveUnread(mayBeMember(resource.address, left.cause, left.give), "group");
    }
    return left === undefined;
  }

  /** `inline_policy` blocks, which are deprecated and in use. */
  #inlineBlocks(role: Holder): void {
    const { address } = role.resource;
    const blocks = role.resource.argument("inline_policy");
    for (const block of [blocks].flat()) {
      if (block instanceof Unknown) {
        role.giveUnread(restOfList(address, block.reason, this.#file.give), "inline");
      } else if (isObject(block)) {
        const name = textIn(block, "name") ?? "";
        const text = property(block, "policy") ?? "";
        // A block without anything says that there are no inline policies.
        if (name !== "" || text !== "") {
          const document = this.#managed.documents.of(text, name);
          role.giveInline({ name, address, document, is: "inline" });
        }
      }
    }
  }

  /** `managed_policy_arns`, likewise. */
  #attachedArns(role: Holder): void {
    const { resource } = role;
    if (resource.argument("managed_policy_arns") !== undefined) {
      for (const reference of this.#attacher.policiesOf(resource, "managed_policy_arns")) {
        this.#attacher.attach(role, { reference, resource, by: "arn", doubt: undefined });
      }
    }
  }

  #groups(): void {
    for (const group of this.#holders.ofKind("group")) {
      loseOfGroup(group);
      if (group.members.size > 0) {
        giveToMembers(group);
        continue;
      }
      const sources = this.#file.moduleSources(group.resource.module);
      for (const policy of takeFromGroup(group, this.#attacher.ofGroup(group), sources)) {
        this.#loose.push(policy);
      }
    }
  }

  /** Gives to those whom a resource may be for. */
  #giveOpen(
    kind: HolderKind,
    { address }: IamResource,
    { open, candidates }: Located,
    give: (holder: Holder) => void,
  ): void {
    if (open !== undefined && candidates.length === 0) {
      this.#open.add(kind, { address, reason: open, give });
    }
    for (const holder of candidates) {
      give(holder);
    }
  }

  #doubt(reason: string | undefined): UnknownPart | undefined {
    return reason === undefined ? undefined : new UnknownPart(reason, this.#file.give);
  }

  #doubtOf({ address }: IamResource, { open }: Located): UnknownPart | undefined {
    return open === undefined
      ? undefined
      : this.#doubt(`whether ${shownAddress(address)} is for it is not told: ${open}`);
  }
}

/** The boundary of somebody, of which it is not told which it is. */
function openBoundary(reason: string): PolicyReference {
  return { kind: "open", reason, candidates: [], isConditional: true };
}

/** That a policy is for somebody who is not in the file, or not told. */
function elsewhere(kind: HolderKind, { outside, open }: Located): readonly string[] {
  return [
    ...outside.map((name) => isForOutsider(kind, name)),
    ...(open === undefined ? [] : [isForUnknown(kind, open)]),
  ];
}
