/** Why AWS does not take credentials, before it asks what they may do. */
interface CredentialError {
  readonly code: string;
  /** What else the same is called: older names, and the words of the message. */
  readonly pattern: RegExp;
  /** What it means, and what to do, as sentences. */
  readonly meaning: string;
}

/**
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const CREDENTIAL_ERRORS: readonly CredentialError[] = [
  {
    code: "id-token",
    pattern:
      /ACTIONS_ID_TOKEN_REQUEST|set the .?id-token.? permission|id-token: write.{0,40}(?:missing|required)/i,
    meaning:
      "The workflow's job gets no token of GitHub's, so there is nothing to assume a role with: give the job `permissions: id-token: write`. A workflow of a fork's pull request never gets one.",
  },
  {
    code: "IAM Identity Center",
    pattern:
      /SSO session .{0,60}(?:expired|invalid)|loading SSO Token|SSO Token.{0,60}(?:expired|does not exist)|refresh this SSO session|UnauthorizedSSOToken/i,
    meaning:
      "The session of IAM Identity Center is over, or there was none: `aws sso login`, with the profile in use.",
  },
  {
    code: "GetRoleCredentials",
    pattern:
      /GetRoleCredentials[^.]{0,60}(?:No access|Forbidden)|Forbidden[^.]{0,60}GetRoleCredentials/i,
    meaning:
      "IAM Identity Center gives nobody a permission set that is not assigned to them in that account: sso_account_id and sso_role_name of the profile have to be an assigned pair.",
  },
  {
    code: "RegionDisabledException",
    pattern:
      /RegionDisabled|STS is not activated in this region|OptInRequired|needs a subscription for the service/i,
    meaning:
      "The account has not turned on the region, or STS in it, or the service: whoever runs the account does so on the page Account of the console.",
  },
  {
    code: "ExpiredTokenException",
    pattern: /Token expired: current date/i,
    meaning:
      "The OIDC token that the role was to be assumed with is over: it is good for minutes. Assume the role at the beginning of the job, and ask for a new token each time.",
  },
  {
    code: "ExpiredToken",
    pattern: /ExpiredToken|security token included in the request is expired|token has expired/i,
    meaning:
      "The temporary credentials are over: sign in, or assume the role, again. A render that takes longer than the session outlives it: see max_session_duration of remotion-execution-role.",
  },
  {
    code: "SignatureDoesNotMatch",
    pattern: /SignatureDoesNotMatch|InvalidSignature|signature we calculated does not match/i,
    meaning:
      "The secret access key is not the one of the access key id, or was changed on its way, as by a space or a line's end in an environment variable.",
  },
  {
    code: "RequestTimeTooSkewed",
    pattern: /RequestTimeTooSkewed|RequestExpired|Signature expired/i,
    meaning: "The clock of the machine is wrong by more than some minutes.",
  },
  {
    code: "InvalidAccessKeyId",
    pattern: /InvalidAccessKeyId|AWS Access Key Id you provided does not exist/i,
    meaning:
      "The access key id is none, or was deleted or turned off; or the region is one that the account has not turned on.",
  },
  {
    code: "InvalidClientTokenId",
    pattern: /InvalidClientTokenId/i,
    meaning:
      "The access key id is none, or was deleted or turned off, or temporary credentials are used without their session token; or the region is one that the account has not turned on.",
  },
  {
    code: "UnrecognizedClientException",
    pattern: /UnrecognizedClient|security token included in the request is invalid/i,
    meaning:
      "The access key id is none, or was deleted or turned off; or temporary credentials are used without their session token; or the region is one that the account has not turned on.",
  },
  {
    code: "InvalidToken",
    pattern: /\bInvalidToken\b|provided token is malformed/i,
    meaning:
      "The session token is not one of AWS's, or belongs to another access key; or the region is one that the account has not turned on, or one that takes no tokens of the global endpoint of STS (AWS_STS_REGIONAL_ENDPOINTS=regional gets others).",
  },
  {
    code: "MissingAuthenticationToken",
    pattern: /MissingAuthenticationToken|IncompleteSignature|Missing credentials/i,
    meaning: "The request was not signed: no credentials were found.",
  },
  {
    // Remotion's own look at the environment: https://www.remotion.dev/docs/lambda/troubleshooting/permissions
    code: "checkCredentials",
    pattern: /have not set the environment variable (?:REMOTION_)?AWS_/i,
    meaning:
      "Remotion looks for access keys in the environment before it calls AWS, and there are none: set REMOTION_AWS_ACCESS_KEY_ID and REMOTION_AWS_SECRET_ACCESS_KEY, or REMOTION_AWS_PROFILE. Where a role gives them in another way, as on EC2, ECS, EKS and CodeBuild, set REMOTION_SKIP_AWS_CREDENTIALS_CHECK=true. Node.js reads no .env file by itself; `npx remotion lambda` does.",
  },
  {
    code: "CredentialsProviderError",
    pattern:
      /CredentialsProviderError|Could not (?:load|resolve) credentials|Unable to (?:locate|load|find) (?:AWS )?credentials|no (?:AWS )?credentials (?:have been configured|found)|no AWS credentials|No valid credential sources|failed to refresh cached credentials|NoCredentialProviders|config profile .{0,80} could not be found|AuthFailure/i,
    meaning:
      "No credentials were found where Remotion and the AWS SDK look for them, or the profile that is named has none.",
  },
];

/** The error with credentials that a text tells of, by its code. */
export function credentialErrorIn(text: string): string | undefined {
  return CREDENTIAL_ERRORS.find(({ pattern }) => pattern.test(text))?.code;
}

/** What an error with credentials means. */
export function credentialMeaning(code: string | undefined): string {
  return CREDENTIAL_ERRORS.find((error) => error.code === code)?.meaning ?? "";
}
