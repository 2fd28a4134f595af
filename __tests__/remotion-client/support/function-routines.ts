import { mkdtempSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ACCOUNT } from "./aws-names.js";
import { REGION, RENDER_ID } from "./render-fixture.js";
import { COMPOSITION } from "./render-function.js";

type Members = Record<string, unknown>;

/** The routines of the deployed function that can run without a browser and a compositor. */
type RoutineName = "start" | "status" | "still" | "compositions";

const HANDLERS: Readonly<Record<RoutineName, string>> = {
  start: "startHandler",
  status: "progressHandler",
  still: "stillHandler",
  compositions: "compositionsHandler",
};

const ONE_MINUTE = 60_000;

/**
 * The code that the deployed function runs, called a routine at a time.
 *
 * The function's own handler, which picks the routine, is never called: it empties the temporary
 * folder first. Rendering is replaced: `@remotion/renderer` calls no AWS, and wants Chromium.
 */
export class FunctionRoutines {
  readonly #handlers: Members;
  readonly #provider: unknown;
  readonly #inside: Members;

  /**
   * @param packages a folder whose `node_modules` holds Remotion's packages
   * @param folder where files are written in place of the temporary folder
   */
  constructor(packages: string, folder: string, functionName: string) {
    const require = createRequire(join(packages, "package.json"));
    // By path: not all of these are entry points of their packages.
    const member = (path: string, name: string): Members => {
      const found = require(join(packages, "node_modules/@remotion", path))[name];
      if (found === undefined) throw new Error(`@remotion/${path} has no ${name}.`);
      return found;
    };
    this.#handlers = Object.fromEntries(
      Object.values(HANDLERS).map((name) => [name, member("serverless/dist/index.js", name)]),
    );
    this.#provider = member("lambda-client/dist/cjs/index.js", "LambdaClientInternals")[
      "awsImplementation"
    ];
    this.#inside = {
      ...member("lambda/dist/functions/aws-server-implementation.js", "serverAwsImplementation"),
      deleteTmpDir: () =>
        Promise.reject(new Error("A routine wants the temporary folder emptied.")),
      getCurrentRegionInFunction: () => REGION,
      getCurrentFunctionName: () => functionName,
      getCurrentMemorySizeInMb: () => 2048,
      getBrowserInstance: async () => ({ instance: {} }),
      forgetBrowserEventLoop: () => undefined,
    };
    Object.assign(member("renderer/dist/index.js", "RenderInternals"), withoutRendering(folder));
  }

  /**
   * Runs what an invocation with this payload would run, and gives what it answers and streams.
   *
   * @param payload as Remotion's client, or its function, sends it
   */
  async run(payload: Readonly<Record<string, unknown>>): Promise<unknown> {
    const name = payload["type"] as RoutineName;
    const handler = this.#handlers[HANDLERS[name]] as (input: unknown) => Promise<unknown>;
    const specifics = {
      providerSpecifics: this.#provider,
      insideFunctionSpecifics: this.#inside,
    };
    const options = {
      expectedBucketOwner: ACCOUNT,
      timeoutInMilliseconds: ONE_MINUTE,
      renderId: RENDER_ID,
      retriesRemaining: 0,
      ...specifics,
    };
    const streamed: unknown[] = [];
    const result = await handler({
      params: payload,
      options,
      onStream: async (message: unknown) => streamed.push(message),
      ...options,
    });
    const { type, message } = (result ?? {}) as Members;
    if (type === "error") {
      throw new Error(`The routine ${name} failed.`, { cause: message });
    }
    return { result, streamed };
  }
}

/** What stands for a browser that renders. */
function withoutRendering(folder: string): Members {
  return {
    tmpDir: (name: string) => mkdtempSync(join(folder, name)),
    makeOrReuseServer: async () => ({
      server: { closeServer: async () => undefined },
      cleanupServer: async () => undefined,
    }),
    internalGetCompositions: async () => [COMPOSITION],
    internalSelectComposition: async () => ({ metadata: COMPOSITION }),
    internalRenderStill: ({ output }: { readonly output: string }) => writeFile(output, "still"),
  };
}
