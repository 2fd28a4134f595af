/** An answer of AWS, or of what stands in for it here. */
export interface AwsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** An answer in one of AWS' JSON protocols. */
export function jsonAnswer(value: unknown, status = 200): AwsAnswer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(value)),
  };
}

/** An answer of the query protocol, which IAM and STS speak. */
export function queryAnswer(action: string, result: string): AwsAnswer {
  const body = `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;
  return { status: 200, headers: { "content-type": "text/xml" }, body: Buffer.from(body) };
}

/** The answer of a service to a caller whose policy lacks a permission. */
export function accessDenied(service: string): AwsAnswer {
  if (service === "s3") {
    return {
      status: 403,
      headers: { "content-type": "application/xml" },
      body: Buffer.from("<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"),
    };
  }
  const { body } = jsonAnswer({ message: "User is not authorized to perform this action" });
  return { status: 403, headers: { "x-amzn-errortype": "AccessDeniedException" }, body };
}
