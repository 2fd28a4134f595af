import { join } from "node:path";
import { App, Testing } from "cdktf";
import { vi } from "vitest";
import type { JsonObject, JsonValue } from "../../../lib/module/json-value.js";
import { RemotionLambdaStack } from "../../../stacks/remotion-lambda.js";
import { temporaryFolder } from "./folder.js";

/**
 * The deployable stack as it would be synthesized in a project's folder.
 *
 * @param backend `context.backend` in `cdktf.json`; left out where `undefined`
 */
export function synthesizeDeployable(
  backend: JsonValue | undefined,
  project = temporaryFolder(),
): JsonObject {
  const cwd = vi.spyOn(process, "cwd").mockReturnValue(project);
  try {
    const context = backend === undefined ? {} : { backend };
    const app = new App({ outdir: join(project, "cdktf.out"), context });
    const stack = new RemotionLambdaStack(app, "remotion-lambda");
    stack.prepareStack();
    return JSON.parse(Testing.synth(stack, true)) as JsonObject;
  } finally {
    cwd.mockRestore();
  }
}
