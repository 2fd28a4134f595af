import { QUOTAS } from "../iam/quotas.js";
import type { Principal } from "../terraform/principal.js";
import { documentSize } from "./document-size.js";

const INLINE = /\baws_iam_(?:user|role)_policy\./;
const MANAGED = /\baws_iam_policy\./;

/**
 * Sentences about policies that are longer than AWS takes them: the apply ends with an error there. Of a document
 * that is told in part, the told part counts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function quotaNotes({ kind, policies }: Principal): readonly string[] {
  const most = kind === "user" ? QUOTAS.inlinePoliciesOfUser : QUOTAS.inlinePoliciesOfRole;
  const inline = policies
    .filter(({ address }) => INLINE.test(address))
    .reduce((sum, { document }) => sum + documentSize(document), 0);
  const managed = policies.filter(({ address }) => MANAGED.test(address));
  return [
    ...(inline > most ? [refused("its inline policies", inline, most)] : []),
    ...managed
      .map(({ name, document }) => ({ name, size: documentSize(document) }))
      .filter(({ size }) => size > QUOTAS.managedPolicy)
      .map(({ name, size }) => refused(`the managed policy ${name}`, size, QUOTAS.managedPolicy)),
  ];
}

function refused(what: string, size: number, most: number): string {
  return `AWS refuses ${what}, of ${size} characters without white space: ${most} at most.`;
}
