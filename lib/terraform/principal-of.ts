import { Unknown } from "../terraform-expression/unknown.js";
import type { Holder } from "./holder.js";
import type { IamFile } from "./iam-file.js";
import { arnOf } from "./iam-name.js";
import type { ManagedPolicies, ManagedPolicy, PolicyReference } from "./managed-policies.js";
import { nameUnknown, sentenceOf } from "./notes.js";
import type { Boundary, Principal, PrincipalPolicy } from "./principal.js";
import { outside } from "./unread.js";

const NONE: readonly string[] = [];

/**
 * A user, a role or a permission set, with what it was found to have.
 *
 * @param boundary what another resource sets
 */
export function principalOf(
  holder: Holder,
  kind: Exclude<Holder["kind"], "group">,
  boundary: PolicyReference | undefined,
  managed: ManagedPolicies,
  { partition, give, moduleSources }: IamFile,
): Principal {
  const { resource, name } = holder;
  const arn = kind === "permission set" ? undefined : arnOf(resource, partition);
  if (name instanceof Unknown) {
    holder.note(nameUnknown(name.reason));
  }
  return {
    kind,
    name: name instanceof Unknown ? "" : name,
    arn: arn instanceof Unknown ? undefined : arn,
    address: resource.address,
    policies: holder.policies,
    ...(holder.lost.length === 0 ? {} : { lost: holder.lost }),
    unread: holder.unread,
    boundary: boundaryOf(boundary ?? ownBoundary(holder, managed), give),
    trust:
      kind === "role" ? managed.documents.of(resource.argument("assume_role_policy")) : undefined,
    moduleSources: moduleSources(resource.module),
    runs: holder.runs,
    notes: holder.notes.size === 0 ? NONE : [...holder.notes],
  };
}

/** A managed policy that nobody in the file has. */
export function unattachedManaged(policy: ManagedPolicy, { moduleSources }: IamFile): Principal {
  const { name, arn, resource, document, notes } = policy;
  const { address, module } = resource;
  const sources = moduleSources(module);
  return unattached({ name, address, document, is: "managed" }, sources, [...notes], arn);
}

/**
 * A policy that nobody in the file has.
 *
 * @param moduleSources as in `Principal`
 */
export function unattached(
  policy: PrincipalPolicy,
  moduleSources: readonly string[],
  notes: readonly string[],
  arn?: string | Unknown,
): Principal {
  const { name, address } = policy;
  return {
    kind: "policy",
    name,
    arn: arn instanceof Unknown ? undefined : arn,
    address,
    policies: [policy],
    unread: [],
    boundary: undefined,
    trust: undefined,
    moduleSources,
    runs: [],
    notes: notes.map(sentenceOf),
  };
}

/** The boundary that somebody's own argument names. */
function ownBoundary(holder: Holder, managed: ManagedPolicies): PolicyReference | undefined {
  const value = holder.resource.argument("permissions_boundary");
  return value === undefined || value === "" ? undefined : managed.locate(value);
}

function boundaryOf(reference: PolicyReference | undefined, give: string): Boundary | undefined {
  switch (reference?.kind) {
    case undefined:
      return undefined;
    case "own": {
      const { arn, document } = reference.policy;
      reference.policy.isBoundary = true;
      return { arn: arn instanceof Unknown ? "" : arn, document };
    }
    case "known":
      return { arn: reference.arn, document: reference.policy.document };
    case "outside":
      return {
        arn: reference.policy,
        document: undefined,
        unread: outside(reference.policy),
      };
    case "rest":
    case "some":
    case "open": {
      const cause = `which policy is its permissions boundary is not told: ${reference.reason}`;
      return { arn: "", document: undefined, unread: { cause, give } };
    }
  }
}
