import { QUOTAS } from "../iam/quotas.js";
import type { Principal } from "../terraform/principal.js";
import { documentSize } from "./document-size.js";

/**
 * Sentences about policies that are longer than AWS takes them: the apply ends with an error there. Of a document
 * that is told in part, the told part counts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function quotaNotes({ kind, policies }: Principal): readonly string[] {
  const most = kind === "user" ? QUOTAS.inlinePoliciesOfUser : QUOTAS.inlinePoliciesOfRole;
  const made = policies.filter(({ address }) => !isOfAccount(address));
  const inline = made
    .filter(({ is }) => is === "inline")
    .reduce((sum, { document }) => sum + documentSize(document), 0);
  const managed = made.filter(({ is }) => is === "managed");
  return [
    ...(inline > most ? [refused("its inline policies", inline, most)] : []),
    ...managed
      .map(({ name, document }) => ({ name, size: documentSize(document) }))
      .filter(({ size }) => size > QUOTAS.managedPolicy)
      .map(({ name, size }) => refused(`the managed policy ${name}`, size, QUOTAS.managedPolicy)),
  ];
}

/** What is in an account, by its ARN, AWS has taken, and its own may be longer. */
function isOfAccount(address: string): boolean {
  return address.startsWith("arn:");
}

function refused(what: string, size: number, most: number): string {
  return `AWS refuses ${what}, of ${size} characters without white space: ${most} at most.`;
}
