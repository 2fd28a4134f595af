import { ACCOUNT } from "./aws-names.js";
import type { Permission } from "./permission.js";

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

/**
 * The answer of a service to a caller whose policy lacks a permission, in the service's own form.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function accessDenied(service: string, { action, resource }: Permission): AwsAnswer {
  const message =
    `User: arn:aws:iam::${ACCOUNT}:user/remotion-user is not authorized to perform: ${action} ` +
    `on resource: ${resource} because no identity-based policy allows the ${action} action`;
  switch (service) {
    case "s3":
      return xmlAnswer(
        `<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`,
        403,
      );
    case "iam":
    case "sts": {
      const type = "<Type>Sender</Type>";
      const error = `<Error>${type}<Code>AccessDenied</Code><Message>${message}</Message></Error>`;
      return xmlAnswer(`<ErrorResponse>${error}</ErrorResponse>`, 403);
    }
    case "lambda": {
      const { body } = jsonAnswer({ Message: message });
      return { status: 403, headers: { "x-amzn-errortype": "AccessDeniedException" }, body };
    }
    default:
      // Services that name the operation in a header name the error in the body.
      return jsonAnswer({ __type: "AccessDeniedException", Message: message }, 400);
  }
}

function xmlAnswer(body: string, status: number): AwsAnswer {
  return { status, headers: { "content-type": "application/xml" }, body: Buffer.from(body) };
}
