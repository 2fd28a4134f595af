import { inject } from "vitest";
import { type Moto, startMoto } from "./moto.js";
import { type RunningProvider, runProvider } from "./running-provider.js";
import { startSchemaProxy } from "./schema-proxy.js";

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

/**
 * Starts the AWS provider for an endpoint, which tells Terraform of no more types than tests use. Terraform
 * starts its own where it is not found.
 */
export async function startProvider(
  environment: Readonly<Record<string, string>>,
): Promise<RunningProvider> {
  const { provider } = inject("terraform");
  if (provider === undefined) {
    return { environment: {}, stop: async () => {} };
  }
  return withShortSchema(await runProvider(provider, environment));
}

/** How Terraform is told where a provider runs, as far as it is read here. */
interface Reattached {
  readonly Addr: { readonly Network: string; readonly String: string };
}

/** Terraform's way to a running provider: by a proxy that makes its schema short. */
async function withShortSchema(running: RunningProvider): Promise<RunningProvider> {
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
