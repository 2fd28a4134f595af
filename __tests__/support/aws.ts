import { inject } from "vitest";
import { type Moto, startMoto } from "./moto.js";
import { type RunningProvider, runProvider } from "./running-provider.js";
import { withShortSchema } from "./schema-proxy.js";

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
