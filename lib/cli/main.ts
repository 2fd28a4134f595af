import yargs, { type Argv } from "yargs";
import { printableLines } from "../verify/report/printable.js";
import type { Command, Done } from "./command.js";
import { type Console, PROCESS_CONSOLE, terminalWidth } from "./console.js";
import { deniedCommand } from "./denied-command.js";
import { repeatedOption, UsageError } from "./errors.js";
import { explainCommand } from "./explain-command.js";
import { generateCommand } from "./generate-command.js";
import { importCommand } from "./import-command.js";
import { hideHyphens, showHyphens } from "./lone-hyphen.js";
import { policyCommand } from "./policy-command.js";
import { upstreamCommand } from "./upstream-command.js";
import { verifyCommand } from "./verify-command.js";
import { VERSION } from "./version.js";

/** Name of the binary. */
const BINARY = "remotion-lambda-terraform";

/**
 * Runs the command line.
 *
 * @param args the arguments after the binary's name
 * @returns the exit code: 0 done, 1 the check failed, 2 bad usage
 */
export async function run(args: readonly string[], console = PROCESS_CONSOLE): Promise<number> {
  let exitCode = 0;
  const parser = commandLine(args, console, (code) => {
    exitCode = code;
  });
  try {
    // With a callback, yargs hands over what it would print: the help.
    await parser.parseAsync(hideHyphens(args), {}, (_error, _argv, output) => {
      if (output !== "") {
        console.result(output);
      }
    });
    return exitCode;
  } catch (error) {
    const usage = error instanceof UsageError;
    console.note(printableLines(error instanceof Error ? error.message : String(error)));
    if (usage) {
      console.note(`Try ${BINARY} --help.`);
    }
    return usage ? 2 : 1;
  }
}

const COMMANDS: Readonly<Record<string, Command>> = {
  generate: generateCommand,
  policy: policyCommand,
  explain: explainCommand,
  verify: verifyCommand,
  import: importCommand,
  denied: deniedCommand,
  upstream: upstreamCommand,
};

/** All commands, or the one that is called: yargs takes its time over each. */
function commandsFor([name = ""]: readonly string[]): readonly Command[] {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return command === undefined ? Object.values(COMMANDS) : [command];
}

function commandLine(args: readonly string[], console: Console, done: Done): Argv {
  // `upstream --version` names the release to compare with.
  const parser = (args[0] === "upstream" ? yargs().version(false) : yargs().version(VERSION))
    .scriptName(BINARY)
    .usage(
      "$0 <command>\n\nAWS permissions for Remotion Lambda, as Terraform modules and as policies.",
    );
  return (
    commandsFor(args)
      .reduce<Argv>((all, command) => command(all, console, done), parser)
      .middleware(showHyphens, true)
      .demandCommand(1, "Name a command.")
      .strict()
      .recommendCommands()
      .help()
      // What commands say is in English, so what yargs says around it is, too.
      .detectLocale(false)
      .alias("help", "h")
      .wrap(Math.min(100, terminalWidth()))
      // yargs' types know no plural; without both forms its message is "[object Object]".
      .updateStrings({
        "Not enough non-option arguments: got %s, need at least %s": {
          one: MISSING_ARGUMENT,
          other: MISSING_ARGUMENT,
        } as unknown as string,
      })
      .check(refuseRepeated)
      .exitProcess(false)
      .showHelpOnFail(false)
      .fail((message, error) => {
        throw error ?? new UsageError(message);
      })
  );
}

const MISSING_ARGUMENT = "The command needs another argument: got %s, need at least %s.";

/** Options that may be given more than once. */
const LISTS = new Set([
  ...["_", "modules", "text", "file", "region", "bucket", "function", "layer"],
  ...["output-bucket", "outputBucket", "attached-role", "attachedRole"],
  ...["account-details", "accountDetails"],
  ...["user", "caller", "role", "policy", "parameter", "fail-on", "failOn", "forbid"],
]);

/** yargs makes a list of an option that is given twice, where the command reads one value. */
function refuseRepeated(argv: Readonly<Record<string, unknown>>): true {
  for (const [option, value] of Object.entries(argv)) {
    if (Array.isArray(value) && !LISTS.has(option)) {
      throw repeatedOption(option, value);
    }
  }
  return true;
}
