import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What may become of a call. */
const FAULTS = ["throttled", "failed", "lost", "answer lost", "delayed"] as const;

/** What became of a call. Only where the answer is lost has it changed anything. */
type Fault = (typeof FAULTS)[number];

/** A fault and the call that it befell. */
interface InjectedFault {
  readonly fault: Fault;
  /** IAM action: `CreateRole`. */
  readonly action: string;
}

/** Decides what becomes of a call; undefined lets it pass. */
export type FaultPlan = (action: string, call: string) => Fault | undefined;

/** A proxy in front of an endpoint that answers badly, as networks and AWS do. */
export interface FaultProxy {
  readonly url: string;
  /** What was injected so far, in order. */
  readonly injected: readonly InjectedFault[];
  /** The actions of all calls so far, in order. */
  readonly calls: readonly string[];
  /** Replaces the plan. */
  readonly plan: (plan: FaultPlan) => void;
  readonly stop: () => Promise<void>;
}

/** Milliseconds that a delayed call waits. */
const DELAY = 300;

/** Lets everything pass. */
export const NO_FAULTS: FaultPlan = () => undefined;

/**
 * Faults by chance. The n-th call that says the same has the same fate for the same seed, in whichever order calls
 * come: Terraform makes several at once.
 *
 * @param share of the calls that have a fault, from 0 to 1
 */
export function seededFaults(seed: string, share: number): FaultPlan {
  const counts = new Map<string, number>();
  return (_action, call) => {
    const count = (counts.get(call) ?? 0) + 1;
    counts.set(call, count);
    const hash = createHash("sha256").update(`${seed} ${count} ${call}`).digest();
    const fault = FAULTS[hash.readUInt32BE(4) % FAULTS.length];
    return hash.readUInt32BE(0) / 2 ** 32 < share ? fault : undefined;
  };
}

/** Starts a proxy in front of an endpoint. Only calls of IAM have faults. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  let plan = NO_FAULTS;
  const injected: InjectedFault[] = [];
  const calls: string[] = [];
  const { hostname, port } = new URL(target);
  const server = createServer(async (incoming, outgoing) => {
    const body = await bodyOf(incoming);
    const parameters = new URLSearchParams(body.toString());
    const action = parameters.get("Action") ?? "";
    const isIam = /\/iam\/aws4_request/.test(incoming.headers.authorization ?? "");
    const named = [...parameters].filter(([name]) => name === "Action" || /(Name|Arn)$/.test(name));
    const fault = isIam ? plan(action, JSON.stringify(named)) : undefined;
    if (isIam) {
      calls.push(action);
    }
    if (fault !== undefined) {
      injected.push({ fault, action });
    }
    const forward = () => forwarded({ hostname, port }, incoming, body, outgoing);
    switch (fault) {
      case "throttled":
        return answerError(outgoing, 400, "Throttling", "Rate exceeded");
      case "failed":
        return answerError(outgoing, 500, "InternalFailure", "Try again");
      case "lost":
        return void incoming.socket.destroy();
      case "answer lost":
        return request(
          {
            hostname,
            port,
            method: incoming.method,
            path: incoming.url,
            headers: incoming.headers,
          },
          (answer) => answer.resume().once("end", () => incoming.socket.destroy()),
        ).end(body);
      case "delayed":
        return void setTimeout(forward, DELAY);
      default:
        return forward();
    }
  });
  // On a busy machine a client that was idle would send its next request into a closing socket.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    injected,
    calls,
    plan: (next) => {
      plan = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function forwarded(
  { hostname, port }: { readonly hostname: string; readonly port: string },
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
): void {
  const forward = request({ hostname, port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  forward.on("error", (error) => outgoing.writeHead(502).end(error.message));
  forward.end(body);
}

/** An error as IAM answers it. */
function answerError(outgoing: ServerResponse, status: number, code: string, message: string) {
  outgoing
    .writeHead(status, { "Content-Type": "text/xml" })
    .end(
      `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1b2c</RequestId></ErrorResponse>`,
    );
}
