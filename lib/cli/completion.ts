import { basename } from "node:path";
import { SHELLS, type Shell } from "./choices.js";
import type { CommandDefinition } from "./command-definition.js";
import { bashScript } from "./completion-bash.js";
import { fishScript } from "./completion-fish.js";
import { zshScript } from "./completion-zsh.js";
import type { Console } from "./console.js";
import { unknownShell } from "./errors.js";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/**
 * Prints the script that completes the command line in a shell: names of commands and options, values of options
 * that have choices, and files and folders where a value is one. It holds all that it needs, so that no key
 * press waits for Node.js to start.
 *
 * @throws UsageError when no shell is named, and `SHELL` names none that is known
 */
export function completion(
  {
    shell,
    commands,
  }: { readonly shell: Shell | undefined; readonly commands: readonly CommandDefinition[] },
  console: Console,
): number {
  console.result(SCRIPTS[shell ?? shellOfUser()](commands));
  return 0;
}

function shellOfUser(): Shell {
  const path = process.env["SHELL"] ?? "";
  const known = SHELLS.find((shell) => shell === basename(path));
  if (known === undefined) {
    throw unknownShell(path, SHELLS);
  }
  return known;
}
