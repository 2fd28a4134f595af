import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";

/** A running AWS mock with an account of its own, empty at the start. */
export interface Moto {
  readonly url: string;
  /** Environment that sends the AWS provider, the SDKs and the CLI there. */
  readonly environment: Readonly<Record<string, string>>;
  /** Empties the account. */
  readonly reset: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the AWS mock on a free port.
 *
 * @param onLog receives what it writes to its log. @default nobody reads it
 */
export async function startMoto(onLog?: (text: string) => void): Promise<Moto> {
  const port = await freePort();
  const server = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: ["ignore", "ignore", onLog === undefined ? "ignore" : "pipe"],
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "false" },
  });
  if (onLog !== undefined) {
    server.stderr?.setEncoding("utf8").on("data", onLog);
  }
  const url = `http://127.0.0.1:${port}`;
  await untilUp(url, server);
  return {
    url,
    environment: awsEnvironment(url),
    reset: async () => {
      await fetch(new URL("/moto-api/reset", url), { method: "POST" });
    },
    stop: async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill();
      await ended;
    },
  };
}

/** Environment with fake credentials for an endpoint. */
export function awsEnvironment(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** A port that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

async function untilUp(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (server.exitCode !== null) {
      throw new Error(`moto_server ended with ${server.exitCode} before it was up.`);
    }
    try {
      await fetch(`${url}/moto-api/data.json`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  server.kill();
  throw new Error("moto_server was not up after 30 seconds.");
}
