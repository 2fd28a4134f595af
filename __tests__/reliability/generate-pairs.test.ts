import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { countOf } from "../support/part.js";
import { REPOSITORY } from "../support/repository.js";
import { readFolder, writeFile } from "../unit/support/folder.js";
import { runRecorded } from "../unit/support/recording-console.js";
import { expectClean, expectOwn, makeOld } from "./support/generated-folder.js";

/* Two runs at once, in two processes; of three kinds. */
const PAIRS = countOf("pairs of runs of generate at once", { each: 6, all: 201 });

const USER = ["remotion-user"];
const ROLE = ["remotion-lambda-role"];

interface Pair {
  readonly what: string;
  readonly calls: readonly [readonly string[], readonly string[]];
  /** What comes to the same, one after the other. */
  readonly together: readonly string[];
  readonly begins: "empty" | "old";
}

const KINDS: readonly Pair[] = [
  {
    what: "the same modules in a new folder",
    calls: [USER, USER],
    together: USER,
    begins: "empty",
  },
  {
    what: "other modules in a new folder",
    calls: [USER, ROLE],
    together: [...USER, ...ROLE],
    begins: "empty",
  },
  {
    what: "modules that share one, over older ones",
    calls: [USER, [...USER, ...ROLE]],
    together: [...USER, ...ROLE],
    begins: "old",
  },
];

let root = "";
let runs: readonly Run[] = [];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "generate-pairs-"));
  runs = [new Run(), new Run()];
  await runRecorded("generate", ...USER, ...ROLE, "--out", join(root, "old"));
  makeOld(join(root, "old"));
  return () => {
    for (const run of runs) {
      run.end();
    }
    rmSync(root, { recursive: true, force: true });
  };
});

describe("two runs at once", () => {
  it.each(KINDS)("both end well: $what", async ({ what, calls, together, begins }) => {
    const start = (name: string) => {
      const out = join(root, name);
      mkdirSync(out);
      if (begins === "old") {
        cpSync(join(root, "old"), out, { recursive: true });
      }
      return out;
    };
    const single = start(`single ${what}`);
    await runRecorded("generate", ...together, "--out", single);
    const expected = readFolder(single);
    let pairs = 0;
    for (; pairs < PAIRS / KINDS.length; pairs++) {
      const out = start(`${what} ${pairs}`);
      const outcomes = await Promise.all(
        runs.map((run, index) => run.generate([...(calls[index] ?? []), "--out", out])),
      );

      expect(outcomes.map(({ exitCode, notes }) => (exitCode === 0 ? "" : notes))).toEqual([
        "",
        "",
      ]);
      expect(readFolder(out)).toEqual(expected);
      expectClean(out);
      if (begins === "old") {
        expectOwn(out);
      }
      rmSync(out, { recursive: true });
    }
  });

  it("while one writes, a check waits for it", async () => {
    const out = join(root, "checked");
    cpSync(join(root, "old"), out, { recursive: true });

    const [written, checked] = await Promise.all([
      runs[0]?.generate([...USER, ...ROLE, "--out", out]),
      runs[1]?.generate(["--check", "--json", ...USER, ...ROLE, "--out", out]),
    ]);

    expect(written?.exitCode).toBe(0);
    // Before or after, and never in between.
    const { different } = JSON.parse(checked?.notes ?? "");
    expect([0, readFolder(out).size - 5 - 2]).toContain(different.length);
  });
});

describe("a lock that was left behind", () => {
  it("of a process that is gone is taken over at once", async () => {
    const out = join(root, "killed");
    mkdirSync(out);
    // A process that stops on the way, and holds the lock.
    const holder = spawn(process.execPath, ["--import", "tsx", "--eval", HOLD, out], {
      cwd: REPOSITORY,
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    const begun = performance.now();
    setTimeout(() => holder.kill("SIGKILL"), 300);

    const { exitCode } = (await runs[0]?.generate([...USER, "--out", out])) ?? {};

    expect(exitCode).toBe(0);
    expect(performance.now() - begun).toBeGreaterThan(250);
    expectClean(out);
  });

  it("empty, as where a machine lost its power, is no lock", async () => {
    const out = join(root, "empty lock");
    mkdirSync(join(out, ".remotion-lambda-terraform", "lock"), { recursive: true });
    writeFile(out, ".remotion-lambda-terraform/lock-0123/0-0-0-0-0", "");

    expect(await runs[0]?.generate([...USER, "--out", out])).toMatchObject({ exitCode: 0 });
    expectClean(out);
  });

  it("of another start of this process, and of a process id that was given out again", async () => {
    for (const pid of [process.pid, 1]) {
      const out = join(root, `again ${pid}`);
      const [place] = (await heldBy(out)).split("-");
      const lock = `.remotion-lambda-terraform/lock/${place}-${pid}-1-0-00`;
      writeFile(out, lock, "");
      utimesSync(join(out, lock), 0, 0);
      if (process.platform === "linux") {
        expect(await runs[0]?.generate([...USER, "--out", out])).toMatchObject({ exitCode: 0 });
        expectClean(out);
      }
    }
  });
});

const HOLD = `
  const { FolderLock, holderIn } = await import("./lib/cli/folder-lock.ts");
  const out = process.argv[1];
  await FolderLock.take(out, out + "/.remotion-lambda-terraform");
  console.log(holderIn(out + "/.remotion-lambda-terraform"));
  setInterval(() => {}, 1000);
`;

/** The name of a lock on this machine. */
async function heldBy(out: string): Promise<string> {
  const { FolderLock, holderIn } = await import("../../lib/cli/folder-lock.js");
  const work = join(out, ".remotion-lambda-terraform");
  const lock = await FolderLock.take(out, work);
  const holder = holderIn(work) ?? "";
  lock.release();
  return holder;
}

/** A process that runs the command line as often as it is asked to. */
class Run {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor() {
    const program = fileURLToPath(new URL("support/generate-on-demand.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", program], {
      cwd: REPOSITORY,
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#process = child;
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  async generate(
    args: readonly string[],
  ): Promise<{ readonly exitCode: number; readonly notes: string }> {
    this.#process.stdin?.write(`${JSON.stringify(["generate", ...args])}\n`);
    const { value } = await this.#answers.next();
    return JSON.parse(value);
  }

  end(): void {
    this.#process.kill();
  }
}
