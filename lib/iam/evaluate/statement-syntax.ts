import type { TextSyntax } from "./policy-text.js";
import type { UnknownPart } from "./unknown-part.js";

/** How the elements of a statement are read, and what there is to say about them. */
export interface StatementSyntax extends Pick<TextSyntax, "variables"> {
  /**
   * Whether the statement can only widen access. What means nothing there, as a variable without a
   * value, then never makes a negation hold. AWS's pages say both, that a negated operator matches
   * such a value and that the whole statement may be invalid; so an Allow goes by the second and a
   * Deny by the first, and neither grants what AWS may refuse.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
   */
  readonly allows: boolean;
  /** Takes a sentence about what IAM takes and nothing ever matches. */
  readonly remark: (sentence: string) => void;
}

/** Texts of a statement's element: patterns, or what is not told of them. */
export type Texts = readonly (string | UnknownPart)[];

/** Whether the texts of an element name something, or all but something. */
export interface NamedTexts {
  readonly texts: Texts;
  readonly negated: boolean;
  /** What they are, as it begins an error message. */
  readonly where: string;
}
