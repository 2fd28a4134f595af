import { API_ROWS, apiName } from "../remotion/api-calls.js";
import type { Answer, MadeCall } from "./answer.js";
import { answerRequest } from "./answer-request.js";
import { UNKNOWN_ASKER } from "./asker.js";
import { callsLike, isSameAction, madeCalls } from "./calls-like.js";
import { credentialMeaning } from "./credential-errors.js";
import type { Denial, OtherDenial } from "./denial.js";
import { actionsOf } from "./operations.js";
import { DECODE, SHOW_PLAN, verifyCommands } from "./proving-commands.js";
import { LAMBDA_TRUST_ADVICE, OIDC_ADVICE, OIDC_MODULES } from "./trust-answer.js";

/** What is to be said of a refusal. */
export function answerDenial(denial: Denial): Answer {
  return denial.kind === "request" ? answerRequest(denial) : answerOther(denial);
}

function answerOther({ kind, code }: OtherDenial): Answer {
  switch (kind) {
    case "access denied":
      return accessDenied(code);
    case "cut off message":
      return {
        ...NOTHING,
        side: "untold",
        sentence:
          'It cannot be told from this text: it is cut off behind "not authorized to perform", where the action, the resource and the reason stand.',
        advice: [
          "Give the whole message. Where a log or a page cuts it, CloudTrail's event of that moment has all of it (errorCode AccessDenied, errorMessage).",
        ],
        commands: [SHOW_PLAN, "npx remotion-lambda-terraform verify plan.json"],
      };
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
    case "role of another account":
      return {
        ...NOTHING,
        side: "no policy",
        sentence:
          "iam:PassRole is denied: the role that the function is to run as is of another account than the function, which AWS allows to nobody.",
        calls: callsOf("iam:PassRole"),
        advice: [
          "Make the role in the account that the credentials are of: remotion-lambda-role there, and its role_arn as customRoleArn. Without customRoleArn Remotion passes remotion-lambda-role of the account of the credentials.",
        ],
        commands: ["aws sts get-caller-identity"],
      };
    case "environment of a function":
      return {
        ...NOTHING,
        side: "resource",
        sentence:
          "Lambda cannot decrypt the environment variables of the function: KMS does not let the function's role use the key.",
        advice: [
          "With AWS's own key that happens where the role was deleted and made again under its name: deploy the function anew (`npx remotion lambda functions rm`, then `deploy`), which makes a new grant. No input helps.",
          "With a key of your own the key's policy has to let the role use kms:Decrypt; no module here writes that.",
        ],
        commands: ["aws lambda get-function-configuration --function-name NAME --query KMSKeyArn"],
      };
    case "session too long":
      return {
        ...NOTHING,
        side: "trust",
        sentence:
          "The session was asked to last longer than the role lets a session last. No permission is lacking.",
        allowedBy: [
          { module: "remotion-execution-role", inputs: ["max_session_duration = SECONDS"] },
          {
            module: "remotion-lambda",
            inputs: ["create_execution_role = true", "max_session_duration = SECONDS"],
          },
        ],
        advice: [
          "Or ask for a shorter one: role-duration-seconds in a workflow, DurationSeconds elsewhere. A role that is assumed by a session of another role has one hour at most, whatever the input.",
        ],
        commands: ["aws iam get-role --role-name NAME --query Role.MaxSessionDuration"],
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
        sentence: `${code ?? "The error"}: AWS does not take the credentials. No permission of AWS's is lacking, and no module's input would help.`,
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

function accessDenied(operation: string | undefined): Answer {
  const ofS3 = operation === undefined ? [] : actionsOf("s3", operation);
  const isMeant = ({ action }: { readonly action: string }) =>
    ofS3.some((one) => isSameAction(one, action));
  const calls = callsByApi(isMeant);
  const isNamed = calls.length > 0;
  return {
    ...NOTHING,
    side: "untold",
    sentence: isNamed
      ? `It cannot be told from this text: it names the operation ${operation ?? ""}, which needs ${ofS3.join(" and ")}, but neither the resource nor who asked, as S3 does not where the bucket is another account's, or where only the head of an object was asked for.`
      : operation === undefined
        ? "It cannot be told from this text: it names neither the action nor the resource, as S3 does not where the bucket is another account's, or where only the head of an object was asked for."
        : `It cannot be told from this text: it names the operation ${operation}, which is no call of Remotion's to S3, and not the resource.`,
    calls: isNamed ? calls : callsByApi(({ action }) => action.startsWith("s3:")),
    advice: [
      isNamed
        ? "Where Remotion asked, it is one of these calls."
        : "Any of Remotion's calls to S3 is answered so.",
      "A bucket outside of Remotion's own, named by outName or forceBucketName, is the first to look at: it needs output_buckets.",
      "Reading an object that is not there is answered so as well where s3:ListBucket is not allowed.",
      "A bucket policy, Block Public Access, or a KMS key can be what denies it: those are in no plan of these modules.",
      "The stack trace below the text often names the function that called, and CloudTrail's event of that moment (errorCode AccessDenied) the action and the resource: give the whole event to this command.",
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
