import { awsManagedPolicy } from "../iam/aws-managed/aws-managed-policy.js";
import { property } from "../json/json-value.js";
import { NO_REPEATED_KEYS } from "../json/repeated-key.js";
import { UnreadableFile } from "../json/unreadable-file.js";
import type { Bystanders } from "../terraform/bystanders.js";
import type { IamFile } from "../terraform/iam-file.js";
import { nameInArn } from "../terraform/iam-name.js";
import type { GivenPolicies } from "../terraform/managed-policies.js";
import type { Principal } from "../terraform/principal.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { ACCOUNT_LISTS, type HoldEntry, LEFT_OUT_WHERE_EMPTY } from "./account-lists.js";
import { boundaryIn } from "./boundary.js";
import { documentText } from "./document-text.js";
import { type Identity, identityOf, identityOfArn, isName } from "./identity.js";
import { repeatedInEntry } from "./repeated-in-entry.js";

/** Stands in a list for an entry that is not held. */
export const NOT_HELD: unique symbol = Symbol("not held");

/** Who is to be held, seem to be a bystander or not. */
interface Needed {
  /** Names of users and roles. */
  readonly names: ReadonlySet<string>;
  /** ARNs of managed policies: whoever has one is needed. */
  readonly policies: ReadonlySet<string>;
}

const NOBODY: Needed = { names: new Set(), policies: new Set() };

/** Where the inline policies of users and roles are. */
const INLINE = new Map(
  ACCOUNT_LISTS.flatMap((list) => ("inline" in list ? [[list.kind, list.inline] as const] : [])),
);

/** A policy of somebody's. */
interface NamedText {
  readonly name: string;
  readonly text: string;
}

/**
 * The bystanders of an account, who are not held while it is read: it may be larger than memory. Whether somebody is
 * one is seen from their entry, but for managed policies, which come after all users and roles, and for those who may
 * pass a role by its name. So they are passed over for the time being; at the end it is seen who is needed all the same,
 * and the account is read once more.
 */
export class PassedOver {
  readonly #bystanders: Bystanders;
  readonly #needed: Needed;
  readonly #names = { user: new Set<string>(), role: new Set<string>() };
  /** Of whom there are two entries, one of them passed over. */
  readonly #twice = new Set<string>();
  readonly #accounts = new Set<string>();
  readonly #attached = new Map<string, number>();
  readonly #boundaries = new Set<string>();

  constructor(bystanders: Bystanders, needed = NOBODY) {
    this.#bystanders = bystanders;
    this.#needed = needed;
  }

  /** What is held of an entry: all of it, or that somebody was there. */
  readonly hold: HoldEntry = (kind, entry, repeated) => {
    if (kind === "group" || kind === "policy" || repeatedInEntry(entry, repeated) !== undefined) {
      return entry;
    }
    const identity = identityIn(entry, kind);
    const inline = inlineIn(entry, kind);
    const attached = listIn(entry, "AttachedManagedPolicies", attachedArn);
    const boundary = boundaryIn(entry);
    if (
      identity === undefined ||
      inline === undefined ||
      attached === undefined ||
      boundary instanceof Unknown ||
      (kind === "user" && listIn(entry, "GroupList", noGroup) === undefined) ||
      this.#mayBeNeeded(identity, inline, attached)
    ) {
      return entry;
    }
    this.#pass(kind, identity, attached);
    if (boundary !== undefined) {
      this.#boundaries.add(boundary);
    }
    return NOT_HELD;
  };

  /** How many they are. */
  get size(): number {
    return this.#names.user.size + this.#names.role.size;
  }

