import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { TORTURE, wholeOf } from "../support/part.js";
import { REPOSITORY } from "../support/repository.js";
import { readFolder, writeFile } from "../unit/support/folder.js";
import { runRecorded } from "../unit/support/recording-console.js";
import { type Fault, withFault } from "./support/faulty-file-system.js";
import { expectClean, expectOwn, expectWhole, makeOld, OWN } from "./support/generated-folder.js";

/*
 * generate, ended at or refused each call that writes, where every file is another one than before. A few
 * calls with a fixed seed; `npm run torture` takes all calls. generate-system-calls.test.ts takes all modules.
 */
const SEED = 16;
const SLICE = 6;

const ARGS = ["remotion-user", "remotion-lambda-role"];

/** Each is tried at every call. */
const TRIED = 7;

let root = "";
let before = new Map<string, string>();
let after = new Map<string, string>();
let calls: readonly string[] = [];

const old = () => join(root, "old");
const generate = (out: string, ...args: readonly string[]) =>
  runRecorded("generate", ...args, ...ARGS, "--out", out);

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "generate-kills-"));
  await generate(old());
  makeOld(old());
  before = readFolder(old());
  const whole = copy();
  calls = await withFault(undefined, async () => {
    expect((await generate(whole)).exitCode).toBe(0);
  });
  after = readFolder(whole);
  wholeOf("calls of generate that write, ended before or within, or refused", calls.length * TRIED);
  return () => rmSync(root, { recursive: true, force: true });
});

