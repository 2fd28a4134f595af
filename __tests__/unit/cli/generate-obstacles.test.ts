import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { itUnless } from "../../support/suites.js";
import { readFolder, temporaryFolder, writeFile } from "../support/folder.js";
import { generatedModules } from "../support/generated-modules.js";
import { runRecorded } from "../support/recording-console.js";

const generated = generatedModules();

const MAIN = "remotion-user/main.tf";
const WORK = ".remotion-lambda-terraform";

const noPipes = process.platform === "win32" ? "Windows has no named pipes in folders." : undefined;
const mayAll =
  process.platform === "win32" || process.getuid?.() === 0
    ? "This user may write into every folder."
    : undefined;

interface Obstacle {
  readonly what: string;
  /** What is replaced. */
  readonly path: string;
  readonly put: (path: string) => void;
  /** The path that the message names. @default the obstacle's */
  readonly named?: string;
  readonly says: RegExp;
  readonly unless?: string | undefined;
}

const pipe = (path: string) => execFileSync("mkfifo", [path]);
const obstacles: readonly Obstacle[] = [
  ...[MAIN, "manifest.json"].flatMap((path): Obstacle[] => [
    {
      what: "a folder in place of a file",
      path,
      put: (at) => mkdirSync(join(at, "mine"), { recursive: true }),
      says: /is a folder where a generated file belongs: move it elsewhere/,
    },
    {
      what: "a pipe in place of a file",
      path,
      put: pipe,
      says: /is a pipe, .* where a generated file belongs: remove it/,
      unless: noPipes,
    },
  ]),
  ...["remotion-user", "json", "json/remotion-user", WORK].flatMap((path): Obstacle[] => [
    {
      what: "a file in place of a folder",
      path,
      put: (at) => writeFile(join(at, ".."), path.split("/").at(-1) ?? "", "mine\n"),
      says: /is a file where a folder belongs: move it elsewhere/,
    },
    {
      what: "a pipe in place of a folder",
      path,
      put: pipe,
      says: /is a file where a folder belongs: move it elsewhere/,
      unless: noPipes,
    },
  ]),
  {
    what: "a symbolic link in place of the folder that a run works in",
    path: WORK,
    put: (at) => symlinkSync(temporaryFolder(), at, "junction"),
    says: /is, or lies behind, a symbolic link.* Remove the link/,
  },
  {
    what: "a journal that is none",
    path: `${WORK}/run/journal.json`,
    put: (at) => writeFile(join(at, ".."), "journal.json", "{"),
    says: /is not what this program writes: take out of .* what is yours, delete it/,
  },
  {
    what: "a journal of files above the folder",
    path: `${WORK}/run/journal.json`,
    put: (at) => {
      const entry = { after: {}, before: ["../../precious.tf"] };
      writeFile(join(at, ".."), "journal.json", JSON.stringify({ folders: { "..": entry } }));
    },
    says: /is not what this program writes/,
  },
  {
    what: "a folder that may not be written to",
    path: "remotion-user/none",
    put: (at) => chmodSync(join(at, "..", ".."), 0o555),
    named: "",
    says: /cannot be read or written, because this user may not/,
    unless: mayAll,
  },
];

describe("generate says in one sentence what is in its way, and changes nothing:", () => {
  for (const { what, path, put, named = path, says, unless } of obstacles) {
    itUnless(unless)(`${what}, ${path}`, async () => {
      const out = generated();
      // Something is to be done, whatever the obstacle is.
      rmSync(join(out, "remotion-user", "outputs.tf"));
      rmSync(join(out, path), { recursive: true, force: true });
      put(join(out, path));
      const before = readFolder(out);

      for (const option of [[], ["--force"]]) {
        const { exitCode, results, notes } = await runRecorded(
          ...["generate", ...option, "--out", out],
        );

        expect({ exitCode, results }).toEqual({ exitCode: 1, results: "" });
        expect(notes).toMatch(/^[^\n]+\.$/);
        expect(notes).toMatch(says);
        expect(notes).toContain(join(out, named));
        expect(notes).not.toMatch(/\bE[A-Z]{4,}\b/);
        expect(readFolder(out)).toEqual(before);
      }
      chmodSync(out, 0o755);
    });
  }

  itUnless(undefined)("a file among the folders above the one to write to", async () => {
    const parent = temporaryFolder();
    writeFile(parent, "file", "mine\n");
    const out = join(parent, "file", "modules");

    const { exitCode, notes } = await runRecorded("generate", "--out", out);

    expect(exitCode).toBe(1);
    expect(notes).toMatch(/a file is where a folder belongs: move it elsewhere, and run again\.$/);
    expect(notes).toContain(join(parent, "file"));
  });

  itUnless(noPipes)("and leaves pipes of the user's in a module's folder", async () => {
    const out = generated();
    writeFile(out, MAIN, "# mine\n");
    pipe(join(out, "remotion-user", "mine"));

    expect((await runRecorded("generate", "--force", "--out", out)).notes).toContain(
      `Left alone, not generated: ${out}/remotion-user/mine`,
    );
    expect((await runRecorded("generate", "--out", out)).exitCode).toBe(0);
    expect((await runRecorded("generate", "--out", out)).notes).toContain("remotion-user/mine");
  });
});
