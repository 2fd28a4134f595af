import { UntoldCauses } from "./deciding-statement.js";

/** Whether policies allow something, or which of their statements leave it open. */
export type Told = boolean | UntoldCauses;

/** What a statement that allows makes of it, or else those that may. */
export function toldOf(allowing: object | undefined, open: UntoldCauses): Told {
  return allowing !== undefined || (open.list.length === 0 ? false : open);
}

/** Whether both hold. */
export function both(one: Told, other: Told): Told {
  if (one === false || other === false) {
    return false;
  }
  if (one === true) {
    return other;
  }
  return other === true ? one : joined(one, other);
}

/** Whether one of two holds. */
export function either(one: Told, other: Told): Told {
  if (one === true || other === true) {
    return true;
  }
  if (one === false) {
    return other;
  }
  return other === false ? one : joined(one, other);
}

function joined(one: UntoldCauses, other: UntoldCauses): UntoldCauses {
  const all = new UntoldCauses();
  all.addAll(one);
  all.addAll(other);
  return all;
}
