import type { HolderKind } from "./grants.js";
import type { Holder } from "./holder.js";
import type { Holders } from "./holders.js";
import { forAnyOf } from "./unread.js";

/** More than these are told as one: thousands of holders would have thousands of policies each. */
const MAX_OPEN = 20;

/** Something that is for somebody, and the file does not tell for whom. */
export interface OpenGrant {
  /** Address of what gives it. */
  readonly address: string;
  readonly reason: string;
  /** Gives it to one who may be meant. */
  readonly give: (holder: Holder) => void;
}

/** What may be for anybody of a kind. */
export class OpenGrants {
  readonly #ofKind = new Map<HolderKind, OpenGrant[]>();

  /** Notes what is to be given. */
  add(kind: HolderKind, grant: OpenGrant): void {
    const grants = this.#ofKind.get(kind) ?? [];
    grants.push(grant);
    this.#ofKind.set(kind, grants);
  }

  /**
   * Gives it to all who may be meant.
   *
   * @param wanted what to give so that it is told for whom it is
   */
  giveTo(holders: Holders, wanted: string): void {
    for (const [kind, grants] of this.#ofKind) {
      const addresses = [...new Set(grants.map(({ address }) => address))];
      const [first] = grants;
      const unread = forAnyOf(kind, addresses, first?.reason ?? "", wanted);
      for (const holder of holders.anybody(kind)) {
        if (grants.length > MAX_OPEN) {
          holder.giveUnread(unread, "open");
          continue;
        }
        for (const { give } of grants) {
          give(holder);
        }
      }
    }
  }
}
