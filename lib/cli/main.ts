import yargs, { type Argv } from "yargs";
import { printableLines } from "../verify/report/printable.js";
import { BINARY, type Command, type Done } from "./command.js";
import { type CommandDefinition, definitionOf } from "./command-definition.js";
import { COMMANDS, commandNamed } from "./commands.js";
import { type Console, PROCESS_CONSOLE, terminalWidth } from "./console.js";
import {
  flagWithValue,
  optionWithoutValue,
  repeatedOption,
  UsageError,
  unknownCommand,
} from "./errors.js";
import { hideHyphens, showHyphens } from "./lone-hyphen.js";
import { VERSION } from "./version.js";

/** What yargs refuses, in its words. */
class Refusal extends UsageError {}

/**
 * Runs the command line.
 *
 * @param args the arguments after the binary's name
 * @returns the exit code: 0 done, 1 the check failed, 2 bad usage
 */
export async function run(args: readonly string[], to = PROCESS_CONSOLE): Promise<number> {
  const console = printing(to);
  const call = callOf(args);
  let exitCode = 0;
  try {
    refuseUnknownCommand(call);
    refuseWithoutValue(call);
    refuseFlagWithValue(call);
    const parser = commandLine(call, console, (code) => {
      exitCode = code;
    });
    // With a callback, yargs hands over what it would print: the help.
    await parser.parseAsync(hideHyphens(args), {}, (_error, _argv, output) => {
      if (output !== "") {
        console.result(output);
      }
    });
    return exitCode;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const said = error instanceof Refusal ? await inOurWords(message, call) : message;
    console.note(said);
    if (!(error instanceof UsageError)) {
      return 1;
    }
    console.note(`Try ${BINARY} ${call.command === undefined ? "" : `${call.name} `}--help.`);
    return 2;
  }
}

/** In notes are names, paths and values of the user and of files: what a terminal would obey is written out. */
function printing({ result, note }: Console): Console {
  return { result, note: (text) => note(printableLines(text)) };
}

/** A call of the command line. */
interface Call {
  readonly args: readonly string[];
  /** The first argument, which names the command, unless it is an option. */
  readonly name: string;
  /** The command, if there is one of that name. */
  readonly command: Command | undefined;
  /** The arguments as yargs reads them, once it has. */
  argv: Readonly<Record<string, unknown>>;
}

function callOf(args: readonly string[]): Call {
  const [name = ""] = args;
  return { args, name, command: commandNamed(name), argv: {} };
}

function definitionOfCall({ command }: Call): CommandDefinition | undefined {
  return command === undefined ? undefined : definitionOf(command);
}

function refuseUnknownCommand({ name, command }: Call): void {
  if (command === undefined && name !== "" && !name.startsWith("-")) {
    throw unknownCommand(name, Object.keys(COMMANDS));
  }
}

/** yargs takes an option that lacks its value for one that is not there. */
function refuseWithoutValue(call: Call): void {
  const read = readArguments(call);
  const bare = read.filter((argument, place) => {
    const next = read[place + 1];
    return argument.startsWith("--") && (next === undefined || next.startsWith("--"));
  });
  if (bare.length === 0) {
    return;
  }
  const options = definitionOfCall(call)?.options ?? [];
  const names = bare.map((argument) => asOptionName(argument.slice(2)));
  const wrong = options.find(({ flag, name }) => !flag && names.includes(name));
  if (wrong !== undefined && !call.args.includes("--help")) {
    throw optionWithoutValue(wrong.name, wrong.choices);
  }
}

/** yargs takes a flag with any value but `true` for one that is off: `--check=yes` would write. */
function refuseFlagWithValue(call: Call): void {
  for (const argument of readArguments(call)) {
    const [, given = "", value = "true"] = /^--([^=]+)=([\s\S]*)$/.exec(argument) ?? [];
    const name = asOptionName(given);
    if (
      value !== "true" &&
      value !== "false" &&
      definitionOfCall(call)?.options.some((option) => option.flag && option.name === name) === true
    ) {
      throw flagWithValue(name, value);
    }
  }
}

/** What is before two hyphens alone: the rest is text. */
function readArguments({ args }: Call): readonly string[] {
  const end = args.indexOf("--");
  return end < 0 ? args : args.slice(0, end);
}

/** yargs takes a name as code spells it, too. */
function asOptionName(name: string): string {
  return name.replaceAll(/[A-Z]/g, "-$&").toLowerCase();
}

/** Loaded only where something is wrong. */
async function inOurWords(message: string, call: Call): Promise<string> {
  const { refusalOf } = await import("./refused-call.js");
  return refusalOf({ message, ...call, command: definitionOfCall(call) });
}

function commandLine(call: Call, console: Console, done: Done): Argv {
  // `upstream --version` names the release to compare with.
  const parser = (call.name === "upstream" ? yargs().version(false) : yargs().version(VERSION))
    .scriptName(BINARY)
    .usage(
      "$0 <command>\n\nAWS permissions for Remotion Lambda, as Terraform modules and as policies.",
    );
  // All commands, or the one that is called: yargs takes its time over each.
  const commands = call.command === undefined ? Object.values(COMMANDS) : [call.command];
  renderHelpWhenAsked(parser);
  return (
    commands
      .reduce<Argv>((all, command) => command(all, console, done), parser)
      .middleware((argv) => {
        showHyphens(argv);
        call.argv = argv;
      }, true)
      .demandCommand(1, "Name a command.")
      .strict()
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
      .check((argv) => refuseRepeated(argv, call))
      .exitProcess(false)
      .showHelpOnFail(false)
      .fail((message, error) => {
        // yargs' own errors are of a class that it keeps to itself.
        throw error === undefined || error === null || error.name === "YError"
          ? new Refusal(message)
          : error;
      })
  );
}

/** What yargs has within, as far as it is needed here. */
interface WithUsage {
  getInternalMethods(): { getUsageInstance(): { cacheHelpMessage: () => void } };
}

/**
 * Lets a command run without its help: yargs renders it before, in case the command fails and wants to show it, which
 * ours never do. That takes longer than most of them.
 */
function renderHelpWhenAsked(parser: Argv): void {
  const usage = (parser as unknown as WithUsage).getInternalMethods().getUsageInstance();
  usage.cacheHelpMessage = () => {};
}

const MISSING_ARGUMENT = "The command needs another argument: got %s, need at least %s.";

/** yargs makes a list of an option that is given twice, where the command reads one value. */
function refuseRepeated(argv: Readonly<Record<string, unknown>>, call: Call): true {
  const several = Object.keys(argv).filter((name) => name !== "_" && isSeveral(argv[name]));
  // Few calls need the definition.
  const { options = [] } = several.length > 0 ? (definitionOfCall(call) ?? {}) : {};
  for (const { name, repeatable } of options) {
    const values = argv[name];
    if (!repeatable && isSeveral(values)) {
      throw repeatedOption(name, values);
    }
  }
  return true;
}

function isSeveral(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 1;
}
