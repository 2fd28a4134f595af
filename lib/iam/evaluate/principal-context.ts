import { type ArnParts, arnParts } from "./arn-parts.js";
import { UnknownPart } from "./unknown-part.js";

/** Context keys in lower case, and their values. */
type Values = Readonly<Record<string, string | UnknownPart>>;

/** How the part of an ARN begins that names a role of IAM Identity Center. */
const IDENTITY_CENTER = "role/aws-reserved/sso.amazonaws.com/";

/**
 * The context keys that follow from a principal's ARN, as AWS fills them in: its account, ARN, type,
 * unique id and, for a user, name. A role's session has the ARN of its role. What every request of
 * such a principal has, and its ARN does not tell, is an `UnknownPart`: the account where the ARN has
 * `*` for it, and the unique ids that IAM chooses.
 *
 * @param principal a user, a role, a role's session, a federated user's session or an account's root;
 * a `*` stands for what is not told
 * @returns nothing for what is no such ARN
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
 */
export function principalContext(principal: string | undefined): Values {
  const parts = principal === undefined ? undefined : arnParts(principal);
  if (principal === undefined || parts === undefined || parts[0] !== "arn") {
    return {};
  }
  const [, , , , account] = parts;
  return {
    "aws:principalaccount": account === "" ? told("*", ACCOUNT) : told(account, ACCOUNT),
    ...ownValues(principal, parts),
  };
}

/**
 * The ARN of the role that IAM Identity Center makes for a permission set, with `*` for what it
 * chooses: the region in the path, and the end of the name.
 *
 * @param options.account the account that the set is provisioned to, `*` where it is not told
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export function permissionSetRoleArn(options: {
  readonly partition: string;
  readonly account: string;
  readonly name: string;
}): string {
  const { partition, account, name } = options;
  return `arn:${partition}:iam::${account}:${IDENTITY_CENTER}*AWSReservedSSO_${name}_*`;
}

function ownValues(principal: string, parts: ArnParts): Values {
  const [, partition, service, , account, resource] = parts;
  const [kind, second = ""] = resource.split("/", 2);
  const name = resource.slice(resource.lastIndexOf("/") + 1);
  const arn = told(principal, arnDoubt(parts));
  switch (`${service} ${kind}`) {
    case "iam user":
      return {
        "aws:principalarn": arn,
        "aws:principaltype": "User",
        "aws:username": told(name, NAME),
        "aws:userid": told("AIDA*", UNIQUE_ID),
      };
    case "iam role":
      return {
        "aws:principalarn": arn,
        "aws:principaltype": "AssumedRole",
        "aws:userid": told("AROA*:*", UNIQUE_ID),
      };
    case "sts assumed-role":
      return {
        "aws:principalarn": told(`arn:${partition}:iam::${account}:role/*${second}`, PATH),
        "aws:principaltype": "AssumedRole",
        "aws:userid": told(`AROA*:${name}`, UNIQUE_ID),
      };
    case "sts federated-user":
      return {
        "aws:principalarn": arn,
        "aws:principaltype": "FederatedUser",
        "aws:userid": told(`${account}:${name}`, arnDoubt(parts)),
      };
    case "iam root":
      return {
        "aws:principalarn": arn,
        "aws:principaltype": "Account",
        "aws:userid": told(account, ACCOUNT),
      };
    default:
      return {};
  }
}

/** A text, where it is told in full: a `*` stands for what is not. */
function told(text: string, [cause, give]: readonly [string, string]): string | UnknownPart {
  return text.includes("*") ? new UnknownPart(cause, give, text.split("*")) : text;
}

const ACCOUNT = ["the caller's account is not told", "--account"] as const;
const NAME = ["the caller's name is not told", "the plan after the apply"] as const;
const PATH = ["the path of the session's role is not told", "the ARN of the role"] as const;
const UNIQUE_ID = ["IAM chooses the caller's unique id", "a policy without aws:userid"] as const;
const ROLE_OF_SET = [
  "IAM Identity Center chooses the end of the role's name",
  "the ARN of the role",
] as const;

/** Why an ARN is not told in full, and what to give. */
function arnDoubt([, , , , account, resource]: ArnParts): readonly [string, string] {
  if (!resource.includes("*")) {
    return ACCOUNT;
  }
  if (resource.startsWith(IDENTITY_CENTER)) {
    return ROLE_OF_SET;
  }
  return account.includes("*")
    ? ["the caller's ARN is not told", "the plan after the apply"]
    : NAME;
}
