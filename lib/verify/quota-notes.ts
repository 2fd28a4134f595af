import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import { policySize, QUOTAS } from "../iam/quotas.js";
import type { Principal, PrincipalPolicy } from "../terraform/principal.js";

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
  const inline = policies.filter(({ address }) => INLINE.test(address)).reduce(addSize, 0);
  const managed = policies.filter(({ address }) => MANAGED.test(address));
  return [
    ...(inline > most ? [refused("its inline policies", inline, most)] : []),
    ...managed
      .map((policy) => ({ name: policy.name, size: addSize(0, policy) }))
      .filter(({ size }) => size > QUOTAS.managedPolicy)
      .map(({ name, size }) => refused(`the managed policy ${name}`, size, QUOTAS.managedPolicy)),
  ];
}

function refused(what: string, size: number, most: number): string {
  return `AWS refuses ${what}, of ${size} characters without white space: ${most} at most.`;
}

function addSize(sum: number, { document }: PrincipalPolicy): number {
  return typeof document === "object" && document !== null && !(document instanceof UnknownPart)
    ? sum + policySize(JSON.stringify(document, withoutUnknown))
    : sum;
}

function withoutUnknown(_key: string, value: unknown): unknown {
  return value instanceof UnknownPart ? "" : value;
}
