import { PRINCIPAL_ARN } from "../iam/rules.js";
import { keepsRule } from "../iam/value-rule.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import type { AllowedBy, Answer } from "./answer.js";
import { type Asker, askerOf } from "./asker.js";
import { isSameAction } from "./calls-like.js";
import type { DeniedRequest } from "./denial.js";
import { otherPolicy } from "./other-policy.js";

/** What to look at where Lambda may not assume the role of a function. */
export const LAMBDA_TRUST_ADVICE: readonly string[] = [
  "The module remotion-lambda-role makes a role that lambda.amazonaws.com may assume. A role of another name or of your own, given as customRoleArn, needs the same trust policy; the role of a caller, as remotion-execution-role makes it, is not for functions unless trusted_services has lambda.amazonaws.com.",
  "Right after the role was made, AWS needs some seconds until Lambda sees it: try again before anything else.",
];

/** What to look at where a token is not taken. */
export const OIDC_ADVICE: readonly string[] = [
  "The trust policy compares the token's own claims: aud with audiences, sub with subjects, letter by letter. Print the token's claims and compare; the role's ARN and the account have to be the right ones, too.",
  "GitHub: a repository that was made, renamed or transferred after 15 July 2026 has the numbers of its owner and of itself in sub, as in repo:OWNER@OWNER_ID/REPO@REPO_ID:ref:refs/heads/main; a policy for repo:OWNER/REPO:… refuses it. `gh api repos/OWNER/REPO/actions/oidc/customization/sub` answers which form it has; trust both while you change over.",
  "A job that names an environment has environment:NAME in place of ref:…, and a pull request has pull_request: each is a subject of its own.",
];

/** The modules that trust tokens. */
export const OIDC_MODULES: readonly AllowedBy[] = modulesOfCaller(
  'trusted_oidc = [{ provider_arn = "ARN-OF-THE-PROVIDER", audiences = ["sts.amazonaws.com"], subjects = ["repo:OWNER@OWNER_ID/REPO@REPO_ID:ref:refs/heads/main"], claims = {} }]',
);

function modulesOfCaller(...inputs: readonly string[]): AllowedBy[] {
  return [
    { module: "remotion-execution-role", inputs },
    { module: "remotion-lambda", inputs: ["create_execution_role = true", ...inputs] },
  ];
}

/** Actions that a role's trust policy decides on. */
const TRUST_ACTIONS = [
  "sts:AssumeRole",
  "sts:AssumeRoleWithWebIdentity",
  "sts:AssumeRoleWithSAML",
  "sts:TagSession",
  "sts:SetSourceIdentity",
] as const;

/** Whether a request asks for a role, and not with it. */
export function isTrustRequest({ action }: DeniedRequest): boolean {
  return TRUST_ACTIONS.some((known) => isSameAction(known, action));
}

/** What is to be said where a role may not be assumed. */
export function answerTrust(
  request: DeniedRequest,
): Pick<Answer, "side" | "allowedBy" | "advice" | "commands"> {
  const asker = askerOf(request);
  const other = isOfTrust(request) ? undefined : otherPolicy(request, asker, new Map());
  if (other !== undefined) {
    return { ...other, commands: commandsFor(request) };
  }
  return { side: "trust", commands: commandsFor(request), ...trustOf(request, asker) };
}

/** Whether the trust policy may be what decided; IAM also calls it the role's resource-based policy. */
function isOfTrust({ policy, explicit }: DeniedRequest): boolean {
  switch (policy) {
    case "role trust policy":
    case "resource-based policy":
    case undefined:
      return true;
    case "identity-based policy":
      return !explicit;
    default:
      return false;
  }
}

function trustOf(
  { action, resource = "", policy, principal, explicit }: DeniedRequest,
  asker: Asker,
): Pick<Answer, "allowedBy" | "advice"> {
  if (explicit && policy !== undefined) {
    return {
      allowedBy: [],
      advice: [
        "A Deny in the role's trust policy wins over every Allow, so no input helps. No module here writes a trust policy with a Deny: the role is one of your own, or was changed by hand, and its Deny has to leave this out.",
      ],
    };
  }
  switch (TRUST_ACTIONS.find((known) => isSameAction(known, action))) {
    case "sts:AssumeRoleWithWebIdentity":
      return { allowedBy: OIDC_MODULES, advice: OIDC_ADVICE };
    case "sts:TagSession":
      return {
        allowedBy: modulesOfCaller('session_tag_keys = ["KEY-OF-A-TAG"]'),
        advice: [
          "The session is tagged when the role is assumed, and its trust policy allows no tags, or not these keys.",
        ],
      };
    case "sts:AssumeRole":
      break;
    default:
      return {
        allowedBy: [],
        advice: [
          "No module here writes a trust policy with this action: the role needs one of your own.",
        ],
      };
  }
  if (resource.endsWith(`/${DEFAULT_NAMES.lambdaRole}`)) {
    return {
      allowedBy: [],
      advice: [
        "The role of Remotion's functions is for Lambda alone, and remotion-lambda-role lets nobody else assume it. Whoever calls Remotion needs a role of its own: remotion-execution-role.",
      ],
    };
  }
  const own = `The policies of ${asker.words} have to allow sts:AssumeRole on that role as well, unless both are in one account and the trust policy names it: no module here writes that.`;
  return policy === "identity-based policy"
    ? { allowedBy: [], advice: [own] }
    : {
        allowedBy: modulesOfCaller(
          `trusted_principal_arns = [${JSON.stringify(trustedArn(principal))}]`,
        ),
        advice: [
          "A service of AWS is trusted by trusted_services, and not by an ARN.",
          "Where the role has external_id, whoever assumes it has to give it.",
          own,
        ],
      };
}

/** The ARN to trust: of the role, where the message has a session of it. */
function trustedArn(principal = ""): string {
  const [, partition, account, name] =
    /^arn:([a-z-]+):sts::([0-9]{12}):assumed-role\/([^/]+)\//.exec(principal) ?? [];
  const arn = name === undefined ? principal : `arn:${partition}:iam::${account}:role/${name}`;
  return keepsRule(PRINCIPAL_ARN, arn) ? arn : "ARN-OF-WHOEVER-ASSUMES-IT";
}

function commandsFor({ action, resource = "" }: DeniedRequest): string[] {
  const name = /:role\/(?:[^:]{1,512}\/)?([\w+=,.@-]{1,64})$/.exec(resource)?.[1] ?? "NAME";
  return [
    `aws iam get-role --role-name ${name} --query Role.AssumeRolePolicyDocument`,
    ...(isSameAction(action, "sts:AssumeRoleWithWebIdentity")
      ? ["gh api repos/OWNER/REPO/actions/oidc/customization/sub"]
      : []),
  ];
}
