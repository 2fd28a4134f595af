import type { Excess } from "../answer.js";

/** What is in excess, the widest first: what is left out, then wildcards, on everything before on something. */
export function widestFirst(excess: readonly Excess[]): readonly Excess[] {
  return excess.toSorted((one, other) => narrowness(one) - narrowness(other));
}

function narrowness({ action, resource }: Excess): number {
  const ofAction = action.startsWith("not ") ? 0 : /[*?]/.test(action) ? 1 : 2;
  const ofResource = resource.startsWith("not ") || resource === "*" ? 0 : 1;
  return ofAction + 3 * ofResource;
}
