import type { DeniedRequest } from "./denial.js";
import { plainRequest } from "./plain-request.js";

const ACTION = /(?:^|[\s"'(,;*|[])([a-z][a-z0-9-]{1,30}:[A-Z][A-Za-z]{2,80})(?![A-Za-z0-9:/])/g;

/** The services that Remotion calls, and those that answer for them. */
const SERVICES = /^(?:ec2|iam|kms|lambda|logs|s3|servicequotas|sts):/;

/** How many actions are taken from a text; more are a policy or a list. */
const MAX_ACTIONS = 10;

/**
 * Actions that stand alone, as in a note or a ticket, or in the list of `remotion lambda policies validate`, of which
 * those are meant that it crosses out.
 *
 * @param which in a text that says more than actions, `code:AccessDenied` is none
 */
export function namedActions(
  lines: readonly string[],
  which: "all" | "Remotion's services",
): DeniedRequest[] {
  // A policy allows what it names, and an error of AWS's never has one in it.
  if (/"?Effect"? ?[:=] ?"(?:Allow|Deny)"/.test(lines.join(" "))) {
    return [];
  }
  const isChecked = lines.some((line) => /[\u2705\u274c\u2714\u2716\u2717\u2718]/.test(line));
  const meant = isChecked ? lines.filter((line) => /[\u274c\u2716\u2717\u2718]/.test(line)) : lines;
  const actions = meant
    .flatMap((line) => [...line.matchAll(ACTION)].map(([, action = ""]) => action))
    .filter((action) => which === "all" || SERVICES.test(action));
  return [...new Set(actions)].slice(0, MAX_ACTIONS).map((action) => plainRequest(action));
}
