import { arnParts } from "./arn-parts.js";

/**
 * The context keys that follow from a principal's ARN: its account, and for a user or a role also
 * the ARN, the type and, for a user, the name. The ARN of an assumed role's session gives the account
 * only, because it lacks the path of its role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
 */
export function principalContext(principal: string | undefined): Readonly<Record<string, string>> {
  const parts = principal === undefined ? undefined : arnParts(principal);
  if (principal === undefined || parts === undefined) {
    return {};
  }
  const [, , service, , account, resource] = parts;
  const context: Record<string, string> = { "aws:principalaccount": account };
  if (service === "iam" && resource.startsWith("user/")) {
    context["aws:principalarn"] = principal;
    context["aws:principaltype"] = "User";
    context["aws:username"] = resource.slice(resource.lastIndexOf("/") + 1);
  } else if (service === "iam" && resource.startsWith("role/")) {
    context["aws:principalarn"] = principal;
    context["aws:principaltype"] = "AssumedRole";
  }
  return context;
}
