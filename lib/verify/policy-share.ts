import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import type { Principal } from "../terraform/principal.js";
import type { PolicyShare } from "./answer.js";
import type { Expectation } from "./expectation.js";
import type { KnownPolicies } from "./known-policies.js";
import type { ApiRequest, Requester } from "./needed-request.js";
import { openRequests } from "./request-answer.js";

/**
 * What each policy of a principal, and its boundary, allows by itself of what is expected.
 *
 * @param known what the documents of the file are known to allow
 */
export function policyShares(
  principal: Principal,
  expectation: Expectation,
  requester: Requester,
  known: KnownPolicies,
): readonly PolicyShare[] {
  const { policies, unread, boundary } = principal;
  const allowedBy = (document: unknown) => {
    const policy = { name: "", address: "", document };
    const alone = known.attachedTo({
      ...principal,
      policies: [policy],
      unread: [],
      boundary: undefined,
    });
    // What all policies together say to requests that name the caller is not what this one says.
    const asking = { ...requester, answers: new Map() };
    const open = new Set<ApiRequest>(
      expectation.groups.flatMap((group) =>
        openRequests(group, alone, asking).map(([{ request }]) => request),
      ),
    );
    return expectation.answers.placesOfCalls((request) => !open.has(request));
  };
  return [
    ...policies.map(({ name, address, is, document }): PolicyShare => {
      const about = { name, address, ...(is === undefined ? {} : { is }) };
      return document instanceof UnknownPart
        ? { ...about, untold: document.cause, allows: [] }
        : { ...about, allows: allowedBy(document) };
    }),
    ...unread.map(({ name, arn, address, cause }): PolicyShare => {
      return { name: name === "" ? (arn ?? "") : name, address, untold: cause, allows: [] };
    }),
    ...(boundary === undefined ? [] : [limitOf(boundary, allowedBy)]),
  ];
}

function limitOf(
  { arn, document, unread }: NonNullable<Principal["boundary"]>,
  allowedBy: (document: unknown) => PolicyShare["allows"],
): PolicyShare {
  const about = { name: arn, address: "", is: "boundary" } as const;
  return document === undefined
    ? { ...about, untold: unread?.cause ?? "it is not in the file", allows: [] }
    : { ...about, allows: allowedBy(document) };
}
