import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Random } from "../differential/support/random.js";
import { builtPackage } from "../support/built-package.js";
import { TORTURE, wholeOf } from "../support/part.js";
import { recordPlayed } from "../support/played.js";
import { describeUnless } from "../support/suites.js";
import { readFolder } from "../unit/support/folder.js";
import { expectClean, expectOwn, expectWhole, makeOld, OWN } from "./support/generated-folder.js";
import { makeOldRegistry, OWN_OF_REPOSITORY, wrongInRegistry } from "./support/registry-folder.js";
import { missingStrace, type SystemCall, type SystemFault, trace } from "./support/system-calls.js";

/*
 * The published command, killed before each system call that changes something, or refused it, where every file is
 * another one than before. A few calls with a fixed seed; `npm run torture` takes all.
 */
const SEED = 16;
const SLICE = 3;

/** How often a run is begun anew whose calls came in another order, as its runtime writes to itself. */
const ATTEMPTS = 5;

/** By how much the number of calls differs from one Node.js to another, as it removes folders in other ways. */
const OTHER_NODE = 0.2;

interface Layout {
  readonly name: string;
  readonly args: readonly string[];
  readonly makeOld: (out: string) => void;
  readonly own: ReadonlyMap<string, string>;
}

const MODULES: Layout = { name: "modules", args: [], makeOld, own: OWN };
const REGISTRY: Layout = {
  name: "registry",
  args: ["--layout", "registry"],
  makeOld: makeOldRegistry,
  own: OWN_OF_REPOSITORY,
};

interface Case {
  readonly name: string;
  readonly what: string;
  readonly layout: Layout;
  readonly fault: SystemFault;
}

const CASES: readonly Case[] = [
  {
    name: "generate is killed",
    what: "system calls of generate that change something, before each of which it is killed",
    layout: MODULES,
    fault: "kill",
  },
  {
    name: "generate is refused",
    what: "system calls of generate that change something, each of which is refused",
    layout: MODULES,
    fault: "ENOSPC",
  },
  {
    name: "--layout registry is killed",
    what: "system calls of generate --layout registry that change something, before each of which it is killed",
    layout: REGISTRY,
    fault: "kill",
  },
];

describeUnless(missingStrace())("generate, at the system calls that change something,", () => {
  let root = "";
  let commandLine = "";
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "generate-system-calls-"));
    ({ commandLine } = await builtPackage());
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const run = ({ args }: Layout, out: string) =>
    promisify(execFile)(process.execPath, [commandLine, "generate", ...args, "--out", out]);
  const traced = ({ args }: Layout, out: string, fault?: Parameters<typeof trace>[3]) =>
    trace(out, `${out}.log`, [commandLine, "generate", ...args, "--out", out], fault);

  /** A folder as it was before, and with what it is afterwards, and the calls that make it so. */
  async function begin(layout: Layout) {
    const old = mkdtempSync(join(root, "old-"));
    await run(layout, old);
    layout.makeOld(old);
    const whole = copyOf(old);
    const { calls, status } = await traced(layout, whole);
    expect(status).toBe(0);
    const [before, after] = [readFolder(old), readFolder(whole)];
    const same = [...before].filter(([file, text]) => after.get(file) === text);
    expect(same.map(([file]) => file)).toEqual([...layout.own.keys()].toSorted());
    return { old, before, after, calls };
  }

  function copyOf(old: string): string {
    const out = mkdtempSync(join(root, "run-"));
    cpSync(old, out, { recursive: true });
    return out;
  }

  it.concurrent.each(CASES)(
    "leaves nothing half-written, and heals: $name",
    async ({ what, layout, fault }) => {
      const { old, before, after, calls } = await begin(layout);
      const counted: Record<string, number> = {};
      const count = (name: string) => {
        counted[name] = (counted[name] ?? 0) + 1;
      };
      const played = TORTURE ? calls : some(calls);
      for (const call of played) {
        const label = `${fault} at ${call.name} ${call.at}: ${call.line}`;
        const { out, status, output } = await faulty({ layout, old, call, fault });
        if (layout === MODULES) {
          for (const state of expectWhole(out, before, after, fault !== "kill")) {
            count(`modules ${state}`);
          }
        } else {
          const { wrong, states } = wrongInRegistry(readFolder(out), before, after);
          expect(wrong, label).toEqual([]);
          count([...states].toSorted().join(" and "));
        }
        if (fault === "kill") {
          expect(status, label).not.toBe(0);
        } else {
          expectOwn(out);
          count(status === 0 ? "done all the same" : "refused");
          expect(status === 0 ? "." : output.trim(), label).toMatch(/^[^\n]*\.$/);
          expect(output, label).not.toContain(fault);
        }

        await run(layout, out);
        expect(readFolder(out), label).toEqual(after);
        expectClean(out);
        rmSync(out, { recursive: true });
        rmSync(`${out}.log`);
      }
      expect(played.length).toBeGreaterThanOrEqual(SLICE);
      wholeOf(what, calls.length, OTHER_NODE);
      recordPlayed(what, { counted });
    },
  );

  /** Runs it with a fault at a call, until the fault came at that very call. */
  async function faulty(one: {
    readonly layout: Layout;
    readonly old: string;
    readonly call: SystemCall;
    readonly fault: SystemFault;
  }) {
    const { layout, old, call, fault: kind } = one;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const out = copyOf(old);
      const { isInjected, status, output } = await traced(layout, out, { call, kind });
      if (isInjected) {
        return { out, status, output };
      }
      rmSync(out, { recursive: true });
    }
    throw new Error(`No run of ${ATTEMPTS} came to ${call.name} ${call.at}: ${call.line}`);
  }
});

/** A few calls, of which every other one renames. */
function some(calls: readonly SystemCall[]): readonly SystemCall[] {
  const random = new Random(SEED);
  const renames = calls.filter(({ name }) => name.startsWith("rename"));
  return Array.from({ length: SLICE }, (_one, index) =>
    random.pick(index % 2 === 0 ? renames : calls),
  );
}
