import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
} from "@stryker-mutator/api/test-runner";
import { type LoadedTests, TestLoader } from "./loaded-tests.js";
import { isPlayed, TEST_FOLDERS } from "./played-tests.js";

/** What the first process learns of all tests. */
interface Learned {
  readonly tests: readonly KnownTest[];
  /** The files that each file of tests needs, itself among them. */
  readonly needed: Readonly<Record<string, readonly string[]>>;
}

/** A test, and what its run without a mutant has told of it. */
interface KnownTest {
  readonly id: string;
  readonly file: string;
  readonly name: string;
  readonly milliseconds: number;
  /** How long its file takes to be loaded and run, in milliseconds. */
  readonly cost: number;
  /** How often it met each mutant. */
  readonly hits: Readonly<Record<string, number>>;
}

/** The test that finds a mutant out, and what it complains of. */
interface Failure {
  readonly test: KnownTest;
  readonly message: string;
}

/** What is learned of tests, in the copy of the repository that Stryker makes for a run. */
const LEARNED = "learned-tests.json";

/** How often a test may meet a mutant that it does not meet by itself. */
const ENDLESS = 100_000;

/**
 * Runs unit tests in Stryker's own process. Its runner for Vitest starts a thread and loads all modules for each
 * mutant, some two seconds of processor time; here a mutant is switched on by its number, in milliseconds.
 *
 * What one mutant leaves behind in a module must not decide about the next: a test that fails is run again
 * without the mutant, and a mutant that survives is tried again with everything loaded anew.
 */
class InProcessRunner implements TestRunner {
  readonly #context: InstrumenterContext = {};
  #loader: TestLoader | undefined;
  /** Tests that stay loaded, without a mutant. */
  #lasting: LoadedTests | undefined;
  #results: readonly TestResult[] = [];
  #learned: Learned = { tests: [], needed: {} };

