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
    meaning: "The access key id is none, or was deleted or turned off.",
  },
  {
    code: "InvalidClientTokenId",
    pattern: /InvalidClientTokenId/i,
    meaning:
      "The access key id is none, or was deleted or turned off, or temporary credentials are used without their session token.",
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
    meaning: "The session token is not one of AWS's, or belongs to another access key.",
  },
  {
    code: "MissingAuthenticationToken",
    pattern: /MissingAuthenticationToken|IncompleteSignature|Missing credentials/i,
    meaning: "The request was not signed: no credentials were found.",
  },
  {
    code: "CredentialsProviderError",
    pattern:
      /CredentialsProviderError|Could not load credentials|Unable to locate credentials|no AWS credentials|AuthFailure/i,
    meaning: "No credentials were found where Remotion and the AWS SDK look for them.",
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
