import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import type { AwsAnswer } from "./aws-answer.js";
import type { AwsRequest } from "./aws-request.js";

/** Sends a request on to another endpoint, as it came, and gives its answer back. */
export async function forward(request: AwsRequest, url: string): Promise<AwsAnswer> {
  const query = request.query.size === 0 ? "" : `?${request.query}`;
  // The body is sent at once, so nobody waits for the go-ahead of an `Expect` header.
  const { expect: _expect, ...headers } = request.headers;
  const outgoing = httpRequest(`${url}${request.path}${query}`, {
    method: request.method,
    headers,
    agent: false,
  });
  outgoing.end(request.body);
  const [response] = (await once(outgoing, "response")) as [IncomingMessage];
  const body = await buffer(response);
  const answerHeaders: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    // The body is whole by now: its length is said anew. Connections are this server's own.
    if (value !== undefined && !["transfer-encoding", "connection"].includes(name)) {
      answerHeaders[name] = value;
    }
  }
  return { status: response.statusCode ?? 500, headers: answerHeaders, body };
}
