import { type TerraformResource, Token } from "cdktf";
import { NAME_LENGTHS } from "../iam/quotas.js";
import { composedFrom } from "./composed-names.js";
import { expression, isSoleToken, textPart } from "./expression.js";
import { addPrecondition } from "./precondition.js";

/**
 * Lets Terraform refuse a name that is put together from parts, as `${prefix}${name}`, when it is
 * too long as a whole: before 1.9 no input's validation may look at another input. A plain name has
 * been checked at once, and a single token is checked where it comes from, so they get nothing.
 *
 * @param kind what the name is of
 */
export function enforceNameLength(
  resource: TerraformResource,
  kind: keyof typeof NAME_LENGTHS,
  name: string,
): void {
  const whole = composedFrom(name);
  if (!Token.isUnresolved(whole) || isSoleToken(whole)) {
    return;
  }
  const length = expression`length(${textPart(name)})`;
  const limit = NAME_LENGTHS[kind];
  addPrecondition(resource, {
    condition: expression`${length} <= ${String(limit)}`,
    errorMessage: `The ${kind}'s name ${name} has ${length} characters, and AWS allows ${limit}: shorten the prefix or the name.`,
  });
}
