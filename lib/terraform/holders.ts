import { Unknown } from "../terraform-expression/unknown.js";
import { HOLDERS, type HolderArgument, type HolderKind } from "./grants.js";
import { Holder } from "./holder.js";
import type { IamFile, IamResource, NotHeld } from "./iam-file.js";
import { nameInArn } from "./iam-name.js";

/** Whom a resource is for. */
export interface Located {
  readonly holders: readonly Holder[];
  /** Names of those that the file does not hold. */
  readonly outside: readonly string[];
  /** Why it is not told whom it is for; undefined where it is. */
  readonly open: string | undefined;
  /** Those that it may be for, where that is open. */
  readonly candidates: readonly Holder[];
}

/** Of more than these, anybody may be meant: thousands with one name would have thousands of policies each. */
const MAX_CANDIDATES = 50;

/** The users, roles, permission sets and groups of a file. */
export class Holders {
  readonly all: readonly Holder[];
  readonly #byAddress = new Map<string, Holder>();
  readonly #byName = new Map<HolderKind, Map<string, Holder[]>>();
  readonly #notHeld: NotHeld | undefined;

  constructor({ resources, notHeld }: Pick<IamFile, "resources" | "notHeld">) {
    this.#notHeld = notHeld;
    this.all = resources.flatMap((resource) => {
      const kind = HOLDERS[resource.type];
      return kind === undefined ? [] : [new Holder(kind, resource)];
    });
    for (const holder of this.all) {
      this.#byAddress.set(holder.resource.address, holder);
      const known = holder.knownBy;
      if (typeof known === "string") {
        this.#notHeld?.askFor(holder.kind, known);
        this.#addName(holder, known);
      }
    }
  }

  #addName(holder: Holder, name: string): void {
    const ofKind = this.#byName.get(holder.kind) ?? new Map<string, Holder[]>();
    this.#byName.set(holder.kind, ofKind);
    const namesakes = ofKind.get(name);
    if (namesakes === undefined) {
      ofKind.set(name, [holder]);
    } else {
      namesakes.push(holder);
    }
  }

  #called(kind: HolderKind, name: string): readonly Holder[] {
    return this.#byName.get(kind)?.get(name) ?? [];
  }

  /** All of one kind. */
  ofKind(kind: HolderKind): readonly Holder[] {
    return this.all.filter((holder) => holder.kind === kind);
  }

  /** The same, where something may be for any of them. */
  anybody(kind: HolderKind): readonly Holder[] {
    this.#notHeld?.askFor(kind);
    return this.ofKind(kind);
  }

  /** Whom an argument of a resource names, be it one or a list. */
  locate(resource: IamResource, { kind, argument }: HolderArgument): Located {
    const value = resource.argument(argument);
    const isPlural = argument.endsWith("s");
    if (!isPlural) {
      return this.#one(resource, { kind, argument }, value);
    }
    if (value instanceof Unknown) {
      // All that a list refers to is in it, where one argument is one of them.
      const found = this.#referredTo(kind, value.origins);
      const isSure = found.length > 0 && value.known.isConditional !== true;
      return isSure
        ? { holders: found, outside: [], open: undefined, candidates: [] }
        : { holders: [], outside: [], open: value.reason, candidates: found };
    }
    const each = (Array.isArray(value) ? value : []).map((item) =>
      this.#one(resource, { kind, argument }, item),
    );
    return {
      holders: each.flatMap(({ holders }) => holders),
      outside: each.flatMap(({ outside }) => outside),
      open: each.find(({ open }) => open !== undefined)?.open,
      candidates: each.flatMap(({ candidates }) => candidates),
    };
  }

  /** The held ones that an ARN or a name may mean, or what is known of it: what runs as a role makes nobody meant. */
  withRole(value: unknown): readonly Holder[] {
    if (typeof value === "string") {
      return this.#called("role", nameInArn(value)).slice(0, MAX_CANDIDATES);
    }
    return value instanceof Unknown ? this.fromOrigins("role", value.origins) : [];
  }

  #one(resource: IamResource, { kind, argument }: HolderArgument, value: unknown): Located {
    if (typeof value !== "string") {
      const unknown = value instanceof Unknown ? value : new Unknown("it is not in the file");
      return oneOf(this.#referredTo(kind, unknown.origins), unknown.reason);
    }
    this.#notHeld?.askFor(kind, value);
    const namesakes = this.#called(kind, value);
    if (namesakes.length === 0) {
      return { holders: [], outside: [value], open: undefined, candidates: [] };
    }
    if (namesakes.length === 1) {
      return { holders: namesakes, outside: [], open: undefined, candidates: [] };
    }
    // Two accounts in one file can have roles of one name.
    const origins = this.#referredTo(kind, resource.origins(argument));
    const siblings = namesakes.filter((holder) => holder.resource.module === resource.module);
    return oneOf(
      origins.length === 1 ? origins : siblings.length > 0 ? siblings : namesakes,
      "several in the file have that name",
    );
  }

  #referredTo(kind: HolderKind, addresses: readonly string[]): readonly Holder[] {
    this.#notHeld?.askForOrigins(
      kind,
      addresses.filter((address) => !this.#byAddress.has(address)),
    );
    return this.fromOrigins(kind, addresses);
  }

  /** Those of a kind at these addresses. */
  fromOrigins(kind: HolderKind, addresses: readonly string[]): readonly Holder[] {
    const found = new Set(addresses.map((address) => this.#byAddress.get(address)));
    return [...found].filter((holder) => holder?.kind === kind) as Holder[];
  }
}

function oneOf(found: readonly Holder[], reason: string): Located {
  return found.length === 1
    ? { holders: found, outside: [], open: undefined, candidates: [] }
    : {
        holders: [],
        outside: [],
        open: reason,
        candidates: found.length > MAX_CANDIDATES ? [] : found,
      };
}