  /** Their names, in the order of the account. */
  get names(): readonly string[] {
    return [...this.#names.user, ...this.#names.role];
  }

  /** The numbers of the accounts that they are in. */
  get accounts(): Iterable<string> {
    return this.#accounts;
  }

  /** ARN of a managed policy → how many of them have it. */
  get attached(): ReadonlyMap<string, number> {
    return this.#attached;
  }

  /** ARNs of the managed policies that they have, or that are the boundary of one. */
  get policies(): ReadonlySet<string> {
    return new Set([...this.#attached.keys(), ...this.#boundaries]);
  }

  /**
   * Reads on, in the same account, until nobody is passed over who is needed.
   *
   * @param file what is held
   * @param principals who is in it
   * @returns undefined where that is so
   */
  readAgain(
    file: IamFile,
    principals: readonly Principal[],
    given: GivenPolicies,
  ): PassedOver | undefined {
    const names = new Set([...this.#twice, ...this.#neededAmong(principals)]);
    const policies = this.#concerning(file, given);
    return names.size + policies.length === 0
      ? undefined
      : new PassedOver(this.#bystanders, {
          names: new Set([...this.#needed.names, ...names]),
          policies: new Set([...this.#needed.policies, ...policies]),
        });
  }

  /** Who was passed over, and has an entry that is held, or may be passed by name. */
  *#neededAmong(principals: readonly Principal[]): Iterable<string> {
    for (const principal of principals) {
      const { kind, name } = principal;
      if ((kind === "user" || kind === "role") && this.#names[kind].has(name)) {
        yield name;
      }
      for (const role of this.#bystanders.rolesPassedBy(principal)) {
        if (this.#names.role.has(role)) {
          yield role;
        }
      }
    }
  }

  /** The managed policies by which somebody who was passed over may be no bystander. */
  #concerning({ resources, lookedUp }: IamFile, given: GivenPolicies): readonly string[] {
    const own = new Map<string, unknown>();
    for (const resource of resources) {
      const arn = resource.type === "aws_iam_policy" ? resource.argument("arn") : undefined;
      if (typeof arn === "string" && this.#attached.has(arn)) {
        own.set(arn, resource.argument("policy"));
      }
    }
    return [...this.#attached.keys()].filter((arn) => {
      const policy = own.get(arn) ?? lookedUp.get(arn)?.text ?? awsManagedPolicy(arn)?.document;
      return given.has(arn) || given.has(nameInArn(arn)) || this.#bystanders.mayConcern(policy);
    });
  }

  /** Whether somebody may be no bystander, by what the entry tells, or is needed all the same. */
  #mayBeNeeded(
    { name, arn }: Identity,
    inline: readonly NamedText[],
    attached: readonly string[],
  ): boolean {
    const { mayBeMeant, mayConcern } = this.#bystanders;
    return (
      this.#needed.names.has(name) ||
      mayBeMeant(name, arn) ||
      inline.some((policy) => mayBeMeant(policy.name, arn) || mayConcern(policy.text)) ||
      attached.some(
        (policy) => this.#needed.policies.has(policy) || mayBeMeant(nameInArn(policy), policy),
      )
    );
  }

  #pass(kind: "user" | "role", { name, account }: Identity, attached: readonly string[]): void {
    const names = this.#names[kind];
    if (names.has(name)) {
      this.#twice.add(name);
    }
    names.add(name);
    this.#accounts.add(account);
    for (const arn of attached) {
      this.#attached.set(arn, (this.#attached.get(arn) ?? 0) + 1);
    }
  }
}

/** Who an entry is about; undefined where that is not told as AWS does. */
function identityIn(entry: unknown, kind: "user" | "role"): Identity | undefined {
  try {
    return identityOf(entry, kind, "");
  } catch (error) {
    if (error instanceof UnreadableFile) {
      return undefined;
    }
    throw error;
  }
}

/** The inline policies of an entry; undefined where one is not as AWS answers. */
function inlineIn(entry: unknown, kind: "user" | "role"): readonly NamedText[] | undefined {
  const key = INLINE.get(kind) ?? "";
  if (key === LEFT_OUT_WHERE_EMPTY && property(entry, key) === undefined) {
    return [];
  }
  const policies = listIn(entry, key, (policy): NamedText | undefined => {
    const name = property(policy, "PolicyName");
    const document = property(policy, "PolicyDocument");
    const text = document === undefined ? document : documentText(document, NO_REPEATED_KEYS);
    return isName(name) && typeof text === "string" ? { name, text } : undefined;
  });
  return new Set(policies?.map(({ name }) => name)).size === policies?.length
    ? policies
    : undefined;
}

function attachedArn(policy: unknown): string | undefined {
  return identityOfArn(property(policy, "PolicyArn"), "policy")?.arn;
}

/** Users in groups are held: what the groups have, comes after them. */
function noGroup(): undefined {
  return undefined;
}

/** What is read of each item of a list; undefined where there is no list, or an item of which nothing can be read. */
function listIn<T>(
  entry: unknown,
  key: string,
  read: (item: unknown) => T | undefined,
): readonly T[] | undefined {
  const list = property(entry, key);
  if (!Array.isArray(list)) {
    return undefined;
  }
  const found = list.map(read).filter((item) => item !== undefined);
  return found.length === list.length ? found : undefined;
}
