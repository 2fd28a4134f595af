import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Edition, moduleSource } from "./module-sources.js";
import { REPOSITORY } from "./repository.js";
import { Workspace } from "./workspace.js";

/** An example as an outside caller would have it, initialized, with its modules from one edition. */
export function exampleIn(
  name: string,
  edition: Edition,
  environment: Readonly<Record<string, string>>,
): Promise<Workspace> {
  return new Workspace(environment).write("main.tf", exampleText(name, edition)).init();
}

/** The text of an example, with its modules from one edition. */
export function exampleText(name: string, edition: Edition): string {
  const text = readFileSync(join(REPOSITORY, "examples", name, "main.tf"), "utf8");
  return text.replace(/"\.\.\/\.\.\/modules\/([a-z-]+)"/g, (_source, module: string) =>
    JSON.stringify(moduleSource(module, edition)),
  );
}
