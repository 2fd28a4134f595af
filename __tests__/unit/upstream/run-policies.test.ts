import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findIsolation, notIsolated } from "../../../lib/upstream/isolation.js";
import { runPolicies } from "../../../lib/upstream/run-policies.js";
import { temporaryFolder, writeFile } from "../support/folder.js";
import { manifest } from "./fake-npm.js";

describe.each([
  { where: "isolated, where that can be", isolated: true },
  { where: "in a process like any other", isolated: false },
])("policies $where", ({ isolated }) => {
  it.each([
    { never: "end", code: "for (;;);", says: "they took longer than 2 seconds" },
    {
      never: "have enough",
      code: "const all = []; for (;;) all.push({ of: [all.length] });",
      timeout: 60_000,
      says: "they took more than 256 megabytes of memory",
    },
  ])("that never $never are ended, with all that they started", async (release) => {
    const { code, timeout = 2000, says } = release;
    const folder = temporaryFolder();
    writeFile(folder, "node_modules/@remotion/lambda/package.json", manifest("4.0.600"));
    writeFile(folder, "node_modules/@remotion/lambda/policies.js", code);
    const { signal } = new AbortController();
    const isolation = await findIsolation(folder, signal);
    const runner = isolated && "run" in isolation ? isolation.run : notIsolated;

    await expect(runPolicies("4.0.600", { folder, runner, signal, timeout })).rejects.toThrow(
      `The policies of Remotion 4.0.600 cannot be read: ${says}.`,
    );
    await expect.poll(() => runningIn(folder)).toEqual([]);
  });
});

/** Command lines of processes that name a folder, where the system tells. */
function runningIn(folder: string): string[] {
  if (process.platform !== "linux") {
    return [];
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(commandLine)
    .filter((line) => line.includes(folder));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
