import {
  isObject,
  type JsonObject,
  objectIn,
  property,
  textIn,
  textsOf,
} from "../json/json-value.js";
import type { Bystanders } from "./bystanders.js";
import { givenPairs } from "./given-pairs.js";
import { HOLDERS, type HolderKind } from "./grants.js";
import { IAM_TYPES, type IamFile, type NotHeld } from "./iam-file.js";
import type { PolicyReference } from "./managed-policies.js";
import { moduleOf, withoutKeys } from "./module-path.js";
import { SeenPartitions } from "./partition.js";
import { PASSABLE_TYPES, type Passable, passable, whose } from "./passable.js";
import { PassedOverNames } from "./passed-over-names.js";
import { PassedOverPlaces } from "./passed-over-places.js";
import type { Principal } from "./principal.js";
import type { UnreadInstances } from "./unread-instances.js";

/**
 * The bystanders of a plan or a state, who are not held while it is read: it may be larger than memory. A user or role
 * that nothing in its resource makes more than one is passed over for the time being, and so is what is for one of them
 * and makes nobody more. When the others are joined, it is seen of whom something is asked: these are needed all the
 * same, and the file is read once more, until nothing is asked of anybody who is passed over. Then it says of the others
 * what it says where all are held.
 */
export class PassedOverResources implements NotHeld {
  readonly #bystanders: Bystanders;
  /** What is to be held: by a kind, its name behind its kind, an address, or a module. */
  readonly #needed: ReadonlySet<string>;
  readonly #passed = new PassedOverNames();
  /** ARNs of policies that they have, and that are not in the file. */
  readonly #outside = new Set<string>();
  /** ARNs of managed policies by which somebody may be no bystander. */
  readonly #concerning = new Set<string>();
  readonly #places = new PassedOverPlaces();
  /** Addresses of what could have been passed over, and was not. */
  readonly #held = new Set<string>();
  /** Kinds and names of those whom that is about: what comes behind it is held, too. */
  readonly #known = new Set<string>();
  readonly #partitions = new SeenPartitions();
  #isFirst = true;
  /** From whom a plan may take something, or whom it replaces; and ARNs of policies that it deletes. */
  readonly #changed: [kind: HolderKind, name: string][] = [];
  readonly #deleted = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #anybody = new Set<string>();

  constructor(bystanders: Bystanders, needed: ReadonlySet<string> = new Set()) {
    this.#bystanders = bystanders;
    this.#needed = needed;
  }

  /**
   * Whether a resource is passed over.
   *
   * @param unread takes the instances of a plan, which its configuration refers to. @default nothing does, as in a state
   */
  passes(resource: unknown, unread?: UnreadInstances): boolean {
    const [type, address] = [textIn(resource, "type") ?? "", textIn(resource, "address") ?? ""];
    const values = objectIn(resource, "values");
    if (textIn(resource, "mode") !== "managed" || !IAM_TYPES.has(type)) {
      return false;
    }
    const isSample = this.#isSample(values);
    this.#seePolicy(type, address, values);
    if (!PASSABLE_TYPES.has(type)) {
      return false;
    }
    // Also those who are held: so instances keep their order.
    const isLost = unread?.add(resource) === false;
    const isDeposed = (property(resource, "deposed_key") ?? undefined) !== undefined;
    const found =
      isSample || isDeposed || isLost ? undefined : this.#passable(type, address, values);
    if (found === undefined) {
      this.#hold(type, address, values);
      return false;
    }
    this.#passed.add(found);
    if (unread !== undefined && found.isHolder) {
      this.#places.add(address, found.lacks);
    }
    return true;
  }

  /** Whether what a plan does to a resource is passed over, for it is only about somebody who is. */
  passesChange(resource: unknown): boolean {
    const [type, address] = [textIn(resource, "type") ?? "", textIn(resource, "address") ?? ""];
    if (!IAM_TYPES.has(type) || textIn(resource, "mode") !== "managed") {
      return false;
    }
    const change = property(resource, "change");
    const actions = textsOf(property(change, "actions")).join();
    const before = objectIn(change, "before");
    const isPassable = PASSABLE_TYPES.has(type) && !this.#held.has(address);
    const found = isPassable ? this.#passable(type, address, before) : undefined;
    if (
      found !== undefined &&
      this.#passed.has(found.kind, found.name) &&
      textIn(resource, "deposed") === undefined &&
      (actions === "no-op" || (actions === "update" && found.attached.length === 0))
    ) {
      return true;
    }
    if (actions !== "no-op" && actions !== "create") {
      this.#addChanged(type, before);
      // What is deleted is in no other place.
      if (isPassable && actions !== "delete") {
        this.#asked.add(address);
      }
    }
    return false;
  }

  /** Names of the users, and of the roles behind them. */
  get names(): readonly string[] {
    return this.#passed.all;
  }

  /** Names of those of them of whose policies something is not told. */
  get unclear(): readonly string[] {
    return this.#passed.having(this.#outside);
  }

  /** ARNs of the managed policies that they have, or that are the boundary of one. */
  get policies(): Iterable<string> {
    return this.#passed.policies;
  }

  askFor(kind: HolderKind, name?: string): void {
    if (!this.#passed.has(kind, name)) {
      return;
    }
    if (name === undefined) {
      this.#anybody.add(kind);
    } else {
      this.#asked.add(`${kind} ${name}`);
    }
  }

