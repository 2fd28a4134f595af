import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import {
  type ClientHttp2Session,
  connect,
  createServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import { connect as connectSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { oncePerRun } from "./once-per-run.js";
import type { RunningProvider } from "./running-provider.js";

/**
 * Services whose resource types Terraform is told of: those that roots in tests have. A type of another one is
 * "not supported by the provider"; its service is then added here.
 */
const SERVICES =
  /^aws_(?:caller_identity$|partition$|region$|(?:ecs|iam|kms|lambda|launch|s3|ssoadmin)_)/;

/** Fields of `GetProviderSchema.Response` that are maps by a type's name. */
const MAPS_BY_TYPE = [2, 3, 8];

/** What may be on the way at once, in megabytes: the whole schema, and plans of any size. */
const MEMORY_MB = 1000;

/** A way to a provider by which its answer is shorter. */
interface SchemaProxy {
  /** The socket that Terraform connects to. */
  readonly socket: string;
  readonly stop: () => Promise<void>;
}

/**
 * Stands between Terraform and a running AWS provider. All calls pass through as they are; but of the 1,500
 * resource types, Terraform is told of those that the tests use alone. To read the others is most of what a
 * small plan costs, each time anew.
 *
 * @param provider the provider's socket
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/docs/plugin-protocol/tfplugin5.9.proto
 */
async function startSchemaProxy(provider: string): Promise<SchemaProxy> {
  const folder = mkdtempSync(join(tmpdir(), "provider-"));
  const socket = join(folder, "socket");
  const upstream = connect("http://provider", {
    createConnection: () => connectSocket(provider),
    maxSessionMemory: MEMORY_MB,
  });
  // Its streams end with an error, too, each of which is told to who asked.
  upstream.on("error", () => {});
  const sessions = new Set<Http2Session>();
  let schema: Promise<Buffer> | undefined;
  const server = createServer({ maxSessionMemory: MEMORY_MB });
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
    // A client that goes away takes its streams along.
    session.on("error", () => {});
  });
  server.on("stream", (stream, headers) => {
    stream.on("error", () => {});
    if (headers[":path"] === "/tfplugin5.Provider/GetSchema") {
      schema ??= keptSchema(upstream, headers);
      schema.then(
        (message) => answer(stream, message),
        () => stream.destroy(),
      );
    } else {
      passOn(stream, headers, upstream);
    }
  });
  server.listen(socket);
  await once(server, "listening");
  return {
    socket,
    stop: async () => {
      upstream.destroy();
      for (const session of sessions) {
        session.destroy();
      }
      server.close();
      await once(server, "close");
      rmSync(folder, { recursive: true });
    },
  };
}

function passOn(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  upstream: ClientHttp2Session,
): void {
  const asked = upstream.request(headers);
  let trailers: IncomingHttpHeaders = {};
  asked.on("error", () => stream.destroy());
  asked.on("trailers", (given) => {
    trailers = given;
  });
  asked.once("response", (given, flags) => {
    const isEnd = (flags & 1) === 1;
    stream.respond(given, isEnd ? { endStream: true } : { waitForTrailers: true });
    if (!isEnd) {
      asked.pipe(stream);
    }
  });
  stream.once("wantTrailers", () => stream.sendTrailers(trailers));
  stream.once("close", () => asked.close());
  stream.pipe(asked);
}

/**
 * What the provider answers in each of its processes, asked for once for all tests of a run: to put it together takes it
 * longer than to start.
 */
async function keptSchema(
  upstream: ClientHttp2Session,
  headers: IncomingHttpHeaders,
): Promise<Buffer> {
  const file = "schema";
  const folder = await oncePerRun("provider-schema", async (made) => {
    writeFileSync(join(made, file), await shortSchema(upstream, headers));
  });
  return readFileSync(join(folder, file));
}

/** Asks the provider, and leaves out what no test uses. */
async function shortSchema(
  upstream: ClientHttp2Session,
  headers: IncomingHttpHeaders,
): Promise<Buffer> {
  const asked = upstream.request(headers);
  // An empty message: not compressed, of length 0.
  asked.end(Buffer.alloc(5));
  const whole = await buffer(asked);
  return framed(withoutOtherTypes(whole.subarray(5)));
}

function answer(stream: ServerHttp2Stream, message: Buffer): void {
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  stream.once("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  stream.end(message);
}

/** A message as gRPC frames it: whether it is compressed, its length, itself. */
function framed(message: Buffer): Buffer {
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(message.length, 1);
  return Buffer.concat([frame, message]);
}

/** The fields of a `GetProviderSchema.Response`, without the types of other services. */
export function withoutOtherTypes(message: Buffer): Buffer {
  const kept: Buffer[] = [];
  let at = 0;
  while (at < message.length) {
    const start = at;
    const tag = varint(message, at);
    const length = varint(message, tag.end);
    // All fields of this message are messages, which say how long they are.
    if ((tag.value & 7) !== 2) {
      throw new Error(`The provider's schema has a field of wire type ${tag.value & 7}.`);
    }
    at = length.end + length.value;
    const field = message.subarray(length.end, at);
    if (!MAPS_BY_TYPE.includes(tag.value >>> 3) || SERVICES.test(keyOf(field))) {
      kept.push(message.subarray(start, at));
    }
  }
  return Buffer.concat(kept);
}

/** The key of an entry of a map, which comes first. */
function keyOf(entry: Buffer): string {
  const { value, end } = varint(entry, 1);
  return entry.toString("utf8", end, end + value);
}

/** A number in seven bits a byte, the lowest first. */
function varint(bytes: Buffer, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  let end = start;
  let shift = 0;
  let byte: number;
  do {
    byte = bytes[end] ?? 0;
    value += (byte & 127) * 2 ** shift;
    shift += 7;
    end += 1;
  } while (byte >= 128);
  return { value, end };
}

/** How Terraform is told where a provider runs, as far as it is read here. */
interface Reattached {
  readonly Addr: { readonly Network: string; readonly String: string };
}

/** Terraform's way to a running provider: by a proxy that makes its schema short. */
export async function withShortSchema(running: RunningProvider): Promise<RunningProvider> {
  const reattached = Object.entries(
    JSON.parse(running.environment["TF_REATTACH_PROVIDERS"] ?? "{}") as Record<string, Reattached>,
  );
  const [name, { Addr: address, ...rest }] = reattached[0] as [string, Reattached];
  if (address.Network !== "unix") {
    return running;
  }
  const proxy = await startSchemaProxy(address.String);
  const Addr = { ...address, String: proxy.socket };
  return {
    environment: { TF_REATTACH_PROVIDERS: JSON.stringify({ [name]: { ...rest, Addr } }) },
    stop: async () => {
      await proxy.stop();
      await running.stop();
    },
  };
}