  constructor() {
    // Where instrumented code looks for it.
    Object.assign(globalThis, { [INSTRUMENTER_CONSTANTS.NAMESPACE]: this.#context });
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  /** The first process runs all tests without a mutant, and leaves what it learns of them to the others. */
  async init(): Promise<void> {
    this.#loader = await TestLoader.of(process.cwd());
    if (existsSync(LEARNED)) {
      this.#learned = JSON.parse(readFileSync(LEARNED, "utf8"));
    } else {
      this.#results = await this.#learn(this.#loader);
      writeFileSync(LEARNED, JSON.stringify(this.#learned));
    }
  }

  async dryRun(): Promise<DryRunResult> {
    const { mutantCoverage } = this.#context;
    return {
      status: DryRunStatus.Complete,
      tests: [...this.#results],
      ...(mutantCoverage === undefined ? {} : { mutantCoverage }),
    };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { sandboxFileName } = options;
    if (options.mutantActivation === "static") {
      const { needed } = this.#learned;
      const needing = ({ file }: KnownTest) => needed[file]?.includes(sandboxFileName) ?? false;
      return this.#loadedWith(options, needing);
    }
    const meeting = new Set(options.testFilter);
    const tests = this.#inOrder(sandboxFileName, ({ id }) => meeting.has(id));
    const found = await this.#switchedOn(options, tests);
    if (found !== undefined) {
      return found;
    }
    // What is worked out once is met by the first test of a file, and may be seen by another one.
    const files = new Set(tests.map(({ file }) => file));
    return this.#loadedWith(options, ({ file }) => files.has(file));
  }

  async dispose(): Promise<void> {
    await this.#loader?.close();
  }

  /** Runs all tests without a mutant, and remembers what it tells of them. */
  async #learn(loader: TestLoader): Promise<TestResult[]> {
    const results: TestResult[] = [];
    const known: Omit<KnownTest, "hits" | "cost">[] = [];
    const costs = new Map<string, number>();
    const needed: Record<string, readonly string[]> = {};
    for (const file of testFiles(process.cwd())) {
      const start = performance.now();
      // As Vitest does by itself: what one file has had worked out is not there for the next.
      for (const { name, run } of await loader.tests().in(file)) {
        if (isPlayed(name)) {
          const id = `${file}#${name}`;
          const before = performance.now();
          this.#context.currentTestId = id;
          const failureMessage = await failureOf(run);
          delete this.#context.currentTestId;
          const milliseconds = performance.now() - before;
          known.push({ id, file, name, milliseconds });
          const common = { id, name, fileName: file, timeSpentMs: milliseconds };
          results.push(
            failureMessage === undefined
              ? { ...common, status: TestStatus.Success }
              : { ...common, status: TestStatus.Failed, failureMessage },
          );
        }
      }
      costs.set(file, performance.now() - start);
      needed[file] = [...loader.neededBy(file)];
    }
    const met = this.#context.mutantCoverage?.perTest;
    const tests = known.map((test) => ({
      ...test,
      cost: costs.get(test.file) ?? 0,
      hits: met?.[test.id] ?? {},
    }));
    this.#learned = { tests, needed };
    return results;
  }

  /** Some tests, file by file: the one of the mutant's own name first, then what takes the least time. */
  #inOrder(mutated: string, isWanted: (test: KnownTest) => boolean): readonly KnownTest[] {
    const own = `${basename(mutated, ".ts")}.test.ts`;
    const rank = ({ file, cost }: KnownTest) => (basename(file) === own ? 0 : cost);
    return this.#learned.tests
      .filter(isWanted)
      .toSorted(
        (one, other) =>
          rank(one) - rank(other) ||
          one.file.localeCompare(other.file) ||
          one.milliseconds - other.milliseconds,
      );
  }

  /** @returns undefined where tests that stay loaded cannot tell */
  async #switchedOn(
    options: MutantRunOptions,
    tests: readonly KnownTest[],
  ): Promise<MutantRunResult | undefined> {
    this.#lasting ??= this.#prepared().tests();
    for (const file of new Set(tests.map((test) => test.file))) {
      await this.#lasting.in(file);
    }
    const failure = await this.#firstFailure(options, this.#lasting, tests);
    if (failure === undefined) {
      return undefined;
    }
    const { hitCount, hitLimit } = this.#context;
    if ((await messageOf(this.#lasting, failure.test)) !== undefined) {
      this.#lasting = undefined;
      return undefined;
    }
    return judged(failure, tests.length, hitCount, hitLimit);
  }

  /** The mutant is there while modules are loaded, too. */
  async #loadedWith(
    options: MutantRunOptions,
    isWanted: (test: KnownTest) => boolean,
  ): Promise<MutantRunResult> {
    const tests = this.#inOrder(options.sandboxFileName, isWanted);
    const failure = await this.#firstFailure(options, this.#prepared().tests(), tests);
    return judged(failure, tests.length, this.#context.hitCount, this.#context.hitLimit);
  }

  async #firstFailure(
    { activeMutant }: MutantRunOptions,
    loaded: LoadedTests,
    tests: readonly KnownTest[],
  ): Promise<Failure | undefined> {
    this.#context.activeMutant = activeMutant.id;
    try {
      for (const test of tests) {
        // A loop without end meets its mutant so often that the instrumented code throws.
        this.#context.hitCount = 0;
        this.#context.hitLimit = ENDLESS + 20 * (test.hits[activeMutant.id] ?? 0);
        const message = await messageOf(loaded, test);
        if (message !== undefined) {
          return { test, message };
        }
      }
      return undefined;
    } finally {
      delete this.#context.activeMutant;
    }
  }

  #prepared(): TestLoader {
    if (this.#loader === undefined) {
      throw new Error("init has not been called.");
    }
    return this.#loader;
  }
}

export const strykerPlugins = [
  declareClassPlugin(
    PluginKind.TestRunner,
    "in-process",
    Object.assign(InProcessRunner, { inject: [] as const }),
  ),
];

function judged(
  failure: Failure | undefined,
  nrOfTests: number,
  hitCount: number | undefined,
  hitLimit: number | undefined,
): MutantRunResult {
  const endless = determineHitLimitReached(hitCount, hitLimit);
  if (endless !== undefined) {
    return { ...endless, status: MutantRunStatus.Timeout };
  }
  return failure === undefined
    ? { status: MutantRunStatus.Survived, nrOfTests }
    : {
        status: MutantRunStatus.Killed,
        killedBy: [failure.test.id],
        failureMessage: failure.message,
        nrOfTests,
      };
}

/** What a test complains of, or the loading of its file. One that the file does not declare now is none. */
async function messageOf(
  loaded: LoadedTests,
  { file, name }: KnownTest,
): Promise<string | undefined> {
  return failureOf(async () => {
    const declared = await loaded.in(file);
    await declared.find((test) => test.name === name)?.run();
  });
}

/** @returns what a test complains of, undefined where it passes */
async function failureOf(run: () => unknown): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function testFiles(root: string): string[] {
  return TEST_FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".test.ts") && isPlayed(basename(path)))
      .map((path) => join(root, folder, path)),
  ).sort();
}
