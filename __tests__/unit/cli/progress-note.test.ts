import { spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { userPolicy } from "../../../lib/remotion/policies.js";
import { REPOSITORY } from "../../support/repository.js";
import { describeUnless } from "../../support/suites.js";
import { temporaryFolder } from "../support/folder.js";

const BIN = join(REPOSITORY, "bin", "remotion-lambda-terraform.cjs");

/** Runs a command at a terminal, as far as this machine can pretend to be one. */
const LACKING =
  spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0
    ? undefined
    : "`script` of util-linux is not on the PATH, which pretends to be a terminal.";

describeUnless(LACKING)("whoever waits at a terminal", () => {
  it("is told what for, then how much is read, and is left with the report alone", async () => {
    const fifo = join(temporaryFolder(), "plan");
    spawnSync("mkfifo", [fifo]);
    const child = spawn("script", ["-qec", `node ${BIN} verify ${fifo}`, "/dev/null"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
    const saidSoon = async (text: RegExp) => {
      for (let tries = 0; tries < 300 && !text.test(said); tries += 1) {
        await sleep(100);
      }
      return said;
    };

    expect(await saidSoon(/Waiting for .*plan …/)).toMatch(/Waiting for .*plan …/);
    const writer = openSync(fifo, "w");
    const text = JSON.stringify(userPolicy());
    writeSync(writer, text.slice(0, 100));
    expect(await saidSoon(/Reading .*plan: 0 MB/)).toMatch(/Reading .*plan: 0 MB/);
    writeSync(writer, text.slice(100));
    closeSync(writer);
    const exitCode = await new Promise((resolve) => child.once("close", resolve));

    expect(exitCode).toBe(0);
    const left = said.slice(said.lastIndexOf("\u001b[K"));
    expect(left).toMatch(/^\S+policy, as a user .* 39 of 39 allowed/);
    expect(left).not.toMatch(/Reading|Waiting/);
  });
});
