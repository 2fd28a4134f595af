import { Unknown } from "../terraform-expression/unknown.js";
import type { Value } from "../terraform-expression/value.js";

/** What stands in a list for an item of which a condition leaves open whether it is there. */
export function absentPerhaps(reason: string): Unknown {
  return new Unknown(reason, [], { isConditional: true });
}

/** Whether an item of a list may not be there. */
export function mayBeAbsent(item: Value): boolean {
  return item instanceof Unknown && item.known.isConditional === true;
}
