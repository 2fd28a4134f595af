import { PARTITIONS } from "../partition.js";
import { type PartyNames, prepareParty } from "./trust-party.js";
import { UnknownPart } from "./unknown-part.js";

/**
 * By what names the policy of a resource may mean whoever calls. What it allows differs by the name: to a user
 * or a session it grants, to a role within its boundary, to an account what the identity policies say.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-request.html
 */
export interface ResourceCaller {
  readonly any: PartyNames;
  /** A user, or a session. */
  readonly itself: PartyNames;
  /** The role that a session is of. */
  readonly role: PartyNames;
  readonly account: PartyNames;
  readonly everybody: PartyNames;
}

const NOBODY = { account: undefined, Service: [], Federated: [] } as const;
const EVERYBODY = "*";

/**
 * The names of a caller.
 *
 * @param arn its ARN, with `*` for what is not told; undefined where nothing is
 * @param account twelve digits, where the ARN does not tell them
 */
export function resourceCaller(arn: string | undefined, account?: string): ResourceCaller {
  return arn === undefined ? unknownCaller(account) : knownCaller(arn, account);
}

function knownCaller(arn: string, account: string | undefined): ResourceCaller {
  const { names } = prepareParty(account === undefined ? { arn } : { arn, account });
  const [own, root] = names.AWS;
  const named = own === undefined ? [] : [own];
  const { roleOfSession, roleWithAnyPath, sessions } = names;
  const isRole = sessions !== undefined;
  const isSession = isRole || roleOfSession !== undefined;
  return {
    any: {
      ...names,
      // Whoever assumes a role may come with an identity from outside.
      Federated: isSession ? [PROVIDER] : [],
      canonicalUser: CANONICAL,
    },
    itself: {
      ...NOBODY,
      AWS: isRole ? [] : named,
      Federated: isSession ? [PROVIDER] : [],
      ...(sessions === undefined ? {} : { sessions }),
    },
    role: {
      ...NOBODY,
      AWS: isRole ? named : [],
      ...(roleOfSession === undefined ? {} : { roleOfSession }),
      ...(roleWithAnyPath === undefined ? {} : { roleWithAnyPath }),
    },
    account: {
      ...NOBODY,
      AWS: root === undefined ? [] : [root],
      account: names.account,
      canonicalUser: CANONICAL,
    },
    everybody: { ...NOBODY, AWS: [EVERYBODY] },
  };
}

function unknownCaller(account: string | undefined): ResourceCaller {
  const roots = account === undefined ? [WHO] : PARTITIONS.map((one) => rootOf(one, account));
  const ofAccount = { AWS: roots, account: account ?? WHO, canonicalUser: CANONICAL };
  return {
    any: { ...NOBODY, ...ofAccount, AWS: [...roots, WHO, EVERYBODY], Federated: [PROVIDER] },
    itself: { ...NOBODY, AWS: [WHO], Federated: [PROVIDER] },
    role: { ...NOBODY, AWS: [WHO] },
    account: { ...NOBODY, ...ofAccount },
    everybody: { ...NOBODY, AWS: [EVERYBODY] },
  };
}

function rootOf(partition: string, account: string): string {
  return `arn:${partition}:iam::${account}:root`;
}

const WHO = new UnknownPart("who calls is not told", "a file that has the user or the role");
const PROVIDER = new UnknownPart(
  "the provider of the caller's identity is not told",
  "a policy that names the role",
);
const CANONICAL = new UnknownPart(
  "which account a canonical user is does not show in its id",
  "a policy that names the account",
);
