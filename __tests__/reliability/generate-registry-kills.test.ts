import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { hashOf, readManifest, writeManifest } from "../../lib/cli/manifest.js";
import { partOf } from "../support/part.js";
import { readFolder, writeFile } from "../unit/support/folder.js";
import { runRecorded } from "../unit/support/recording-console.js";
import { type Fault, withFault } from "./support/faulty-file-system.js";
import { expectClean } from "./support/generated-folder.js";

/*
 * generate --layout registry, ended at or refused each call that writes, where every file is another one than before.
 * Each run takes some of the calls.
 */
const PARTS = 80;

/** What is not the generator's in the repository. */
const OWN: ReadonlyMap<string, string> = new Map([
  [".git/config", "[core]\n"],
  ["NOTES.md", "# mine\n"],
  ["modules/remotion-user/mine.md", "# mine\n"],
]);

let root = "";
let before = new Map<string, string>();
let after = new Map<string, string>();
let calls: readonly string[] = [];

const old = () => join(root, "old");
const generate = (out: string) => runRecorded("generate", "--layout", "registry", "--out", out);

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "generate-registry-"));
  await generate(old());
  makeOld(old());
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
    for (const at of partOf(`calls of generate --layout registry, ${fault.kind}`, all, PARTS)) {
      const out = copy();
      await withFault({ ...fault, at }, () => generate(out).then(() => undefined));
      const files = readFolder(out);
      const states = new Set(
        [...files].flatMap(([file, text]) => {
          if (OWN.has(file) || file.startsWith(".remotion-lambda-terraform/")) {
            return [];
          }
          const isOld = before.get(file) === text;
          return [isOld ? "old" : after.get(file) === text ? "new" : `neither: ${file}`];
        }),
      );
      expect([...states].filter((state) => state.startsWith("neither"))).toEqual([]);
      for (const [file, text] of OWN) {
        expect(files.get(file)).toBe(text);
      }
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
        !OWN.has(path),
    );
    expect(file).not.toBe("");
    writeFile(out, changed ?? "", "# mine now\n");

    const { exitCode, notes } = await generate(out);
    expect(exitCode).toBe(1);
    expect(notes).toContain(`${out}/${changed}`);
    expect(readFolder(out).get(changed ?? "")).toBe("# mine now\n");
  });
});

/** Makes the tree what an earlier release has written there: every file is another one, and one is gone since. */
function makeOld(out: string): void {
  const { manifest } = readManifest(readFolder(out).get("manifest.json"));
  const files = new Map(manifest.files);
  for (const file of [...manifest.files.keys(), "modules/remotion-gone/main.tf"]) {
    const text = `${readFolder(out).get(file) ?? ""}\n# old\n`;
    writeFile(out, file, text);
    files.set(file, hashOf(text));
  }
  for (const [file, text] of OWN) {
    writeFile(out, file, text);
  }
  writeFile(out, "manifest.json", writeManifest({ ...manifest, files }));
}

function copy(): string {
  const out = mkdtempSync(join(root, "run-"));
  cpSync(old(), out, { recursive: true });
  return out;
}