  askForOrigins(kind: HolderKind, addresses: readonly string[]): void {
    for (const address of addresses) {
      if (this.#passed.has(kind) && address.includes(`aws_iam_${kind}.`)) {
        this.#asked.add(address);
      }
    }
  }

  findPolicy(arn: string, found: PolicyReference): void {
    if (!this.#passed.hasPolicy(arn)) {
      return;
    }
    // Nobody keeps one that is deleted, be it to be made anew.
    const isLost =
      this.#deleted.has(arn) || (found.kind === "own" && found.policy.resource.fate === "replaced");
    if (isLost || !this.#isOfOthers(found)) {
      this.#asked.add(arn);
    } else if (found.kind === "outside") {
      this.#outside.add(arn);
    }
  }

  /**
   * Reads on in the same file until nobody is passed over who is needed.
   *
   * @param file what is held
   * @param principals who is in it
   * @returns undefined where that is so
   */
  readAgain(file: IamFile, principals: readonly Principal[]): PassedOverResources | undefined {
    // Of several with one name, and of what is for nobody in the file, more is told.
    for (const { kind, name } of this.#passed.ofNotOne()) {
      this.askFor(kind, name);
    }
    for (const [kind, name] of this.#changed) {
      this.askFor(kind, name);
    }
    for (const { type, address, caveat } of file.resources) {
      // What is put off takes the place of what is planned.
      if (caveat !== undefined && PASSABLE_TYPES.has(type) && !this.#held.has(address)) {
        this.#asked.add(address);
      }
    }
    for (const role of principals.flatMap((one) => [...this.#bystanders.rolesPassedBy(one)])) {
      this.askFor("role", role);
    }
    for (const place of this.#places.needed(file, this.#bystanders)) {
      this.#asked.add(place);
    }
    if (this.#partitions.areSeveral) {
      // Which counts, the order of all tells.
      this.askFor("user");
      this.askFor("role");
    }
    // Who is meant may be told once those are there who are asked for.
    const some = [...this.#asked].filter((one) => !this.#needed.has(one));
    const needed = some.length > 0 ? some : [...this.#anybody];
    return needed.length === 0
      ? undefined
      : new PassedOverResources(this.#bystanders, new Set([...this.#needed, ...needed]));
  }

  /** Whether all is told that a resource says, nothing of it concerns what is asked, and nobody needs it. */
  #passable(type: string, address: string, values: JsonObject): Passable | undefined {
    const found = passable(type, address, values, this.#bystanders);
    if (found === undefined || found.attached.some((arn) => this.#concerning.has(arn))) {
      return undefined;
    }
    return this.#isNeeded(found, address) ? undefined : found;
  }

  #isNeeded({ kind, name, attached }: Passable, address: string): boolean {
    const called = `${kind} ${name}`;
    if (this.#known.has(called) || this.#needed.size === 0) {
      return this.#known.has(called);
    }
    const path = withoutKeys(address);
    const known = [kind, called, address, path, moduleOf(path), ...attached];
    return known.some((one) => this.#needed.has(one));
  }

  #hold(type: string, address: string, values: unknown): void {
    this.#held.add(address);
    const owner = whose(type, values);
    if (owner !== undefined) {
      this.#known.add(`${owner.kind} ${owner.name}`);
    }
  }

  #addChanged(type: string, before: JsonObject): void {
    if (type === "aws_iam_policy") {
      this.#deleted.add(textIn(before, "arn") ?? "");
    }
    const kind = HOLDERS[type];
    const name = textIn(before, "name");
    if (kind !== undefined && name !== undefined) {
      this.#changed.push([kind, name]);
    }
    for (const pair of givenPairs(type, before)) {
      this.#changed.push([pair.kind, pair.holder]);
    }
  }

  /** The first of all is held, for it tells that there are some; and the first that tells a partition. */
  #isSample(values: JsonObject): boolean {
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    return this.#partitions.isNewIn(values) || isFirst;
  }

  /** Managed policies are held, and mostly come before those who have them. */
  #seePolicy(type: string, address: string, values: unknown): void {
    const arn = type === "aws_iam_policy" ? textIn(values, "arn") : undefined;
    const name = textIn(values, "name") ?? "";
    if (
      arn !== undefined &&
      (this.#needed.has(arn) || !this.#isSureOf(name, address, textIn(values, "policy")))
    ) {
      this.#concerning.add(arn);
    }
  }

  /** Whether a managed policy makes nobody who has it more than a bystander. */
  #isOfOthers(found: PolicyReference): boolean {
    switch (found.kind) {
      case "own": {
        const { name, resource } = found.policy;
        const text = resource.argument("policy");
        return typeof text === "string" && this.#isSureOf(name, resource.address, text);
      }
      case "known": {
        const { name, address, document } = found.policy;
        return isObject(document) && this.#isSureOf(name, address, document);
      }
      case "outside":
        // Nobody is meant by what is not told.
        return true;
      default:
        return false;
    }
  }

  #isSureOf(name: string, address: string, policy: unknown): boolean {
    const { mayBeMeant, mayConcern } = this.#bystanders;
    return !mayBeMeant(name, address) && !mayConcern(policy);
  }
}
