import { property, textIn } from "../json/json-value.js";
import type { StateResource } from "../reading/read-state-resources.js";
import { rolePolicy, userPolicy } from "../remotion/policies.js";
import type { AdoptionRequest, PrincipalRequest } from "./adoption-request.js";
import { inlinePolicyId } from "./import-id.js";
import { isSamePolicy } from "./same-policy.js";
import { partitionOf } from "./settings-in-state.js";
import type { StateIndex } from "./state-index.js";

/**
 * A request with the names that policies really have. Where nothing has the name that is asked for, the only policy
 * counts that says what Remotion's says, of the user, of the role, or of those that roles have.
 */
export function policiesByContent(request: AdoptionRequest, account: StateIndex): AdoptionRequest {
  const { user, role, callers } = request;
  // All of an account is in one, and so is what Remotion's policies name there.
  const partition =
    partitionOf(["aws_iam_role", "aws_iam_user"].flatMap((type) => account.ofType(type))) ??
    request.partition;
  const path = textIn(account.find("aws_iam_role", role.name)?.values, "path") ?? "/";
  // Remotion's guide has no path in it.
  const ofCallers = [path, "/"].map((lambdaRolePath) =>
    userPolicy({ partition, lambdaRoleName: role.name, lambdaRolePath }),
  );
  const isOfCallers = says(ofCallers);
  const userAsked = user && nameOfOwn(account, "user", user, isOfCallers);
  const asked = {
    ...request,
    user: userAsked,
    role: nameOfOwn(account, "role", role, says([rolePolicy({ partition })])),
  };
  if (callers === undefined || account.findPolicy(callers.policyName) !== undefined) {
    return asked;
  }
  const ofRoles = attachedTo(account, "role", () => true);
  const [only, ...others] = account
    .ofType("aws_iam_policy")
    .filter(({ values }) => ofRoles.has(textIn(values, "arn")))
    .filter(({ values }) => textIn(values, "name") !== userAsked?.policyName)
    .filter(isOfCallers);
  const policyName = textIn(only?.values, "name");
  return policyName === undefined || others.length > 0
    ? asked
    : { ...asked, callers: { ...callers, policyName } };
}

/** Whether the text of a policy says what one of some documents says. */
function says(documents: readonly object[]): (policy: StateResource) => boolean {
  return ({ values }) => {
    const text = textIn(values, "policy") ?? "";
    return documents.some((document) => isSamePolicy(text, document));
  };
}

function nameOfOwn(
  account: StateIndex,
  kind: "user" | "role",
  principal: PrincipalRequest,
  isMeant: (policy: StateResource) => boolean,
): PrincipalRequest {
  const { name, policyName } = principal;
  const inline = account.find(`aws_iam_${kind}_policy`, inlinePolicyId(name, policyName));
  if (inline !== undefined || account.findPolicy(policyName) !== undefined) {
    return principal;
  }
  const arns = attachedTo(account, kind, (holder) => holder === name);
  const own = [
    ...account
      .ofType(`aws_iam_${kind}_policy`)
      .filter(({ values }) => property(values, kind) === name),
    ...account.ofType("aws_iam_policy").filter(({ values }) => arns.has(textIn(values, "arn"))),
  ];
  const [only, ...others] = own.filter(isMeant);
  const found = textIn(only?.values, "name");
  return found === undefined || others.length > 0 ? principal : { ...principal, policyName: found };
}

/** The ARNs of the managed policies that some users or roles have. */
function attachedTo(
  account: StateIndex,
  kind: "user" | "role",
  isMeant: (name: unknown) => boolean,
): ReadonlySet<string | undefined> {
  return new Set(
    account
      .ofType(`aws_iam_${kind}_policy_attachment`)
      .filter(({ values }) => isMeant(property(values, kind)))
      .map(({ values }) => textIn(values, "policy_arn")),
  );
}
