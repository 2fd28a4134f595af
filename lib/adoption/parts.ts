import type { AdoptingModule, PrincipalPlaces } from "./adopting-modules.js";
import { sharedPolicy } from "./errors.js";
import { attachmentId, inlinePolicyId } from "./import-id.js";
import type { NamedAccessKey, PrincipalSetUp, SetUp } from "./set-up.js";

/** A resource of the module that exists in AWS. */
export interface Part {
  /** Resource type: `aws_iam_user`. */
  readonly type: string;
  /** Address inside the module: `aws_iam_user.user[0]`. */
  readonly address: string;
  /** Import id. */
  readonly id: string;
  /** Whose policy it holds: of the user and of callers, or of the role. @default no policy */
  readonly policyOf?: "user" | "role";
}

/**
 * The resources that a module would hold of a set-up, in the module's own order.
 *
 * @throws {AdoptionError} when one would be two of them
 */
export function partsOf(module: AdoptingModule, setUp: SetUp): readonly Part[] {
  const { user, role, callers } = setUp;
  const parts = [
    ...(module.user !== undefined && user !== undefined
      ? [
          ...principalParts(module.user, user, "user"),
          ...(user.accessKeyId === undefined
            ? []
            : [part(module.user.accessKey, user.accessKeyId)]),
          ...namedAccessKeys(module.user.namedAccessKeys, user.namedAccessKeys),
        ]
      : []),
    ...(module.role !== undefined && role !== undefined
      ? principalParts(module.role, role, "role")
      : []),
    ...(module.callers !== undefined && callers !== undefined
      ? [
          part(module.callers.policy, callers.policyArn, "user"),
          ...attachments(module.callers.attachments, callers.roleNames, callers.policyArn),
        ]
      : []),
  ];
  const seen = new Set<string>();
  for (const { type, id } of parts) {
    if (seen.has(`${type} ${id}`)) {
      throw sharedPolicy(id);
    }
    seen.add(`${type} ${id}`);
  }
  return parts;
}

function principalParts(
  places: PrincipalPlaces,
  { name, policy }: PrincipalSetUp,
  kind: "user" | "role",
): Part[] {
  const principal = part(places.principal, name);
  if (policy === undefined) {
    return [principal];
  }
  return policy.type === "inline"
    ? [principal, part(places.inlinePolicy, inlinePolicyId(name, policy.name), kind)]
    : [
        principal,
        part(places.managedPolicy, policy.arn, kind),
        part(places.attachment, attachmentId(name, policy.arn)),
      ];
}

function namedAccessKeys(address: string, keys: readonly NamedAccessKey[] = []): Part[] {
  return keys.map(({ name, id }) => part(`${address}["${name}"]`, id));
}

function attachments(
  address: string,
  roleNames: Readonly<Record<string, string>>,
  policyArn: string,
): Part[] {
  return Object.entries(roleNames).map(([key, roleName]) =>
    part(`${address}["${key}"]`, attachmentId(roleName, policyArn)),
  );
}

function part(address: string, id: string, policyOf?: "user" | "role"): Part {
  const type = address.slice(0, address.indexOf("."));
  return { type, address, id, ...(policyOf === undefined ? {} : { policyOf }) };
}
