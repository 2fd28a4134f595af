import { type ChildProcess, spawn } from "node:child_process";

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
 * @param awsPolicies whether it has the policies that AWS manages, which it takes a second to load. @default no
 */
export async function startMoto(
  onLog: (text: string) => void = () => {},
  { awsPolicies = false } = {},
): Promise<Moto> {
  // It takes a port itself and says which: a port that was free a moment ago need not be so now.
  const server = spawn("moto_server", ["-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: String(awsPolicies) },
  });
  // Read to the end even where nobody wants it: a pipe that is full would stop the server.
  const url = await addressOf(server, onLog);
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

/** What the server says once it listens; there is no limit on time but the test's. */
function addressOf(server: ChildProcess, onLog: (text: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const onStart = (text: string) => {
      said += text;
      const [, url] = /Running on (http:\/\/[\d.]+:\d+)/.exec(said) ?? [];
      if (url !== undefined) {
        server.stderr?.off("data", onStart);
        resolve(url);
      }
    };
    server.stderr?.setEncoding("utf8").on("data", onLog).on("data", onStart);
    server.once("error", reject);
    server.once("close", (status) =>
      reject(new Error(`moto_server ended with ${status} before it was up:\n${said}`)),
    );
  });
}
