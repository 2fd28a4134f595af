import { type ChildProcess, spawn } from "node:child_process";
import { inject } from "vitest";
import { type Moto, startMoto } from "./moto.js";

/**
 * The AWS mock, and the AWS provider running beside it: Terraform attaches to a provider that runs
 * in place of starting one, which halves what a command costs. One region only, as all of Terraform's
 * provider configurations share it.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/debugging
 */
export async function startAws(): Promise<Moto> {
  const moto = await startMoto();
  const provider = await startProvider(moto.environment);
  return {
    ...moto,
    environment: { ...moto.environment, ...provider.environment },
    stop: async () => {
      await provider.stop();
      await moto.stop();
    },
  };
}

/** A running provider. */
export interface RunningProvider {
  /** Environment that attaches Terraform to it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** Starts the AWS provider for an endpoint; Terraform starts its own where it is not found. */
export async function startProvider(
  environment: Readonly<Record<string, string>>,
): Promise<RunningProvider> {
  const { provider } = inject("terraform");
  if (provider === undefined) {
    return { environment: {}, stop: async () => {} };
  }
  // With a bundle of certificates the provider cannot be configured twice; the mock speaks HTTP.
  const { AWS_CA_BUNDLE: _bundle, ...own } = process.env;
  const child = spawn(provider, ["-debug"], {
    env: { ...own, ...environment },
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
