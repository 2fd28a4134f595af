import { matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import { shown, shownAddress } from "../json/shown.js";
import type { Unknown } from "../terraform-expression/unknown.js";
import type { HolderKind } from "./grants.js";
import type { IamResource } from "./iam-file.js";
import { nameOf } from "./iam-name.js";
import { inDoubt } from "./in-doubt.js";
import { sentenceOf } from "./notes.js";
import type { PrincipalPolicy, UnreadPolicy } from "./principal.js";

/** How a managed policy is attached. Exclusive lists are so among the policies of one way. */
export type AttachedBy = "arn" | "name";

/** More inline policies than IAM's quota of characters leaves room for. */
const MAX_NAMED_LATER = 200;

/** A policy that somebody has. */
interface Held {
  readonly as: "inline" | AttachedBy | "group" | "open";
  readonly policy: PrincipalPolicy;
  /** Why it is open whether it has it; undefined where it is sure. */
  readonly doubt: UnknownPart | undefined;
}

/** A policy that somebody has, and that is not in the file. */
interface HeldUnread {
  readonly as: Held["as"];
  readonly policy: UnreadPolicy;
}

/** The policies that an exclusive list names. */
export interface NamedPolicies {
  readonly has: (policy: PrincipalPolicy, key: string) => boolean;
  /** Whether it names one that is not in the file. */
  readonly hasUnread: (policy: UnreadPolicy) => boolean;
}

/** The policies of a group, for its users. */
export interface GroupPolicies {
  /** What makes each one and the same. */
  readonly keys: readonly string[];
  readonly policies: readonly PrincipalPolicy[];
  /** How many are left out. */
  readonly left: number;
}

/* What most have none of: there may be hundreds of thousands, and an empty set takes 200 bytes. */
const NO_SENTENCES: ReadonlySet<string> = new Set();
const NO_POLICIES: readonly UnreadPolicy[] = [];
const NO_USERS: ReadonlySet<Holder> = new Set();

/** A user, role, permission set or group of the file, and what it is found to have. */
export class Holder {
  readonly kind: HolderKind;
  readonly resource: IamResource;
  readonly name: string | Unknown;
  /** The policies that the apply takes from it. */
  readonly lost: PrincipalPolicy[] = [];
  /** Addresses of what runs as it. */
  readonly runs: string[] = [];
  #notes: Set<string> | undefined;
  #members: Set<Holder> | undefined;
  #formerMembers: Set<Holder> | undefined;
  /** By what makes them one and the same. */
  readonly #held = new Map<string, Held>();
  /** Names of inline policies that several resources write, and why it is open which one stays. */
  #overwritten: Map<string, UnknownPart> | undefined;
  /** Inline policies whose names somebody gives later. */
  readonly #named: { readonly policy: PrincipalPolicy; readonly name: Unknown }[] = [];
  readonly #ofGroups: GroupPolicies[] = [];
  /** Likewise, of those that are not in the file. */
  #unread: Map<string, HeldUnread> | undefined;

  constructor(kind: HolderKind, resource: IamResource) {
    this.kind = kind;
    this.resource = resource;
    this.name = nameOf(resource);
    this.note(resource.caveat === undefined ? undefined : sentenceOf(resource.caveat));
  }

  /** What other resources call it: its name; of a permission set, its ARN. */
  get knownBy(): unknown {
    return this.kind === "permission set" ? this.resource.argument("arn") : this.name;
  }

  /** Sentences that are good to know. */
  get notes(): ReadonlySet<string> {
    return this.#notes ?? NO_SENTENCES;
  }

  /** The users that are in it, of a group. */
  get members(): ReadonlySet<Holder> {
    return this.#members ?? NO_USERS;
  }

  /** The users that the apply takes out of it. */
  get formerMembers(): ReadonlySet<Holder> {
    return this.#formerMembers ?? NO_USERS;
  }

  /** The policies that it has, in the order in which it came by them; those of its groups at the end. */
  get policies(): readonly PrincipalPolicy[] {
    if (this.#ofGroups.length === 0) {
      return Array.from(this.#held.values(), ({ policy }) => policy);
    }
    const [group, ...others] = this.#ofGroups;
    if (group !== undefined && others.length === 0 && this.#held.size === 0) {
      // One list for all users: there may be thousands.
      return group.policies;
    }
    const all = new Map<string, PrincipalPolicy>();
    for (const [key, { policy }] of this.#held) {
      all.set(key, policy);
    }
    for (const { keys, policies } of this.#ofGroups) {
      for (const [index, policy] of policies.entries()) {
        const key = keys[index] ?? "";
        if (!all.has(key) || this.#held.get(key)?.doubt !== undefined) {
          all.set(key, policy);
        }
      }
    }
    return [...all.values()];
  }

  /**
   * Its policies as the users of a group have them.
   *
   * @param most how many of them
   */
  forMembers(most: number): GroupPolicies {
    const held = [...this.#held].slice(0, most);
    return {
      // A user may have an inline policy of the same name, and has both.
      keys: held.map(([key, { as, policy }]) =>
        as === "inline" ? `${policy.address} ${key}` : key,
      ),
      policies: held.map(([, { policy }]) => policy),
      left: this.#held.size - held.length,
    };
  }

  /** The policies that it has, or may have, and that are not in the file. */
  get unread(): readonly UnreadPolicy[] {
    return this.#unread === undefined
      ? NO_POLICIES
      : Array.from(this.#unread.values(), ({ policy }) => policy);
  }

  /** The names of its inline policies. */
  get inlineNames(): ReadonlySet<string> {
    const inline = [...this.#held.values()].filter(({ as }) => as === "inline");
    return new Set(inline.map(({ policy }) => policy.name));
  }

  /** Adds a sentence; nothing where there is nothing to say. */
  note(sentence: string | undefined): void {
    if (sentence !== undefined) {
      this.#notes ??= new Set();
      this.#notes.add(sentence);
    }
  }

  /** Puts a user into it. */
  addMember(user: Holder): void {
    this.#members ??= new Set();
    this.#members.add(user);
  }

  /** Notes a user whom the apply takes out of it. */
  addFormerMember(user: Holder): void {
    this.#formerMembers ??= new Set();
    this.#formerMembers.add(user);
  }

  /**
   * Gives it a policy of its own. One name is one policy: resources that say different things write over one
   * another, and the file does not tell in which order. What it says itself comes here last, and is older.
   *
   * @param policy in doubt, where that is so
   * @param doubt why it is open whether it has it
   */
  giveInline(policy: PrincipalPolicy, doubt?: UnknownPart): void {
    if (doubt !== undefined || policy.name === "" || policy.name.includes("*")) {
      this.#giveApart(policy, doubt);
      return;
    }
    const key = `inline ${policy.name}`;
    const known = this.#held.get(key);
    const isKnown = known !== undefined || this.#overwritten?.has(policy.name) === true;
    if (isKnown && policy.address === this.resource.address) {
      return;
    }
    if (known !== undefined && !isSame(known.policy, policy)) {
      const overwritten = overwriteEachOther(known.policy, policy);
      this.#overwritten ??= new Map();
      this.#overwritten.set(policy.name, overwritten);
      this.#held.delete(key);
      this.#giveApart(inDoubt(known.policy, overwritten), overwritten);
    }
    const overwritten = this.#overwritten?.get(policy.name);
    if (overwritten !== undefined) {
      this.#giveApart(inDoubt(policy, overwritten), overwritten);
    } else if (known === undefined) {
      this.#held.set(key, { as: "inline", policy, doubt });
    }
  }

  /**
   * Gives it a policy whose name somebody gives later: it may be that of another one.
   *
   * @param name what is known of it
   */
  giveInlineNamedLater(policy: PrincipalPolicy, name: Unknown): void {
    this.#giveApart(policy, undefined);
    if (this.#named.length < MAX_NAMED_LATER) {
      this.#named.push({ policy, name });
    }
  }

  /** Puts in doubt what may be written over by a policy whose name is given later. */
  settleNames(): void {
    for (const [key, { as, policy, doubt }] of this.#named.length > 0 ? [...this.#held] : []) {
      const isNamed = policy.name !== "" && !policy.name.includes("*");
      const other = this.#named.find(
        (later) =>
          later.policy.address !== policy.address &&
          mayBeCalled(later.name, policy.name) &&
          !isSame(later.policy, policy),
      );
      if (as === "inline" && doubt === undefined && isNamed && other !== undefined) {
        const { known, reason } = other.name;
        const cause = `${shownAddress(other.policy.address)} may write over the inline policy ${shown(policy.name)}: ${reason}`;
        const open = new UnknownPart(cause, known.give ?? "the name");
        this.#held.set(key, { as, policy: inDoubt(policy, open), doubt: open });
      }
    }
  }

  /** Gives it a policy that may or may not be the one of its name. */
  #giveApart(policy: PrincipalPolicy, doubt: UnknownPart | undefined): void {
    const key = `inline ${policy.address} ${policy.name}`;
    if (!this.#held.has(key)) {
      this.#held.set(key, { as: "inline", policy, doubt });
    }
  }

  /**
   * Gives it a managed policy: what comes twice counts once.
   *
   * @param key its address or ARN
   * @param policy in doubt, where that is so
   * @param doubt why it is open whether it has it
   */
  giveManaged(key: string, policy: PrincipalPolicy, as: AttachedBy, doubt?: UnknownPart): void {
    const known = this.#held.get(key);
    if (known === undefined || (known.doubt !== undefined && doubt === undefined)) {
      this.#held.set(key, { as, policy, doubt });
    }
  }

  /** Gives it the policies of a group that it is in. */
  giveFromGroup(policies: GroupPolicies): void {
    this.#ofGroups.push(policies);
  }

  /** Gives it a policy that is not in the file. */
  giveUnread(policy: UnreadPolicy, as: Held["as"]): void {
    const { name, arn, address, cause } = policy;
    const key = arn ?? (name === "" ? `${address} ${cause}` : `${name} ${cause}`);
    this.#unread ??= new Map();
    const known = this.#unread.get(key);
    if (known === undefined || (known.policy.maybe && !policy.maybe)) {
      this.#unread.set(key, { as, policy });
    }
  }

  /**
   * Takes the policies that an exclusive list does not name.
   *
   * @param as of which kind of policies it names all
   * @param list which of them it names
   * @param doubt why it may name others, too
   * @returns keys and policies of what was taken
   */
  keep(
    as: Held["as"],
    list: NamedPolicies,
    doubt: UnknownPart | undefined,
  ): readonly { readonly key: string; readonly policy: PrincipalPolicy }[] {
    const taken: { key: string; policy: PrincipalPolicy }[] = [];
    for (const [key, held] of this.#held) {
      if (held.as !== as || list.has(held.policy, key)) {
        continue;
      }
      if (doubt === undefined) {
        this.#held.delete(key);
        taken.push({ key, policy: held.policy });
      } else if (held.doubt === undefined) {
        this.#held.set(key, { as, policy: inDoubt(held.policy, doubt), doubt });
      }
    }
    for (const [key, unread] of this.#unread ?? []) {
      if (unread.as !== as || list.hasUnread(unread.policy)) {
        continue;
      }
      if (doubt === undefined) {
        this.#unread?.delete(key);
      } else if (!unread.policy.maybe) {
        this.#unread?.set(key, { as, policy: { ...unread.policy, maybe: true } });
      }
    }
    return taken;
  }
}

function mayBeCalled({ known }: Unknown, name: string): boolean {
  return matchesGlob(parseGlob(known.pieces?.join("*") ?? "*"), name);
}

function isSame({ document: one }: PrincipalPolicy, { document: other }: PrincipalPolicy): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** Why it is open which of two inline policies of one name stays. */
function overwriteEachOther(one: PrincipalPolicy, other: PrincipalPolicy): UnknownPart {
  const both = `${shownAddress(one.address)} and ${shownAddress(other.address)}`;
  return new UnknownPart(
    `${both} both write the inline policy ${shown(one.name)}, and which of them comes last is not told`,
    "a file in which each inline policy has a name of its own",
  );
}
