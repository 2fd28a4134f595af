import type { Holder } from "./allowed-by.js";
import type { AllowedBy, Answer, Side } from "./answer.js";
import type { Asker } from "./asker.js";
import { bucketOf } from "./calls-like.js";
import type { DeniedRequest, PolicyKind } from "./denial.js";
import { policyCommand, verifyAll } from "./proving-commands.js";

/** Whose each kind of policy is. */
const SIDES: Readonly<Record<Exclude<PolicyKind, "identity-based policy">, Side>> = {
  "permissions boundary": "boundary",
  "session policy": "session",
  "resource-based policy": "resource",
  "service control policy": "organization",
  "resource control policy": "organization",
  "VPC endpoint policy": "endpoint",
  "role trust policy": "trust",
  "S3 Block Public Access": "public access",
};

/**
 * What is to be said where another policy decided than the principal's own.
 *
 * @param allowed what would allow it in the principal's own, for each that it may be
 * @returns undefined where the principal's own policies lack it
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function otherPolicy(
  { policy, explicit, action, resource }: DeniedRequest,
  asker: Asker,
  allowed: ReadonlyMap<Holder, readonly AllowedBy[]>,
): Pick<Answer, "side" | "allowedBy" | "advice" | "commands"> | undefined {
  const what = resource === undefined ? action : `${action} on ${resource}`;
  const side =
    policy === undefined || policy === "identity-based policy" ? undefined : SIDES[policy];
  if (side === undefined) {
    return explicit
      ? {
          side: "another policy",
          allowedBy: [],
          advice: [
            "A Deny wins over every Allow, so no module's input helps. No policy of these modules has a Deny: another policy of the same principal, of a group of it, or of the account has one, and has to leave this out.",
          ],
          commands: verifyAll(asker, resource, allowed),
        }
      : undefined;
  }
  return {
    side,
    allowedBy: [],
    advice: [
      ...adviceFor(side, what, explicit, resource),
      ...ALSO[side === "resource" ? "own" : "none"],
    ],
    commands:
      side === "boundary" ? [...printAll(allowed), ...verifyAll(asker, resource, allowed)] : [],
  };
}

/** Prints the narrowest policies that have it. */
function printAll(allowed: ReadonlyMap<Holder, readonly AllowedBy[]>): string[] {
  return [...allowed].map(([holder, modules]) => {
    const profile = modules.map((one) => one.profile?.having[0]).find(Boolean);
    return policyCommand(holder, profile ?? (holder === "function" ? "minimal" : "full"));
  });
}

const ALSO = {
  own: ["Inside one account either policy is enough; across accounts both have to allow it."],
  none: [],
} as const;

function adviceFor(
  side: Side,
  what: string,
  explicit: boolean,
  resource: string | undefined,
): string[] {
  switch (side) {
    case "boundary":
      return [
        `It is the permissions boundary, and not the policy: a boundary limits what all policies of the user or the role may allow. ${explicit ? "Its Deny has to leave out" : "It has to allow at least"} ${what}.`,
        "What it has to hold for all that the profile does is what `policy` prints. permissions_boundary_arn names the boundary; no module writes it.",
      ];
    case "session":
      return [
        "Whoever assumed the role gave the session a policy of its own (Policy or PolicyArns of AssumeRole, inline-session-policy or managed-session-policies in a workflow), which allows less than the role. Leave it out there, or let it allow this; no module's input helps.",
      ];
    case "organization":
      return [
        "No policy of this project can allow it, and no input of a module: a policy of the organization stands above all policies of the account. Only whoever runs the organization can change it; often it forbids a region, or public buckets.",
        `Tell them what is needed: ${what}.`,
        "With their policies `verify` says beforehand what else they deny: --scp LEVEL=FILE and --rcp FILE take what `aws organizations describe-policy` answers.",
      ];
    case "endpoint":
      return [
        "No policy of this project can allow it: the request goes through a VPC endpoint whose own policy does not. Whoever runs the network has to let the endpoint's policy allow it (aws_vpc_endpoint_policy).",
      ];
    case "public access":
      return [
        "No policy of the user is lacking: S3 Block Public Access of the bucket or of the account forbids public policies or ACLs. Whoever runs the account can lift it for the bucket (aws_s3_bucket_public_access_block, aws_s3_account_public_access_block).",
        'Without it: privacy: "no-acl" sends no ACL, and presignUrl() lets others read a private render. A site has to be readable by the functions at its serveUrl all the same.',
      ];
    default:
      return [
        bucketOf(resource ?? "") === undefined
          ? "It is the policy of the resource itself, as of a function or a key, which no module here writes: whoever owns the resource has to let it allow this."
          : "It is the policy of the bucket itself, which no module here writes: whoever owns the bucket has to let it allow this. For a bucket of another account Remotion needs s3OutputProvider besides.",
        ...withItsPolicy(resource ?? ""),
      ];
  }
}

/** How `verify` is told the policy of a bucket or a key. */
function withItsPolicy(resource: string): string[] {
  const bucket = bucketOf(resource);
  if (bucket === undefined && !/^arn:[^:]*:kms:/.test(resource)) {
    return [];
  }
  return [
    bucket === undefined
      ? "With it `verify` says beforehand what it allows: --key-policy ARN=FILE takes what `aws kms get-key-policy` answers."
      : "With it `verify` says beforehand what it denies: --bucket-policy NAME=FILE takes what `aws s3api get-bucket-policy` answers.",
  ];
}
