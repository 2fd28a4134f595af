import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy that notes which IAM actions pass through it, and what is answered. */
export interface CountingProxy {
  readonly url: string;
  /** The IAM actions since the last call of this function, in order. */
  readonly take: () => string[];
  /** Likewise, with the names and ARNs that each call is about. */
  readonly takeCalls: () => IamCall[];
  /** The bodies of all answers to an IAM action, in order. */
  readonly answersTo: (action: string) => string[];
  readonly stop: () => Promise<void>;
}

/** A call to IAM. */
export interface IamCall {
  readonly action: string;
  /** What its parameters name: `RoleName`, `PolicyArn` and the like. */
  readonly names: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}

/** What the endpoint lacks, and somebody else knows. */
export interface StandIn {
  /** The body of an answer; undefined of calls that the endpoint answers. */
  readonly answer: (call: IamCall) => string | undefined;
  /** The body of the endpoint's answer as it should be. */
  readonly completed: (call: IamCall, body: string) => string;
}

const NO_STAND_IN: StandIn = { answer: () => undefined, completed: (_call, body) => body };

/**
 * Starts a proxy in front of an endpoint.
 *
 * @param standIn what the endpoint lacks. @default nothing
 */
export async function startCountingProxy(
  target: string,
  standIn = NO_STAND_IN,
): Promise<CountingProxy> {
  let calls: IamCall[] = [];
  const answers: { action: string; body: string }[] = [];
  const { hostname, port } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(chunks);
      const isIam = /\/iam\/aws4_request/.test(incoming.headers.authorization ?? "");
      const parameters = new URLSearchParams(body.toString());
      const action = parameters.get("Action") ?? "unknown";
      const named = [...parameters].filter(([name]) => /(Name|Arn)$/.test(name));
      const call = {
        action,
        names: named.map(([, value]) => value),
        parameters: Object.fromEntries(parameters),
      };
      if (isIam) {
        calls.push(call);
      }
      const standing = standIn.answer(call);
      if (isIam && standing !== undefined) {
        outgoing.writeHead(200, { "Content-Type": "text/xml" }).end(standing);
        return;
      }
      const { method, url, headers } = incoming;
      const forward = request({ hostname, port, method, path: url, headers }, (answer) => {
        const answered: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => answered.push(chunk));
        answer.on("end", () => {
          const whole = Buffer.concat(answered);
          if (isIam) {
            answers.push({ action, body: whole.toString() });
          }
          const completed = isIam ? Buffer.from(standIn.completed(call, whole.toString())) : whole;
          const { "content-length": _length, ...kept } = answer.headers;
          outgoing.writeHead(answer.statusCode ?? 502, {
            ...kept,
            "content-length": completed.length,
          });
          outgoing.end(completed);
        });
      });
      forward.on("error", (error) => outgoing.writeHead(502).end(error.message));
      forward.end(body);
    });
  });
  // On a busy machine a client that was idle would send its next request into a closing socket.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address() as AddressInfo;
  const takeCalls = () => {
    const taken = calls;
    calls = [];
    return taken;
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    take: () => takeCalls().map(({ action }) => action),
    takeCalls,
    answersTo: (action) =>
      answers.filter((answer) => answer.action === action).map(({ body }) => body),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
