import type { Argv } from "yargs";
import type { Command } from "./command.js";
import type { ValueKind } from "./value-kinds.js";

/** What can be given for an argument. */
interface Value {
  readonly name: string;
  readonly describe: string;
  /** The only values that it takes; undefined where it takes others. */
  readonly choices: readonly string[] | undefined;
  /** What a value names; undefined where it is no file. */
  readonly names: ValueKind | undefined;
  readonly required: boolean;
  /** Whether it may be given more than once. */
  readonly repeatable: boolean;
}

/** An option of a command. */
export interface OptionDefinition extends Value {
  /** Whether it takes no value. */
  readonly flag: boolean;
  /** Whether it is on unless it is given as `--no-…`. */
  readonly on: boolean;
}

/** An argument of a command that is known by its place. */
export type PositionalDefinition = Value;

/** A command, as its own file defines it. */
export interface CommandDefinition {
  readonly name: string;
  readonly describe: string;
  readonly options: readonly OptionDefinition[];
  readonly positionals: readonly PositionalDefinition[];
}

/** What yargs is told of an option or a positional, as far as it is read here. */
interface Settings {
  readonly type?: string;
  readonly describe?: string;
  readonly choices?: readonly string[];
  readonly default?: unknown;
  readonly array?: boolean;
  readonly demandOption?: boolean;
  readonly names?: ValueKind;
}

/**
 * Reads the definition of a command: it is added not to yargs but to what notes down its options. What a
 * command asks of yargs and is not noted down here, ends with a TypeError.
 */
export function definitionOf(addCommand: Command): CommandDefinition {
  let usage = "";
  let about = "";
  const options: OptionDefinition[] = [];
  const positionals: PositionalDefinition[] = [];
  const recorder = {
    command(format: string, describe: string, build: (command: unknown) => unknown) {
      usage = format;
      about = describe;
      build(recorder);
      return recorder;
    },
    option(name: string, settings: Settings) {
      const flag = settings.type === "boolean";
      options.push({ ...readValue(name, settings), flag, on: flag && settings.default === true });
      return recorder;
    },
    positional(name: string, settings: Settings) {
      positionals.push(readValue(name, settings));
      return recorder;
    },
    example: () => recorder,
    epilogue: () => recorder,
  };
  const nowhere = { result: () => {}, note: () => {} };
  addCommand(recorder as unknown as Argv, nowhere, () => {});
  const [name = ""] = usage.split(" ");
  return { name, describe: about, options, positionals };
}

function readValue(name: string, settings: Settings): Value {
  const { describe = "", choices, names, demandOption = false, array = false } = settings;
  return { name, describe, choices, names, required: demandOption, repeatable: array };
}
