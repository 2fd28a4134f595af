import { textIn } from "../json/json-value.js";
import type { AdoptionRequest } from "./adoption-request.js";
import type { StateIndex } from "./state-index.js";

/** What a request looks for. */
export function namesIn({ user, role, callers }: AdoptionRequest): readonly string[] {
  return [user?.name, role.name, callers?.policyName].filter((name) => name !== undefined);
}

/** The users, roles and managed policies that there are; those that may be meant come first. */
export function namesHeld(state: StateIndex): readonly string[] {
  const names = ["aws_iam_user", "aws_iam_role", "aws_iam_policy"].flatMap((type) =>
    state.ofType(type).map(({ values }) => textIn(values, "name") ?? ""),
  );
  const isMeant = (name: string) => /remotion/i.test(name);
  return [...names.filter(isMeant), ...names.filter((name) => !isMeant(name))];
}
