import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { CheckOptions } from "./arguments.js";
import { cloneWorkingTree } from "./clone.js";
import { CloneRunner } from "./clone-runner.js";
import { noInstallScript } from "./install-scripts.js";
import { installedNode, installNode } from "./installed-node.js";
import { canDeploy } from "./program-folder.js";
import type { StepResult } from "./report.js";
import { installation, stepsFor } from "./steps.js";

/** Where a version is checked. */
interface Place {
  readonly repository: string;
  /** Empty, and for this version alone. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Is told what is being done. */
  readonly note: (text: string) => void;
}

/**
 * Does in a clone, with one Node.js, what people do there first.
 *
 * @param version as npm takes it: 26, or 20.19
 * @throws {UsageError} where no version can be tried
 */
export async function checkVersion(
  version: string,
  { whole, linked, cleanCache, deploys, shard }: CheckOptions,
  { repository, folder, signal, note }: Place,
): Promise<StepResult[]> {
  const [node, clone] = [join(folder, "node"), join(folder, "clone")];
  mkdirSync(node);
  note(`Node.js ${version}: install it …`);
  const { status, stderr, stopped } = await installNode(version, node, signal);
  if (status !== 0) {
    const output = stopped ?? stderr;
    return [{ version, step: "install Node.js", status, seconds: 0, scripts: "", output }];
  }
  cloneWorkingTree(repository, clone);
  const runner = new CloneRunner(folder, clone, installedNode(node), signal, note);
  const deployment = deploys && (canDeploy(process.env["PATH"] ?? "") ? "deployed" : "synthesized");
  const steps = stepsFor(whole, deployment, shard);
  if (linked) {
    symlinkSync(join(repository, "node_modules"), join(clone, "node_modules"), "junction");
    return runner.runAll(steps);
  }
  const packages = await runner.run(
    installation(cleanCache ? join(folder, "npm-cache") : undefined),
  );
  if (packages.status !== 0) {
    return [packages];
  }
  const results = await runner.runAll(steps);
  return [
    packages,
    ...(runner.logsScripts ? [noInstallScript(packages, results)] : []),
    ...results,
  ];
}
