import type { CommandDefinition, OptionDefinition } from "./command-definition.js";

/** An option as it is completed. */
export interface CompletedOption extends OptionDefinition {
  /** With its hyphens. */
  readonly word: string;
}

const ASKS = { choices: undefined, names: undefined, required: false, repeatable: false } as const;

/** What is there without a command, and what every command has. */
const HELP = completed({ ...ASKS, name: "help", describe: "Show help", flag: true, on: false });
const VERSION = completed({
  ...ASKS,
  name: "version",
  describe: "Show version number",
  flag: true,
  on: false,
});

/** The options before any command. */
export const OPTIONS_OF_NONE: readonly CompletedOption[] = [HELP, VERSION];

/** The options of a command as they are completed: those that are on as what turns them off. */
export function completedOptions({ options }: CommandDefinition): CompletedOption[] {
  const own = options.map(completed);
  return [...own, ...OPTIONS_OF_NONE.filter(({ word }) => own.every((one) => one.word !== word))];
}

function completed(option: OptionDefinition): CompletedOption {
  return { ...option, word: option.on ? `--no-${option.name}` : `--${option.name}` };
}

/** The beginning of a description, which is enough beside a word: up to the first comma, colon, semicolon or line. */
export function brief(describe: string): string {
  return describe.replace(/([;:,] |\n).*$/s, "").replaceAll("`", "");
}

/** A text between single quotes, for bash and zsh. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
