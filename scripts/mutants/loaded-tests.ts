import { join } from "node:path";
import { createServer, type DevEnvironment, type ViteDevServer } from "vite";
import {
  createNodeImportMeta,
  ESModulesEvaluator,
  ModuleRunner,
  type ModuleRunnerTransport,
} from "vite/module-runner";
import type { DeclaredTest } from "./vitest-stand-in.js";

const STAND_IN = join(import.meta.dirname, "vitest-stand-in.ts");
const FEWER_RUNS = join(import.meta.dirname, "fast-check-stand-in.ts");

type Invoke = Required<ModuleRunnerTransport>["invoke"];

/** What files of tests are loaded by, any number of times over. */
export class TestLoader {
  readonly #server: ViteDevServer;
  readonly #invoke: Invoke;

  private constructor(server: ViteDevServer) {
    this.#server = server;
    this.#invoke = rememberedFrom(server.environments.ssr);
  }

  /** @param root the folder that paths of tests begin at */
  static async of(root: string): Promise<TestLoader> {
    const server = await createServer({
      root,
      configFile: false,
      appType: "custom",
      logLevel: "error",
      optimizeDeps: { noDiscovery: true },
      server: { middlewareMode: true, hmr: false, watch: null, ws: false },
      plugins: [insteadOf("vitest", STAND_IN), insteadOf("fast-check", FEWER_RUNS)],
      ssr: { noExternal: ["vitest", "fast-check"] },
    });
    return new TestLoader(server);
  }

  /** Modules that know of no others, none of them loaded yet. */
  tests(): LoadedTests {
    return new LoadedTests(
      new ModuleRunner(
        {
          hmr: false,
          sourcemapInterceptor: false,
          createImportMeta: createNodeImportMeta,
          transport: { invoke: this.#invoke },
        },
        new ESModulesEvaluator(),
      ),
    );
  }

  /** All files that a file needs, itself among them, as far as they have been loaded. */
  neededBy(file: string): ReadonlySet<string> {
    const graph = this.#server.environments.ssr.moduleGraph;
    const needed = new Set<string>();
    const visit = (path: string): void => {
      if (!needed.has(path)) {
        needed.add(path);
        for (const module of graph.getModulesByFile(path) ?? []) {
          for (const { file: imported } of module.importedModules) {
            if (imported !== null) {
              visit(imported);
            }
          }
        }
      }
    };
    visit(file);
    return needed;
  }

  async close(): Promise<void> {
    await this.#server.close();
  }
}

/** Files of tests that are loaded into this process, and can be anew, in milliseconds. */
export class LoadedTests {
  readonly #modules: ModuleRunner;
  readonly #tests = new Map<string, readonly DeclaredTest[]>();

  constructor(modules: ModuleRunner) {
    this.#modules = modules;
  }

  /**
   * The tests that a file declares, in their order. What it imports is loaded once.
   *
   * @throws whatever loading it throws
   */
  async in(file: string): Promise<readonly DeclaredTest[]> {
    const known = this.#tests.get(file);
    if (known !== undefined) {
      return known;
    }
    // Tests and what gathers them must have the same copy of it.
    const { declaredBy } =
      await this.#modules.import<typeof import("./vitest-stand-in.js")>(STAND_IN);
    const tests = await declaredBy(() => this.#modules.import(file));
    this.#tests.set(file, tests);
    return tests;
  }
}

/** Has files import another file in place of a package, except for that file itself. */
function insteadOf(name: string, file: string) {
  return {
    name: `instead-of-${name}`,
    enforce: "pre" as const,
    resolveId: (id: string, importer: string | undefined) =>
      id === name && importer !== file ? file : undefined,
  };
}

/** Answers what modules hold from memory, where they have been asked for: no file changes meanwhile. */
function rememberedFrom({ hot }: DevEnvironment): Invoke {
  const known = new Map<string, ReturnType<typeof hot.handleInvoke>>();
  return (payload) => {
    const { name, data } = "data" in payload ? payload.data : payload;
    const key = JSON.stringify([name, data]);
    const answer = known.get(key) ?? hot.handleInvoke(payload);
    known.set(key, answer);
    return answer;
  };
}
