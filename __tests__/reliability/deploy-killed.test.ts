import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cloneRepository } from "../support/clone.js";
import { NO_FAULTS } from "../support/fault-proxy.js";
import { unlessTorture } from "../support/part.js";
import { REPOSITORY } from "../support/repository.js";
import { describeAws, describeUnless } from "../support/suites.js";
import { terraformEnvironment } from "../support/tools.js";
import { Workspace } from "../support/workspace.js";
import { blocksFor } from "./support/converge.js";
import { type FaultyAws, startFaultyAws } from "./support/faulty-aws.js";

/* `cdktf deploy` killed in the middle, and then again, until it succeeds. */

const CDKTF = join(REPOSITORY, "node_modules", ".bin", "cdktf");
const DEPLOY = ["deploy", "--auto-approve", "--skip-provider-lock"];
const STACK = join("cdktf.out", "stacks", "remotion-lambda");

/** Deployments at most. What still fails then does not converge. */
const MOST = 5;

/** At which of the calls that make something it is killed. */
const KILLS = ([1, 2, 3, 4] as const).flatMap((call) =>
  (["SIGKILL", "SIGINT"] as const).map((signal) => ({ signal, call })),
);

const MAKES = /^(?:Create|Put|Attach)/;

describeAws("cdktf deploy", () => {
  describeUnless(unlessTorture("deployments by cdktf deploy, killed in the middle", KILLS.length))(
    "killed in the middle",
    () => {
      let aws: FaultyAws;
      beforeAll(async () => {
        aws = await startFaultyAws();
      });
      afterAll(() => aws?.stop());

      it.each(KILLS)(
        "converges after $signal at its call $call that makes something",
        async ({ signal, call }) => {
          await aws.moto.reset();
          const clone = cloneRepository();
          const workspace = new Workspace(aws.environment);
          aws.proxy.plan((action) => (MAKES.test(action) ? "delayed" : undefined));
          await deployUntil(clone, call, signal);
          aws.proxy.plan(NO_FAULTS);

          const { deployments, imported } = await deployAgain(workspace, clone);

          process.stderr.write(
            `${signal} at call ${call}: ${deployments} more deployments, ${imported} with imports\n`,
          );
          expect(await aws.iam.everything()).toEqual([
            "remotion-executionrole-policy",
            "remotion-lambda-role",
            "remotion-user",
          ]);
          expect(await workspace.isUpToDate([], join(clone, STACK))).toBe(true);
          await cdktf(workspace, clone, "destroy", ...DEPLOY.slice(1));
          expect(await aws.iam.everything()).toEqual([]);
          workspace.remove();
          rmSync(clone, { recursive: true });
        },
      );

      /** Deploys, and sends a signal at the so-manieth call that makes something, to all that then runs with it. */
      async function deployUntil(
        clone: string,
        call: number,
        signal: NodeJS.Signals,
      ): Promise<void> {
        const before = aws.proxy.calls.length;
        const made = () =>
          aws.proxy.calls.slice(before).filter((action) => MAKES.test(action)).length;
        const child = spawn(process.execPath, [CDKTF, ...DEPLOY], {
          cwd: clone,
          env: { ...terraformEnvironment(), ...aws.environment },
          stdio: "ignore",
          // A process group of its own, as a terminal and a runner of jobs have it.
          detached: true,
        });
        const ended = once(child, "exit");
        await expect.poll(made, { timeout: 300_000, interval: 10 }).toBeGreaterThanOrEqual(call);
        process.kill(-(child.pid ?? Number.NaN), signal);
        await ended;
        await expect.poll(() => processesIn(clone), { timeout: 120_000 }).toEqual([]);
      }

      async function deployAgain(workspace: Workspace, clone: string) {
        let imported = 0;
        for (let deployments = 1; deployments <= MOST; deployments++) {
          const { status, output } = await workspace.attempt(
            process.execPath,
            [CDKTF, ...DEPLOY],
            clone,
          );
          if (status === 0) {
            return { deployments, imported };
          }
          expect(output).toContain("EntityAlreadyExists");
          imported += 1;
          const blocks = await blocksFor(workspace, output, "/");
          workspace.write(join(clone, STACK, `imports-${deployments}.tf`), blocks);
        }
        throw new Error(`After ${MOST} deployments it still fails.`);
      }
    },
  );
});

/** Runs CDKTF in a clone. */
function cdktf(workspace: Workspace, clone: string, ...args: string[]) {
  return workspace.run(process.execPath, [CDKTF, ...args], clone);
}

/** Processes that work in a folder, where the system tells. */
function processesIn(folder: string): string[] {
  const isThere = (id: string) => {
    try {
      return readlinkSync(`/proc/${id}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  };
  return process.platform === "linux"
    ? readdirSync("/proc").filter((name) => /^\d+$/.test(name) && isThere(name))
    : [];
}
