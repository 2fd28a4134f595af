import type { TerraformElement } from "cdktf";

/**
 * Type of the construct metadata that holds comments. Whoever writes HCL from a stack may print
 * them; CDKTF's own output leaves them out.
 */
export const COMMENT_METADATA = "remotion-lambda-terraform:comment";

/**
 * Says something about an element, or about one part of its value.
 *
 * @param pointer JSON pointer into the value. @default "" (the element itself)
 */
export function comment(element: TerraformElement, text: string, pointer = ""): void {
  element.node.addMetadata(COMMENT_METADATA, { pointer, text });
}
