import { type ChildProcess, spawn } from "node:child_process";
import { UNTIDY } from "./tools.js";

/** A running provider. */
export interface RunningProvider {
  /** Environment that attaches Terraform to it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/**
 * Runs the AWS provider for an endpoint.
 *
 * @param program the provider, as Terraform has installed it
 * @see https://developer.hashicorp.com/terraform/plugin/debugging
 */
export async function runProvider(
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<RunningProvider> {
  // With a bundle of certificates the provider cannot be configured twice; the mock speaks HTTP.
  const { AWS_CA_BUNDLE: _bundle, ...own } = process.env;
  const child = spawn(program, ["-debug"], {
    env: { ...UNTIDY, ...own, ...environment },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    environment: { TF_REATTACH_PROVIDERS: await reattachment(child) },
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

/**
 * An environment that attaches Terraform to a running provider, and OpenTofu as well: it has another name for the same
 * one.
 */
export function forEitherEngine(
  environment: Readonly<Record<string, string>>,
): Record<string, string> {
  const { TF_REATTACH_PROVIDERS = "{}" } = environment;
  const attached = Object.entries(JSON.parse(TF_REATTACH_PROVIDERS)).flatMap(([name, provider]) => [
    [name, provider],
    [name.replace("terraform.io", "opentofu.org"), provider],
  ]);
  return {
    ...environment,
    TF_REATTACH_PROVIDERS: JSON.stringify(Object.fromEntries(attached)),
  };
}

/** What the provider says once it is up. */
function reattachment({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    stdout?.on("data", (chunk) => {
      said += chunk;
      const [, value] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(said) ?? [];
      if (value !== undefined) {
        resolve(value);
      }
    });
    stdout?.once("end", () => reject(new Error(`The AWS provider did not start:\n${said}`)));
  });
}
