import type { Principal } from "./principal.js";

/**
 * Says of those whom a file has that they have nothing to do with what is asked, whoever else is there: they need not be
 * held. In doubt somebody may have to do with it.
 */
export interface Bystanders {
  /**
   * Whether a user or role, or whoever has a policy, may be meant by the name alone.
   *
   * @param address where it is: its ARN, of an inline policy that of whose it is; in Terraform its address
   */
  readonly mayBeMeant: (name: string, address: string) => boolean;
  /** Whether whoever lies in modules with these sources may be meant. */
  readonly mayBeMeantIn: (moduleSources: readonly string[]) => boolean;
  /** Whether whoever has a policy, a text or a document, may have to do with what is asked. */
  readonly mayConcern: (policy: unknown) => boolean;
  /** The names of the roles that policies let somebody pass by their names. */
  readonly rolesPassedBy: (principal: Principal) => Iterable<string>;
}
