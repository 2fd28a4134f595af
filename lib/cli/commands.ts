import type { Command } from "./command.js";
import { completionCommand } from "./completion-command.js";
import { deniedCommand } from "./denied-command.js";
import { explainCommand } from "./explain-command.js";
import { generateCommand } from "./generate-command.js";
import { importCommand } from "./import-command.js";
import { policyCommand } from "./policy-command.js";
import { upstreamCommand } from "./upstream-command.js";
import { verifyCommand } from "./verify-command.js";

/** All commands, by name, in the order in which the help has them. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  generate: generateCommand,
  policy: policyCommand,
  explain: explainCommand,
  verify: verifyCommand,
  import: importCommand,
  denied: deniedCommand,
  upstream: upstreamCommand,
  completion: completionCommand(() => Object.values(COMMANDS)),
};

/** The command of a name, if there is one. */
export function commandNamed(name: string): Command | undefined {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
}
