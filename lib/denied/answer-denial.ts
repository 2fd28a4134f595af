import { API_ROWS, apiName } from "../remotion/api-calls.js";
import type { Answer, MadeCall } from "./answer.js";
import { answerRequest } from "./answer-request.js";
import { UNKNOWN_ASKER } from "./asker.js";
import { callsLike, madeCalls } from "./calls-like.js";
import { credentialMeaning } from "./credential-errors.js";
import type { Denial, OtherDenial } from "./denial.js";
import { DECODE, SHOW_PLAN, verifyCommands } from "./proving-commands.js";
import { LAMBDA_TRUST_ADVICE, OIDC_ADVICE, OIDC_MODULES } from "./trust-answer.js";

/** What is to be said of a refusal. */
export function answerDenial(denial: Denial): Answer {
  return denial.kind === "request" ? answerRequest(denial) : answerOther(denial);
}

function answerOther({ kind, code }: OtherDenial): Answer {
  switch (kind) {
    case "access denied":
      return accessDenied();
    case "encoded message":
      return encodedMessage();
    case "bucket without ACLs":
      return bucketWithoutAcls();
    case "role not assumable by Lambda":
      return {
        ...NOTHING,
        side: "trust",
        sentence:
          "Lambda may not assume the role that the function is to run as. That is no matter of what the caller may do: it is the role's trust policy.",
        calls: callsOf("lambda:CreateFunction"),
        allowedBy: ["remotion-lambda-role", "remotion-lambda"].map((module) => ({
          module,
          inputs: [],
        })),
        advice: LAMBDA_TRUST_ADVICE,
        commands: verifyCommands("function", UNKNOWN_ASKER),
      };
    case "token without a provider":
      return {
        ...NOTHING,
        side: "trust",
        sentence:
          "The account has no OIDC provider for the token, or that provider does not list the token's audience. No policy is looked at before that.",
        allowedBy: OIDC_MODULES,
        advice: [
          "The modules trust a provider that exists, by provider_arn: make it with aws_iam_openid_connect_provider, with the token's issuer as its url and the token's audience in client_id_list.",
          ...OIDC_ADVICE,
        ],
      };
    case "credentials":
      return {
        ...NOTHING,
        side: "credentials",
        sentence: `${code ?? "The error"}: AWS does not take the credentials. No permission is lacking, and no module's input would help.`,
        advice: [
          credentialMeaning(code),
          "Remotion reads REMOTION_AWS_PROFILE, then REMOTION_AWS_ACCESS_KEY_ID and REMOTION_AWS_SECRET_ACCESS_KEY, then AWS_PROFILE, then AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, with AWS_SESSION_TOKEN for temporary ones; without any of these, the role of the machine. An old key in an earlier place wins over a good one in a later place.",
        ],
        commands: ["aws sts get-caller-identity"],
      };
  }
}

/** What most answers leave empty. */
const NOTHING = {
  denied: undefined,
  calls: [],
  allowedBy: [],
  advice: [],
  commands: [],
} as const satisfies Omit<Answer, "side" | "sentence">;

function accessDenied(): Answer {
  return {
    ...NOTHING,
    side: "untold",
    sentence:
      "It cannot be told from this text: it names neither the action nor the resource, as S3 does not where the bucket is another account's, or where only the head of an object was asked for.",
    calls: callsByApi(({ action }) => action.startsWith("s3:")),
    advice: [
      "Any of Remotion's calls to S3 is answered so. A bucket outside of Remotion's own, named by outName or forceBucketName, is the first to look at: it needs output_buckets.",
      "Reading an object that is not there is answered so as well where s3:ListBucket is not allowed.",
      "A bucket policy, Block Public Access, or a KMS key can be what denies it: those are in no plan of these modules.",
      "The stack trace below the text often names the function that called, and CloudTrail's event of that moment (errorCode AccessDenied) the action and the resource: give its errorMessage to this command.",
    ],
    commands: [SHOW_PLAN, "npx remotion-lambda-terraform verify plan.json"],
  };
}

function encodedMessage(): Answer {
  return {
    ...NOTHING,
    side: "untold",
    sentence:
      "It cannot be told from this text: AWS has encoded the message, and AWS alone can decode it.",
    calls: callsByApi(({ action }) => action.startsWith("ec2:")),
    advice: [
      "Decode it with credentials of the same account that have sts:DecodeAuthorizationMessage, and give the answer to this command. TEXT is what stands behind the colon.",
      "EC2 is the service that encodes its messages; Remotion calls it for functions in a VPC alone, which is the input vpc.",
    ],
    commands: [DECODE],
  };
}

function bucketWithoutAcls(): Answer {
  return {
    ...NOTHING,
    side: "acls",
    sentence:
      "The bucket has ACLs turned off, and Remotion sent one. No permission is lacking, and acl = true would not help.",
    calls: callsOf("s3:PutObjectAcl"),
    advice: [
      'Give privacy: "no-acl" to renderMediaOnLambda(), renderStillOnLambda() or deploySite() (--privacy=no-acl on the command line): then no ACL is sent, and the policy of the bucket decides who reads.',
      'Or turn ACLs on: aws_s3_bucket_ownership_controls with object_ownership = "BucketOwnerPreferred". Only then does an output bucket need acl = true.',
    ],
  };
}

function callsOf(action: string): MadeCall[] {
  return madeCalls(callsLike(action, undefined));
}

/** Every API that makes such calls, once, with all of their actions. */
function callsByApi(isMeant: (call: { readonly action: string }) => boolean): MadeCall[] {
  const byApi = new Map<string, { by: MadeCall["by"]; actions: Set<string> }>();
  for (const { api, actor, calls } of API_ROWS) {
    for (const { action } of calls.filter(isMeant)) {
      const by = actor === "function" ? "function" : "caller";
      const entry = byApi.get(api) ?? { by, actions: new Set<string>() };
      entry.actions.add(action);
      byApi.set(api, entry);
    }
  }
  return [...byApi].map(([api, { by, actions }]) => ({
    api: apiName(api),
    situation: "any",
    by,
    action: [...actions].sort().join(", "),
  }));
}
