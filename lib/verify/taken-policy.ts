import { PolicyError } from "../iam/evaluate/errors.js";
import { UnknownPart } from "../iam/evaluate/unknown-part.js";

/** What is in force in place of a policy that AWS would not take as the file has it. */
export const NOT_AS_IN_FORCE = new UnknownPart(
  "AWS would not take it as it is, so what is in force is not told",
  "the policy as AWS has it",
);

/** A policy ready, or what stands for one that AWS would not take. */
export function taken<Compiled>(
  document: unknown,
  compile: (document: unknown) => Compiled,
): Compiled {
  try {
    return compile(document);
  } catch (error) {
    if (error instanceof PolicyError) {
      return compile(NOT_AS_IN_FORCE);
    }
    throw error;
  }
}
