import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { type Attacher, attachedBy } from "./attacher.js";
import { ATTACHMENTS, EXCLUSIVE_NAMES, type HolderArgument } from "./grants.js";
import type { Holder } from "./holder.js";
import type { Holders } from "./holders.js";
import type { IamFile, IamResource } from "./iam-file.js";
import { inDoubt } from "./in-doubt.js";
import type { ManagedPolicies, PolicyReference } from "./managed-policies.js";
import { exclusiveListTakes } from "./notes.js";
import type { PrincipalPolicy, UnreadPolicy } from "./principal.js";
import { namedPolicy } from "./unread.js";

/** Those whom a list is for, and why it is open for which of them it is. */
interface Concerned {
  readonly holders: readonly Holder[];
  readonly open: string | undefined;
}

/** The lists in a file that name all policies of somebody: the apply takes what they do not name. */
export class ExclusiveLists {
  readonly #file: IamFile;
  readonly #holders: Holders;
  readonly #managed: ManagedPolicies;
  readonly #attacher: Attacher;
  /** Those of whom any may be meant are gone through once. */
  readonly #doubted = new Set<string>();

  constructor(file: IamFile, holders: Holders, managed: ManagedPolicies, attacher: Attacher) {
    this.#file = file;
    this.#holders = holders;
    this.#managed = managed;
    this.#attacher = attacher;
  }

  /** Takes what they take from what has been given by then. */
  apply(): void {
    this.#giveNamed();
    for (const resource of this.#file.resources) {
      this.#applyNames(resource);
      this.#applyAttachments(resource);
    }
  }

  /** What a list of inline policies names and the file does not make is there already. */
  #giveNamed(): void {
    const listed = new Map<Holder, Map<string, IamResource>>();
    for (const resource of this.#file.resources) {
      const type = EXCLUSIVE_NAMES[resource.type];
      if (type === undefined) {
        continue;
      }
      const { known } = namesIn(resource, type.names);
      for (const holder of this.#holders.locate(resource, type.holder).holders) {
        const names = listed.get(holder) ?? new Map<string, IamResource>();
        for (const name of known) {
          names.set(name, resource);
        }
        listed.set(holder, names);
      }
    }
    for (const [holder, names] of listed) {
      const held = holder.inlineNames;
      for (const [name, list] of names) {
        if (!held.has(name)) {
          this.#giveNamedTo(holder, name, list);
        }
      }
    }
  }

  #giveNamedTo(holder: Holder, name: string, list: IamResource): void {
    const { address } = list;
    const left = this.#attacher.leftOf(holder, list, { key: name });
    if (left === "nothing") {
      return;
    }
    const document = this.#managed.documents.of(undefined, name);
    if (document instanceof UnknownPart) {
      holder.giveUnread({ ...namedPolicy(name, address), maybe: left !== undefined }, "inline");
    } else {
      const own = holder.kind === "group" ? {} : ({ is: "inline" } as const);
      holder.giveInline(inDoubt({ name, address, document, ...own }, left), left);
    }
  }

  #applyNames(resource: IamResource): void {
    const type = EXCLUSIVE_NAMES[resource.type];
    if (type === undefined) {
      return;
    }
    const { known, origins, rest } = namesIn(resource, type.names);
    const { holders, open } = this.#concerned(resource, type.holder, "inline");
    const doubt = this.#doubt(resource.caveat ?? open ?? rest);
    const list = {
      has: ({ name, address }: PrincipalPolicy) => known.has(name) || origins.has(address),
      hasUnread: ({ name }: UnreadPolicy) => known.has(name),
    };
    for (const holder of holders) {
      for (const { policy } of holder.keep("inline", list, doubt)) {
        holder.lost.push(policy);
        holder.note(exclusiveListTakes(resource.address, policy.name));
      }
    }
  }

  /** Lists of managed policies, which attach what they name. */
  #applyAttachments(resource: IamResource): void {
    const type = ATTACHMENTS[resource.type];
    if (type?.isExclusive !== true) {
      return;
    }
    const references = this.#attacher.policiesOf(resource, type.policies);
    const by = attachedBy(type);
    const named = new Set(references.flatMap((reference) => keyOf(reference) ?? []));
    const list = {
      has: (_policy: PrincipalPolicy, key: string) => named.has(key),
      // What it says of any that is not told is given by itself.
      hasUnread: ({ arn, name, address }: UnreadPolicy) =>
        named.has(arn ?? name) || address === resource.address,
    };
    const rest = references.find((reference) => "reason" in reference)?.reason;
    for (const target of type.holders) {
      const { holders, open } = this.#concerned(resource, target, by);
      const doubt = this.#doubt(resource.caveat ?? open ?? rest);
      for (const holder of holders) {
        for (const { key, policy } of holder.keep(by, list, doubt)) {
          holder.lost.push(policy);
          holder.note(exclusiveListTakes(resource.address, policy.name));
          this.#attacher.detach(holder, key);
        }
      }
    }
  }

  /** Whom a list is for: where that is not told at all, anybody of the kind. */
  #concerned(resource: IamResource, target: HolderArgument, what: string): Concerned {
    const { holders, candidates, open } = this.#holders.locate(resource, target);
    if (open === undefined || candidates.length > 0) {
      return { holders: open === undefined ? holders : candidates, open };
    }
    const key = `${target.kind} ${what}`;
    const all = this.#doubted.has(key) ? [] : this.#holders.anybody(target.kind);
    this.#doubted.add(key);
    return { holders: all, open };
  }

  #doubt(reason: string | undefined): UnknownPart | undefined {
    return reason === undefined ? undefined : new UnknownPart(reason, this.#file.give);
  }
}

/** By what a holder has a managed policy that is referred to. */
function keyOf(reference: PolicyReference): string | undefined {
  switch (reference.kind) {
    case "own":
      return reference.policy.resource.address;
    case "known":
      return reference.arn;
    case "outside":
      return reference.policy;
    default:
      return undefined;
  }
}

/** What a list of names names. */
interface Names {
  readonly known: ReadonlySet<string>;
  /** Addresses of the policies whose names are not known, and in it. */
  readonly origins: ReadonlySet<string>;
  /** Why it may name others, too. */
  readonly rest: string | undefined;
}

function namesIn(resource: IamResource, argument: string): Names {
  const list = resource.argument(argument);
  const items: readonly unknown[] = Array.isArray(list) ? list : [list];
  const unknown = items.filter((item) => item instanceof Unknown);
  // Each reference is taken for one name. What refers to nothing may be any, and so may a list.
  const rest = list instanceof Unknown ? list : unknown.find(({ origins }) => origins.length === 0);
  return {
    known: new Set(items.filter((item) => typeof item === "string")),
    origins: new Set(unknown.flatMap(({ origins }) => origins)),
    rest: rest?.reason,
  };
}
