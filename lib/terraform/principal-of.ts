import type { Holder } from "./holder.js";
import { arnOf, nameInArn } from "./iam-name.js";
import type { ManagedPolicies, ManagedPolicy } from "./managed-policies.js";
import {
  boundaryFromOutside,
  boundaryUnknown,
  nameUnknown,
  policyLeftOut,
  trustLeftOut,
} from "./notes.js";
import type { Boundary, Principal, PrincipalPolicy } from "./principal.js";
import { Unknown } from "./unknown.js";

/** A user or a role, with what it was found to have. */
export function principalOf(
  holder: Holder,
  kind: "user" | "role",
  managed: ManagedPolicies,
  partition: string,
): Principal {
  const { resource, name } = holder;
  const arn = arnOf(resource, partition);
  const trust =
    kind === "role" ? managed.documents.of(resource.argument("assume_role_policy")) : undefined;
  if (name instanceof Unknown) {
    holder.note(nameUnknown(name));
  }
  if (trust instanceof Unknown) {
    holder.note(trustLeftOut(trust));
  }
  // It may add a note, so it comes before them.
  const boundary = boundaryOf(holder, managed);
  return {
    kind,
    name: name instanceof Unknown ? "" : name,
    arn: arn instanceof Unknown ? undefined : arn,
    address: resource.address,
    policies: [...holder.policies.values()],
    boundary,
    trust: trust instanceof Unknown ? undefined : trust,
    notes: [...holder.notes],
  };
}

/** A managed policy that nobody in the file has. */
export function unattachedManaged(policy: ManagedPolicy): Principal {
  const { name, arn, resource, document, notes } = policy;
  return unattached({ name, address: resource.address, document }, [...notes], arn);
}

/** A policy that nobody in the file has. */
export function unattached(
  policy: PrincipalPolicy,
  notes: readonly string[],
  arn?: string | Unknown,
): Principal {
  const { name, address, document } = policy;
  const known = !(document instanceof Unknown);
  return {
    kind: "policy",
    name,
    arn: arn instanceof Unknown ? undefined : arn,
    address,
    policies: known ? [{ name, address, document }] : [],
    boundary: undefined,
    trust: undefined,
    notes: known ? notes : [policyLeftOut(name, address, document), ...notes],
  };
}

function boundaryOf(holder: Holder, managed: ManagedPolicies): Boundary | undefined {
  const value = holder.resource.argument("permissions_boundary");
  if (value === undefined || value === "") {
    return undefined;
  }
  const reference = managed.locate(value);
  switch (reference.kind) {
    case "own": {
      const { arn, name, document, resource } = reference.policy;
      reference.policy.isBoundary = true;
      const policy = { name, address: resource.address, document };
      return boundary(holder, arn instanceof Unknown ? "" : arn, policy);
    }
    case "looked-up": {
      const { arn, policy } = reference;
      const { address, text } = policy;
      return boundary(holder, arn, {
        name: nameInArn(arn),
        address,
        document: managed.documents.of(text),
      });
    }
    case "outside":
      holder.note(boundaryFromOutside(reference.arn));
      return { arn: reference.arn, document: undefined };
    case "rest":
    case "open":
      holder.note(boundaryUnknown(reference.reason));
      return { arn: "", document: undefined };
  }
}

function boundary(holder: Holder, arn: string, policy: PrincipalPolicy): Boundary {
  const { name, address, document } = policy;
  if (!(document instanceof Unknown)) {
    return { arn, document };
  }
  holder.note(policyLeftOut(name, address, document));
  return { arn, document: undefined };
}
