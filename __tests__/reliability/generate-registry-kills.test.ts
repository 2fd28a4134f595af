import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { PART, slice } from "../support/part.js";
import { readFolder, writeFile } from "../unit/support/folder.js";
import { runRecorded } from "../unit/support/recording-console.js";
import { type Fault, withFault } from "./support/faulty-file-system.js";
import { expectClean } from "./support/generated-folder.js";
import { makeOldRegistry, OWN_OF_REPOSITORY, wrongInRegistry } from "./support/registry-folder.js";

/*
 * generate --layout registry, ended at or refused each call that writes, where every file is another one than before.
 * Each run takes some of the calls; generate-system-calls.test.ts takes all, of a process that is killed in earnest.
 */
const PARTS = 80;

let root = "";
let before = new Map<string, string>();
let after = new Map<string, string>();
let calls: readonly string[] = [];

const old = () => join(root, "old");
const generate = (out: string) => runRecorded("generate", "--layout", "registry", "--out", out);

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "generate-registry-"));
  await generate(old());
  makeOldRegistry(old());
  before = readFolder(old());
  const whole = copy();
  calls = await withFault(undefined, async () => {
    expect((await generate(whole)).exitCode).toBe(0);
  });
  after = readFolder(whole);
  return () => rmSync(root, { recursive: true, force: true });
});

describe("generate --layout registry", () => {
  it.each<Omit<Fault, "at">>([
    { kind: "kill" },
    { kind: "kill-within" },
    { kind: "refuse", code: "ENOSPC" },
    { kind: "refuse", code: "EACCES" },
  ])("leaves each file whole, and heals: %o", async (fault) => {
    const all = calls.map((_name, index) => index + 1);
    let mixed = 0;
    for (const at of slice(all, PARTS, PART)) {
      const out = copy();
      await withFault({ ...fault, at }, () => generate(out).then(() => undefined));
      const { wrong, states } = wrongInRegistry(readFolder(out), before, after);
      expect(wrong).toEqual([]);
      expect(await generate(out), `the run after call ${at}`).toMatchObject({ exitCode: 0 });
      expect(readFolder(out)).toEqual(after);
      expectClean(out);
      mixed += states.size > 1 ? 1 : 0;
      rmSync(out, { recursive: true });
    }
    // Otherwise nothing was ended in the middle.
    expect(mixed).toBeGreaterThan(0);
  });

  it("leaves a file that was changed after the kill, and does not overwrite it", async () => {
    const out = copy();
    const renames = calls.flatMap((name, index) => (name === "renameSync" ? [index + 1] : []));
    const at = renames[Math.floor(renames.length / 2)] ?? 0;
    await withFault({ kind: "kill", at }, () => generate(out).then(() => undefined));
    const file = [...before].find(([path, text]) => readFolder(out).get(path) === text)?.[0] ?? "";
    const [changed] = [...readFolder(out).keys()].filter(
      (path) =>
        path.startsWith("modules/") &&
        readFolder(out).get(path) === before.get(path) &&
        !OWN_OF_REPOSITORY.has(path),
    );
    expect(file).not.toBe("");
    writeFile(out, changed ?? "", "# mine now\n");

    const { exitCode, notes } = await generate(out);
    expect(exitCode).toBe(1);
    expect(notes).toContain(`${out}/${changed}`);
    expect(readFolder(out).get(changed ?? "")).toBe("# mine now\n");
  });
});

function copy(): string {
  const out = mkdtempSync(join(root, "run-"));
  cpSync(old(), out, { recursive: true });
  return out;
}
