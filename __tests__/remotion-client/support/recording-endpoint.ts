import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { AwsAnswer } from "./aws-answer.js";
import { type AwsRequest, signatureOf } from "./aws-request.js";
import type { Permission } from "./permission.js";
import { requestPermissions } from "./request-permissions.js";

/** They end in milliseconds; where they do not, this is how long that takes to be said. */
const IDLE_TIMEOUT_MS = 120_000;

/** A request that was received, and what its sender needed to be allowed to send it. */
export interface RecordedRequest {
  readonly line: string;
  readonly service: string;
  readonly status: number;
  /** The access that it gives with it: `public-read`. */
  readonly acl?: string;
  /** Empty for requests that are signed with another key than the caller's. */
  readonly permissions: readonly Permission[];
}

/** An endpoint for all of AWS, which writes down what it is asked. */
export class RecordingEndpoint {
  readonly #server: Server;
  readonly #callerKey: string;
  readonly #answer: (request: AwsRequest) => Promise<AwsAnswer>;
  #recording: RecordedRequest[] = [];
  #errors: unknown[] = [];
  #open = 0;

  /**
   * @param options.callerKey access key of the caller whose permissions are of interest
   * @param options.answer gives AWS' answer to a request
   */
  constructor(options: {
    readonly callerKey: string;
    readonly answer: (request: AwsRequest) => Promise<AwsAnswer>;
  }) {
    this.#callerKey = options.callerKey;
    this.#answer = options.answer;
    this.#server = createServer((incoming, outgoing) => void this.#handle(incoming, outgoing));
    // A client that is idle while a command runs would send its next request into a closing socket.
    this.#server.keepAliveTimeout = 0;
  }

  /** Opens the endpoint on a free port and gives its address. */
  async open(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("No port was given.");
    return `http://127.0.0.1:${address.port}`;
  }

  /** Closes the endpoint and all connections to it. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  /** Runs `action` and gives the requests that were received meanwhile. */
  async record(action: () => Promise<unknown>): Promise<readonly RecordedRequest[]> {
    this.#recording = [];
    this.#errors = [];
    await action().finally(async () => {
      await this.#idle();
      // An endpoint that does not know an answer is the cause; what the client makes of it is not.
      if (this.#errors.length > 0) throw new AggregateError(this.#errors, this.#errors.join("\n"));
    });
    // What comes later, while the next call is prepared, belongs to nothing.
    return [...this.#recording];
  }

  // An upload that fails leaves its other parts on the way.
  async #idle(): Promise<void> {
    const deadline = Date.now() + IDLE_TIMEOUT_MS;
    while (this.#open > 0) {
      if (Date.now() > deadline) throw new Error("Requests stayed open after the call was over.");
      await sleep(10);
    }
  }

  async #handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    this.#open++;
    try {
      const request = await read(incoming);
      const answer = await this.#answer(request);
      this.#recording.push(this.#recorded(request, answer.status));
      this.#open--;
      outgoing.writeHead(answer.status, { ...answer.headers } as Record<string, string>);
      outgoing.end(answer.body);
    } catch (error) {
      this.#open--;
      // A client that went away has not asked anything: a command that was interrupted.
      if (!incoming.complete) return;
      this.#errors.push(error);
      outgoing.writeHead(400).end();
    }
  }

  #recorded(request: AwsRequest, status: number): RecordedRequest {
    const { accessKeyId, service } = request.signature;
    const operation = request.headers["x-amz-target"];
    const acl = request.headers["x-amz-acl"];
    return {
      line: [request.method, address(request), operation].filter(Boolean).join(" "),
      service,
      status,
      ...(acl === undefined ? {} : { acl: String(acl) }),
      permissions: accessKeyId === this.#callerKey ? requestPermissions(request, status) : [],
    };
  }
}

// The path and what the query names, without the SDK's own parameters and their values.
function address({ path, query }: AwsRequest): string {
  const names = [...query.keys()].filter((name) => !/^x-/i.test(name));
  return names.length === 0 ? path : `${path}?${names.join("&")}`;
}

async function read(incoming: IncomingMessage): Promise<AwsRequest> {
  const [path = "/", query = ""] = (incoming.url ?? "/").split("?", 2);
  const parameters = new URLSearchParams(query);
  return {
    method: incoming.method ?? "GET",
    path,
    query: parameters,
    headers: incoming.headers,
    body: await buffer(incoming),
    signature: signatureOf(incoming.headers, parameters),
  };
}
