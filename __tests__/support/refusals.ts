import { expect } from "vitest";
import { EDITIONS, moduleSource, PROVIDER } from "./module-sources.js";
import type { Moto } from "./moto.js";
import { Workspace } from "./workspace.js";

/** A call of a module, with its inputs in HCL. */
export interface ModuleCall {
  readonly module: string;
  readonly inputs: string;
}

/**
 * Plans all calls at once, in both editions, and gives back what Terraform says of each, unfolded to one
 * line a message.
 *
 * @returns `EDITION_PLACE` → the messages, as in `hcl_0`
 */
export async function refusalsOf(
  moto: Moto,
  cases: readonly ModuleCall[],
): Promise<Map<string, string>> {
  const workspace = new Workspace(moto.environment);
  const calls = cases.flatMap(({ module, inputs }, index) =>
    EDITIONS.map(
      (edition) =>
        `module "${edition}_${index}" {\n  source = "${moduleSource(module, edition)}"\n  ${inputs}\n}\n`,
    ),
  );
  await workspace.write("main.tf", [PROVIDER, ...calls].join("\n")).init();
  const { status, stdout } = await workspace.attempt("terraform", [
    "plan",
    "-input=false",
    "-no-color",
    "-json",
  ]);
  expect(status).toBe(1);
  const messages = new Map<string, string>();
  for (const line of stdout.split("\n").filter((text) => text.includes('"@level":"error"'))) {
    const { diagnostic } = JSON.parse(line) as {
      diagnostic: { detail: string; range?: { filename: string }; snippet?: { context: string } };
    };
    // Where the module's own file is at fault, or else the root's call of it.
    const where = `${diagnostic.range?.filename} ${diagnostic.snippet?.context}`;
    const key = /(?:hcl|json)_\d+/.exec(where)?.[0] ?? where;
    messages.set(key, `${messages.get(key) ?? ""}${diagnostic.detail}\n`);
  }
  workspace.remove();
  return messages;
}
