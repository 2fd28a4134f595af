import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import { plainText } from "../json/json-value.js";
import { shownAddress } from "../json/shown.js";
import { Unknown } from "../terraform-expression/unknown.js";
import type { IamResource } from "./iam-file.js";
import type { OrganizationPolicy } from "./outside-facts.js";

/** The kinds of policies of an organization that decide who may do what. */
const KINDS: Readonly<Record<string, OrganizationPolicy["kind"]>> = {
  SERVICE_CONTROL_POLICY: "service control policy",
  RESOURCE_CONTROL_POLICY: "resource control policy",
};

/**
 * Whether a text is the id of an organization.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
 */
export function isOrganizationId(text: string): boolean {
  return /^o-[a-z0-9]{10,32}$/.test(text);
}

/** What tells which policies an account has. */
const ALL_LEVELS =
  "a file without the organization, and --scp LEVEL=FILE for all that the account has";

/** What is read of a resource of whatever kind. */
interface Reader {
  readonly documentOf: (policy: IamResource) => unknown;
  /** Why it is open whether a resource is made. */
  readonly caveatOf: (resource: IamResource) => UnknownPart | undefined;
}

/**
 * The policies of an organization that a file attaches. It has some of what is attached, and not where in the
 * organization an account is: a unit's may count for it, and the others of an account may allow more.
 */
export function organizationPolicies(
  {
    policies,
    attachments,
  }: {
    readonly policies: readonly IamResource[];
    readonly attachments: readonly IamResource[];
  },
  { documentOf, caveatOf }: Reader,
): readonly OrganizationPolicy[] {
  const byId = new Map(policies.map((policy) => [policy.argument("id"), policy]));
  const byAddress = new Map(policies.map((policy) => [policy.address, policy]));
  const attachedBy = (attachment: IamResource): IamResource | undefined => {
    const id = attachment.argument("policy_id");
    const [origin = "", ...others] = id instanceof Unknown ? id.origins : [];
    return others.length > 0 ? undefined : (byAddress.get(origin) ?? byId.get(id));
  };
  return attachments.flatMap((attachment) => {
    const policy = attachedBy(attachment);
    const kind = kindOf(policy?.argument("type"));
    if (kind === undefined) {
      return [];
    }
    const target = attachment.argument("target_id");
    const level = typeof target === "string" ? target : attachment.address;
    const account = /^\d{12}$/.exec(level)?.[0];
    const doubt = caveatOf(attachment) ?? (account === undefined ? underDoubt(level) : undefined);
    return [
      {
        kind,
        name: policy?.address ?? attachment.address,
        level,
        document:
          policy === undefined ? ofElsewhere(attachment.argument("policy_id")) : documentOf(policy),
        ...(account === undefined ? {} : { account }),
        ...(doubt === undefined ? {} : { doubt }),
        more: new UnknownPart(
          `whether other policies of ${shownAddress(level)} allow more is not in the file`,
          ALL_LEVELS,
        ),
      },
    ];
  });
}

/** The kind of a policy; one that is made elsewhere, or whose type is not told, is taken for one that decides. */
function kindOf(type: unknown): OrganizationPolicy["kind"] | undefined {
  const told = type === undefined || type instanceof Unknown ? "SERVICE_CONTROL_POLICY" : type;
  return KINDS[plainText(told)];
}

/** A policy that the file only attaches: it may be of any kind, and say anything, but for AWS's own. */
function ofElsewhere(id: unknown): unknown {
  return id === "p-FullAWSAccess"
    ? {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      }
    : new UnknownPart("its text is not in the file", ALL_LEVELS);
}

function underDoubt(level: string): UnknownPart {
  return new UnknownPart(
    `whether the account is under ${shownAddress(level)} is not in the file`,
    ALL_LEVELS,
  );
}
