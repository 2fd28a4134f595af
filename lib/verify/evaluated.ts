import { type Evaluation, evaluatePrepared } from "../iam/evaluate/evaluate.js";
import { shownAddress } from "../json/shown.js";
import type { DisabledAcls } from "../terraform/outside-facts.js";
import type { NeededKey } from "./bucket-keys.js";
import type { Combination } from "./combinations.js";
import type { Denier } from "./denier.js";
import type { KnownAttached } from "./known-policies.js";
import type { NeededRequest, Requester } from "./needed-request.js";
import type { Outside } from "./outside.js";

/** What is said of a request, or of one that it leads to. */
export interface Evaluated {
  readonly evaluation: Evaluation;
  /** What denies it, where no statement does. */
  readonly deniedBy?: Denier;
  /** The request that S3 makes of KMS. @default it is the request itself */
  readonly ofKey?: { readonly action: string; readonly name: string; readonly policy: string };
}

/** All that has to be allowed for a request on a combination: the request, each kind, and what it leads to. */
export function evaluationsOf(
  needed: NeededRequest,
  combination: Combination,
  policies: KnownAttached,
  requester: Requester,
): readonly Evaluated[] {
  const { outside } = policies;
  const about = policies.answersAbout(needed.action).policies;
  const prepared = needed.prepared(combination, requester);
  if (outside === undefined) {
    return prepared.map((request) => ({ evaluation: evaluatePrepared(request, about) }));
  }
  const { partition, ...by } = needed.madeBy(requester);
  const resource = needed.resource(combination, requester);
  const { isSample } = combination;
  const request = { ...by, action: needed.action, resource, isSample };
  const decide = outside.policiesFor(request);
  const refused = outside.refusingAcl(request, () => needed.sendsPublicAcl(combination, requester));
  return [
    ...prepared.map((one) => ({ evaluation: evaluatePrepared(one, about, decide) })),
    ...(refused === undefined ? [] : [aclRefused(refused)]),
    ...outside
      .keysFor(request, { partition, region: combination.region })
      .flatMap((key) => ofKey(key, needed, combination, policies, requester, outside)),
  ];
}

/** What is said of what S3 asks of KMS. */
function ofKey(
  key: NeededKey,
  needed: NeededRequest,
  combination: Combination,
  policies: KnownAttached,
  requester: Requester,
  outside: Outside,
): readonly Evaluated[] {
  const { partition: _, ...by } = needed.madeBy(requester);
  return key.actions.flatMap((action) => {
    const request = { ...by, action, resource: key.arn, isSample: false };
    const decide = outside.policiesForKey(key, request);
    const about = policies.answersAbout(action).policies;
    const policy = key.resource?.policies[0]?.name ?? key.name;
    return needed.preparedForKey(request, combination, requester).map((prepared) => ({
      evaluation: asFarAsTold(evaluatePrepared(prepared, about, decide), key),
      ofKey: { action, name: key.name, policy },
    }));
  });
}

/** An answer about a key, where it is open whether it is asked for, or which key it is. */
function asFarAsTold(evaluation: Evaluation, { doubt, which, name }: NeededKey): Evaluation {
  const { decision } = evaluation;
  const open =
    decision === "allowed" ? which : decision === "untold" ? undefined : (doubt ?? which);
  // Whatever key it is, who is denied all keys has none.
  if (open === undefined || (doubt === undefined && decision === "explicitly denied")) {
    return evaluation;
  }
  const { cause, give } = open;
  return { decision: "untold", because: [{ policy: `the key ${name}`, cause, give }] };
}

/** S3 refuses the ACLs that a bucket does not take, whoever sends them. */
function aclRefused({ name, doubt, isOfPublic }: DisabledAcls): Evaluated {
  const policy = shownAddress(name);
  if (doubt !== undefined) {
    const { cause, give } = doubt;
    return { evaluation: { decision: "untold", because: [{ policy, cause, give }] } };
  }
  return {
    evaluation: { decision: "explicitly denied", by: { policy, index: 0 } },
    deniedBy: { kind: isOfPublic ? "public access block" : "object ownership", policy },
  };
}
