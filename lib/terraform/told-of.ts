import { settled } from "../terraform-expression/convert.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { isList, isValueObject, type Value } from "../terraform-expression/value.js";
import { unknownPartOf } from "./unknown-part-of.js";

/**
 * A value as it stands in a policy document: what is not told, at any depth, as `UnknownPart`.
 *
 * @param give what to give for what is not told
 */
export function toldOf(value: Value, give: string): unknown {
  const known = settled(value);
  if (known instanceof Unknown) {
    return unknownPartOf(known, give);
  }
  if (isList(known)) {
    return known.map((item) => toldOf(item, give));
  }
  return isValueObject(known)
    ? Object.fromEntries(Object.entries(known).map(([key, item]) => [key, toldOf(item, give)]))
    : known;
}
