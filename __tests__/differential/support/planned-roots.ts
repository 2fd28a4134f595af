import { join } from "node:path";
import { OFFLINE_PROVIDER } from "../../support/offline-provider.js";
import { REPOSITORY } from "../../support/repository.js";
import { Workspace } from "../../support/workspace.js";
import type { GeneratedRoot } from "./root.js";

/** The provider for plans that ask nobody. */
const WITHOUT_AWS = { provider: { aws: OFFLINE_PROVIDER } };

/** The provider for the AWS mock, which has buckets in paths; the rest is in the environment. */
export const WITH_MOCK = { provider: { aws: { region: "us-east-1", s3_use_path_style: true } } };

/** A folder where generated roots are planned, together or alone. */
export function rootsWorkspace(environment: Readonly<Record<string, string>>): Workspace {
  return new Workspace(environment).copy(join(REPOSITORY, "modules"), "modules");
}

/** Writes roots as module calls of one root in `together`. */
export async function writeTogether(
  workspace: Workspace,
  roots: readonly GeneratedRoot[],
  provider: object = WITHOUT_AWS,
): Promise<void> {
  for (const { name, content } of roots) {
    workspace.write(`roots/${name}/main.tf.json`, JSON.stringify(content));
  }
  const module = Object.fromEntries(
    roots.map(({ name }) => [name, { source: `../roots/${name}` }]),
  );
  workspace.write("together/main.tf.json", JSON.stringify({ ...provider, module }));
  await workspace.init("together");
}

/** Plans roots as module calls of one plan. */
export async function planTogether(
  workspace: Workspace,
  roots: readonly GeneratedRoot[],
): Promise<unknown> {
  await writeTogether(workspace, roots);
  return workspace.plan(["-refresh=false"], "together");
}

/** Plans one root alone. */
export async function planAlone(workspace: Workspace, root: GeneratedRoot): Promise<unknown> {
  const folder = `alone/${root.name}`;
  workspace.write(`${folder}/main.tf.json`, JSON.stringify({ ...WITHOUT_AWS, ...root.content }));
  await workspace.init(folder);
  return workspace.plan(["-refresh=false"], folder);
}
