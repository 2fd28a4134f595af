import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTool } from "../../support/tools.js";

/** Why hosts cannot be played; undefined where they can. */
export const unlessHosts =
  findTool("openssl") === undefined
    ? "openssl is not on the PATH: it makes certificates for hosts that are played."
    : undefined;

/** Hosts of the network, played on this machine. */
export interface LoopbackHosts {
  /** Environment in which Terraform, OpenTofu and git find these hosts, trust them, and reach no other one. */
  readonly environment: Readonly<Record<string, string>>;
  /** What was asked of them: `GET https://example.com/path?query`. */
  readonly requests: readonly string[];
  readonly stop: () => Promise<void>;
}

/** What answers for a part of a host. */
interface Route {
  readonly host: string;
  /** What paths there begin with. */
  readonly path: string;
  readonly listener: RequestListener;
}

/**
 * Plays hosts under their own names: a proxy on the loopback answers for them over TLS, with a certificate that is made
 * for them now. A source that names a host is then fetched as it is written, port and all. Any other host is refused.
 *
 * @param routes the first that fits answers
 * @throws where there is no `openssl`: see `unlessHosts`
 */
export async function startHosts(routes: readonly Route[]): Promise<LoopbackHosts> {
  const hosts = new Set(routes.map(({ host }) => host));
  const folder = mkdtempSync(join(tmpdir(), "loopback-hosts-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  makeCertificate([...hosts], key, certificate);

  const requests: string[] = [];
  const tls = createServer(
    { key: readFileSync(key), cert: readFileSync(certificate) },
    (request, response) => {
      const { headers, method, url = "" } = request;
      requests.push(`${method} https://${headers.host}${url}`);
      const route = routes.find(({ host, path }) => host === headers.host && url.startsWith(path));
      if (route === undefined) {
        response.writeHead(404).end();
      } else {
        route.listener(request, response);
      }
    },
  );
  const proxy = createHttpServer((_request, response) => response.writeHead(400).end());
  const sockets = new Set<Socket>();
  proxy.on("connection", (socket: Socket) => {
    sockets.add(socket);
    // Git hangs up as soon as it has what it wants.
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
  });
  proxy.on("connect", ({ url = "" }, socket: Socket) => {
    if (hosts.has(url.replace(/:443$/, ""))) {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      tls.emit("connection", socket);
    } else {
      requests.push(`CONNECT ${url}`);
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    }
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    // Each in both cases: curl, which git uses, reads the lower first, and Go the upper.
    environment: {
      HTTPS_PROXY: address,
      https_proxy: address,
      NO_PROXY: "",
      no_proxy: "",
      SSL_CERT_FILE: certificate,
      GIT_SSL_CAINFO: certificate,
      GIT_CONFIG_GLOBAL: join(folder, "no-configuration"),
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_TERMINAL_PROMPT: "0",
    },
    requests,
    stop: async () => {
      for (const socket of sockets) {
        socket.destroy();
      }
      proxy.close();
      await once(proxy, "close");
      rmSync(folder, { recursive: true });
    },
  };
}

/** A certificate for hosts that is its own authority, for two days. */
function makeCertificate(hosts: readonly string[], key: string, certificate: string): void {
  const names = hosts.map((host) => `DNS:${host}`).join(",");
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
      ...["-days", "2", "-subj", "/CN=loopback", "-addext", `subjectAltName=${names}`],
      ...["-keyout", key, "-out", certificate],
    ],
    { stdio: "pipe" },
  );
}
