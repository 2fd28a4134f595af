import { expect } from "vitest";
import { type Edition, moduleSource, PROVIDER } from "./module-sources.js";
import type { Moto } from "./moto.js";
import { Workspace } from "./workspace.js";

/** A call of a module, with its inputs in HCL. */
export interface ModuleCall {
  readonly module: string;
  readonly inputs: string;
}

/** The same, of one of the module's editions. */
export interface EditionCall extends ModuleCall {
  readonly edition: Edition;
}

/**
 * Plans all calls at once, and gives back what Terraform says of each, unfolded to one line a message.
 *
 * @returns the messages by the calls' places; empty where nothing is said of one
 * @throws where a message is of no call
 */
export async function refusalsOf(moto: Moto, calls: readonly EditionCall[]): Promise<string[]> {
  const workspace = new Workspace(moto.environment);
  const blocks = calls.map(
    ({ module, edition, inputs }, index) =>
      `module "call_${index}" {\n  source = "${moduleSource(module, edition)}"\n  ${inputs}\n}\n`,
  );
  await workspace.write("main.tf", [PROVIDER, ...blocks].join("\n")).init();
  const { status, stdout } = await workspace.attempt("terraform", [
    "plan",
    "-input=false",
    "-no-color",
    "-json",
  ]);
  expect(status).toBe(1);
  const messages = calls.map(() => "");
  for (const line of stdout.split("\n").filter((text) => text.includes('"@level":"error"'))) {
    const { diagnostic } = JSON.parse(line) as {
      diagnostic: { detail: string; range?: { filename: string }; snippet?: { context: string } };
    };
    // Where the module's own file is at fault, or else the root's call of it.
    const where = `${diagnostic.range?.filename} ${diagnostic.snippet?.context}`;
    const [, place] = /call_(\d+)/.exec(where) ?? [];
    if (place === undefined) {
      throw new Error(`Terraform refuses what is no call: ${line}`);
    }
    messages[Number(place)] += `${diagnostic.detail}\n`;
  }
  workspace.remove();
  return messages;
}