describe("generate", () => {
  it("has other text in every file of every module than before", () => {
    const same = [...before].filter(([file, text]) => after.get(file) === text && !OWN.has(file));

    expect(same.map(([file]) => file).filter((file) => !file.includes("gone"))).toEqual([]);
    expect(calls.length).toBeGreaterThan(50);
  });

  it.each(["kill", "kill-within"] as const)(
    "heals after a %s at each call that writes",
    async (kind) => {
      const tally = { cases: 0, absent: 0, old: 0, new: 0 };
      for (const at of chosen(kind === "kill" ? 1 : 2)) {
        const out = copy();
        await faulty({ kind, at }, out);
        const killed = readFolder(out);
        for (const state of expectWhole(out, before, after)) {
          tally[state as "absent" | "old" | "new"]++;
        }

        const { exitCode, results } = await generate(out, "--check", "--json");
        expect(readFolder(out)).toEqual(killed);
        // The user's files in the modules' folders make it 1 as well.
        const { different, removed } = JSON.parse(results);
        expect(exitCode).toBe(1);
        expect([...different, ...removed].length === 0, `check after a kill at call ${at}`).toBe(
          isFinished(killed),
        );

        expect(await generate(out), `the run after a kill at call ${at}`).toMatchObject({
          exitCode: 0,
        });
        expect(readFolder(out)).toEqual(after);
        expectClean(out);
        tally.cases++;
        rmSync(out, { recursive: true });
      }
      report(`${kind}: ${JSON.stringify(tally)}`);
      expect(tally.cases).toBe(chosen(kind === "kill" ? 1 : 2).length);
    },
  );

  it("heals after a process was killed in earnest", async () => {
    const killed = chosen(8).filter((_at, index) => index % (TORTURE ? 10 : 2) === 0);
    for (const at of killed) {
      const out = copy();
      const program = fileURLToPath(new URL("support/generate-killed.ts", import.meta.url));
      const command = ["--import", "tsx", program, String(at), "generate", ...ARGS, "--out", out];
      const { signal } = spawnSync(process.execPath, command, { cwd: REPOSITORY });
      expect(signal).toBe("SIGKILL");
      expectWhole(out, before, after);

      expect(await generate(out)).toMatchObject({ exitCode: 0 });
      expect(readFolder(out)).toEqual(after);
      expectClean(out);
      rmSync(out, { recursive: true });
    }
    report(`SIGKILL: ${killed.length}`);
    expect(killed.length).toBeGreaterThan(2);
  });

  it.each([
    { kind: "refuse", code: "ENOSPC", seed: 3 },
    { kind: "refuse", code: "EACCES", seed: 4 },
    { kind: "full", code: "ENOSPC", seed: 5 },
  ] as const)("leaves nothing half-written: $kind, $code", async ({ seed, ...fault }) => {
    const tally = { cases: 0, done: 0, refused: 0 };
    for (const at of chosen(seed)) {
      const out = copy();
      const { exitCode, notes } = await faulty({ ...fault, at }, out);
      const states = expectWhole(out, before, after, true);
      expectOwn(out);
      if (exitCode === 0) {
        tally.done++;
      } else {
        tally.refused++;
        expect(notes).toMatch(/^[^\n]+\.$/);
        expect(notes).toContain(out);
        expect(notes).not.toContain(fault.code);
        expect(notes).not.toContain(".remotion-lambda-terraform/");
      }
      expect(states, `${JSON.stringify(fault)} at call ${at}`).not.toContain("absent");

      expect(await generate(out), `the run after call ${at}`).toMatchObject({ exitCode: 0 });
      expect(readFolder(out)).toEqual(after);
      expectClean(out);
      tally.cases++;
      rmSync(out, { recursive: true });
    }
    report(`${fault.kind} ${fault.code}: ${JSON.stringify(tally)}`);
    expect(tally.refused).toBeGreaterThan(0);
  });

  it("counts as edited what was changed after a kill, and overwrites it by force only", async () => {
    let found = 0;
    for (const at of chosen(6)) {
      const out = copy();
      await faulty({ kind: "kill", at }, out);
      const file = "json/remotion-user/main.tf.json";
      const text = readFolder(out).get(file);
      if (text !== undefined) {
        writeFile(out, file, `${text}# mine\n`);
        const { exitCode, notes } = await generate(out);
        expect(exitCode).toBe(1);
        expect(notes).toContain(`${out}/${file}`);
        expect(readFolder(out).get(file)).toBe(`${text}# mine\n`);
        expect((await generate(out, "--force")).exitCode).toBe(0);
        expect(readFolder(out)).toEqual(after);
        found++;
      }
      rmSync(out, { recursive: true });
    }
    expect(found).toBeGreaterThan(0);
  });

  it("gives the user's files back where a module was made anew meanwhile", async () => {
    let found = 0;
    for (const at of chosen(7)) {
      const out = copy();
      await faulty({ kind: "kill", at }, out);
      if (!readFolder(out).has("remotion-user/main.tf")) {
        found++;
        // As git restores it.
        for (const [path, text] of before) {
          if (path.startsWith("remotion-user/") && !OWN.has(path)) {
            writeFile(out, path, text);
          }
        }
        expect(await generate(out)).toMatchObject({ exitCode: 0 });
        expect(readFolder(out)).toEqual(after);
        expectClean(out);
      }
      rmSync(out, { recursive: true });
    }
    expect(found).toBeGreaterThan(0);
  });
});

async function faulty(fault: Fault, out: string) {
  const outcome = { exitCode: 0, notes: "" };
  await withFault(fault, async () => {
    Object.assign(outcome, await generate(out));
  });
  return outcome;
}

function copy(): string {
  const out = mkdtempSync(join(root, "run-"));
  cpSync(old(), out, { recursive: true });
  return out;
}

/** Whether a run had nothing left to do but to remove what it worked with. */
function isFinished(files: ReadonlyMap<string, string>): boolean {
  const modules = [...files].filter(([file]) => !file.startsWith(".remotion-lambda-terraform"));
  return JSON.stringify(modules) === JSON.stringify([...after]);
}

/** All calls; or some, of which every other one renames. */
function chosen(seed: number): readonly number[] {
  const all = calls.map((_name, index) => index + 1);
  if (TORTURE) {
    return all;
  }
  const renames = all.filter((at) => calls[at - 1] === "renameSync");
  const random = randomFrom(SEED * 1000 + seed);
  return Array.from({ length: SLICE }, (_case, index) => {
    const among = index % 2 === 0 ? renames : all;
    return among[Math.floor(random() * among.length)] ?? 1;
  });
}

/** Numbers from 0 to 1 that are the same every time (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function report(line: string): void {
  if (TORTURE) {
    process.stdout.write(`generate, ${line}\n`);
  }
}
