import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startCountingProxy } from "../__tests__/support/counting-proxy.js";
import { awsEnvironment, startMoto } from "../__tests__/support/moto.js";
import { findMoto } from "../__tests__/support/tools.js";
import { inTemporaryFolder } from "../lib/upstream/temporary-folder.js";
import { cloneCommunityModule } from "./side-by-side/community-module.js";
import { UsageError } from "./side-by-side/errors.js";
import { compareAll } from "./side-by-side/figures.js";
import { page } from "./side-by-side/page.js";
import { refusalsOfAll } from "./side-by-side/refusals.js";

// npm run side-by-side: writes docs/SIDE-BY-SIDE.md. Needs Terraform and the AWS mock, and the network for
// terraform-aws-modules/iam, unless TERRAFORM_AWS_IAM_GIT names a git directory of it.
const PAGE = join(import.meta.dirname, "..", "docs", "SIDE-BY-SIDE.md");
try {
  writeFileSync(PAGE, await inTemporaryFolder(compared));
  process.stderr.write(`Wrote ${PAGE}.\n`);
} catch (error) {
  if (!(error instanceof UsageError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

async function compared(folder: string): Promise<string> {
  const { missing } = findMoto();
  if (missing !== undefined) {
    throw new UsageError(missing);
  }
  const clone = join(folder, "terraform-aws-iam");
  cloneCommunityModule(clone);
  const moto = await startMoto();
  const proxy = await startCountingProxy(moto.url);
  try {
    const environment = { ...awsEnvironment(proxy.url), ...sharedProvider(folder) };
    const comparison = await compareAll(proxy, environment, clone);
    return page(comparison, await refusalsOfAll(environment, clone));
  } finally {
    await proxy.stop();
    await moto.stop();
  }
}

/** Has Terraform fetch the provider once for all workspaces, unless the user has a cache of providers. */
function sharedProvider(folder: string): Readonly<Record<string, string>> {
  if (process.env["TF_PLUGIN_CACHE_DIR"] !== undefined) {
    return {};
  }
  const cache = join(folder, "providers");
  mkdirSync(cache);
  return { TF_PLUGIN_CACHE_DIR: cache };
}
