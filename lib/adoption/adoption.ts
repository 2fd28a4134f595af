import type { ModuleArguments } from "./module-arguments.js";

/** Where what exists is known from. */
export type Source = "state" | "account";

/** A resource that Terraform has at another address. Both addresses are the root module's. */
interface Move {
  readonly from: string;
  readonly to: string;
}

/** A resource that Terraform does not have. */
export interface Import {
  /** Address as the root module sees it. */
  readonly to: string;
  readonly id: string;
}

/** Attributes that the first apply changes, or may change, in place. */
export interface Change {
  /** Address as the root module sees it. */
  readonly address: string;
  readonly attributes: readonly string[];
}

/** How a module takes over what exists. */
export interface Adoption {
  readonly moves: readonly Move[];
  readonly imports: readonly Import[];
  /** The module's arguments that are not its defaults. */
  readonly arguments: ModuleArguments;
  readonly changes: readonly Change[];
  /** What else there is to know and to do, a sentence or two each. */
  readonly notes: readonly string[];
}
