import type { HolderKind } from "./grants.js";
import type { Passable, PassableKind, Whose } from "./passable.js";

/** What is left of those who are passed over: names, and ARNs of their policies. */
export class PassedOverNames {
  /** Name → how many users or roles have it; 0 where there is only something for it. */
  readonly #names = { user: new Map<string, number>(), role: new Map<string, number>() };
  /** ARN of a managed policy → names of those who have it. */
  readonly #attached = { user: new Map<string, string[]>(), role: new Map<string, string[]>() };
  readonly #boundaries = new Set<string>();

  add({ kind, name, isHolder, attached, boundary }: Passable): void {
    const names = this.#names[kind];
    names.set(name, (names.get(name) ?? 0) + Number(isHolder));
    for (const arn of attached) {
      const others = this.#attached[kind].get(arn);
      if (others === undefined) {
        this.#attached[kind].set(arn, [name]);
      } else {
        others.push(name);
      }
    }
    if (boundary !== undefined) {
      this.#boundaries.add(boundary);
    }
  }

  /** Whether somebody of a kind, or what is for somebody, has this name. @param name any where it is left out */
  has(kind: HolderKind, name?: string): boolean {
    const names = isPassable(kind) ? this.#names[kind] : undefined;
    return names !== undefined && (name === undefined ? names.size > 0 : names.has(name));
  }

  /** Names of the users, and of the roles behind them. */
  get all(): readonly string[] {
    return [...this.#names.user.keys(), ...this.#names.role.keys()];
  }

  /** Names that several have, or nobody. */
  *ofNotOne(): Generator<Whose> {
    for (const kind of ["user", "role"] as const) {
      for (const [name, count] of this.#names[kind]) {
        if (count !== 1) {
          yield { kind, name };
        }
      }
    }
  }

  /** ARNs of the managed policies that they have, or that are the boundary of one. */
  get policies(): ReadonlySet<string> {
    const { user, role } = this.#attached;
    return new Set([...user.keys(), ...role.keys(), ...this.#boundaries]);
  }

  /** Whether somebody has a managed policy. */
  hasPolicy(arn: string): boolean {
    return this.#attached.user.has(arn) || this.#attached.role.has(arn);
  }

  /** Names of those who have one of these policies. */
  having(arns: Iterable<string>): readonly string[] {
    const policies = [...arns];
    return Object.values(this.#attached).flatMap((attached) => [
      ...new Set(policies.flatMap((arn) => attached.get(arn) ?? [])),
    ]);
  }
}

function isPassable(kind: HolderKind): kind is PassableKind {
  return kind === "user" || kind === "role";
}
