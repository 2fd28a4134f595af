import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import type { Unknown } from "../terraform-expression/unknown.js";

/**
 * What stands in a document for a value that the file does not tell.
 *
 * @param give what to give for it, where it does not say so itself
 */
export function unknownPartOf({ reason, known }: Unknown, give: string): UnknownPart {
  return new UnknownPart(reason, known.give ?? give, known.pieces);
}
