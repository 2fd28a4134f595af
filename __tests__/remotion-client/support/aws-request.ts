import type { IncomingHttpHeaders } from "node:http";

/** A request that a client sent to AWS, as far as the permissions it needs depend on it. */
export interface AwsRequest {
  readonly method: string;
  /** Path as sent: still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Service, region and key that the request is signed for. */
  readonly signature: Signature;
}

/** What the signature of a request says of its sender and its receiver. */
export interface Signature {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** Reads the signature of a request, which is in a header, or in the query of a presigned URL. */
export function signatureOf(headers: IncomingHttpHeaders, query: URLSearchParams): Signature {
  const header = headers.authorization?.match(/Credential=([^,]+)/)?.[1];
  const credential = header ?? query.get("X-Amz-Credential") ?? "";
  const [accessKeyId, , region, service] = credential.split("/");
  if (accessKeyId === undefined || region === undefined || service === undefined) {
    throw new Error(`A request without a signature reached the endpoint: "${credential}".`);
  }
  return { accessKeyId, region, service };
}

/** The body of a request in one of AWS' JSON protocols. */
export function jsonBody(request: AwsRequest): Record<string, unknown> {
  const text = request.body.toString("utf8");
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** The member `name` of a JSON body, if it is a string. */
export function stringMember(body: Record<string, unknown>, name: string): string | undefined {
  const value = body[name];
  return typeof value === "string" ? value : undefined;
}
