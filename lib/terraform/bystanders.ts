import type { Principal } from "./principal.js";

/**
 * Says of those whom an account has that they have nothing to do with what is asked, whoever else is there: they need
 * not be held. In doubt somebody may have to do with it.
 */
export interface Bystanders {
  /**
   * Whether a user or role, or whoever has a policy, may be meant by the name alone.
   *
   * @param arn of an inline policy that of whose it is
   */
  readonly mayBeMeant: (name: string, arn: string) => boolean;
  /** Whether whoever has a policy, a text or a document, may have to do with what is asked. */
  readonly mayConcern: (policy: unknown) => boolean;
  /** The names of the roles that policies let somebody pass by their names. */
  readonly rolesPassedBy: (principal: Principal) => Iterable<string>;
}
