import { type RunningProvider, runProvider } from "../__tests__/support/running-provider.js";
import { findTerraform } from "../__tests__/support/tools.js";

/**
 * The AWS provider, running for many Terraform commands. Its start takes most of the time of a small
 * plan, is the same for every module, and varies more than what is measured.
 *
 * @param environment where the provider finds AWS
 * @returns the environment for Terraform, that one included
 * @throws Error when there is no provider
 */
export async function attachProvider(
  environment: Readonly<Record<string, string>>,
): Promise<RunningProvider> {
  const { missing, provider } = findTerraform();
  if (provider === undefined) {
    throw new Error(missing);
  }
  const running = await runProvider(provider, environment);
  return { ...running, environment: { ...environment, ...running.environment } };
}
