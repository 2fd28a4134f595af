import { BINARY } from "./command.js";
import type { CommandDefinition, PositionalDefinition } from "./command-definition.js";
import {
  brief,
  type CompletedOption,
  completedOptions,
  OPTIONS_OF_NONE,
} from "./completion-words.js";

/** Name of the function that says whether a command is called, or none where none is named. */
const CALLED = "__remotion_lambda_terraform_called";

/** The script that completes the command line in fish, from 3.0 on. */
export function fishScript(commands: readonly CommandDefinition[]): string {
  return `# Completes ${BINARY} in fish. Written by: ${BINARY} completion fish
function ${CALLED}
    set -l words (commandline -opc)
    test "$words[2]" = "$argv[1]"
end
complete -c ${BINARY} -e
complete -c ${BINARY} -f
${commands
  .map(({ name, describe }) => line(CALLED, `-a ${name} -d ${quotedForFish(brief(describe))}`))
  .join("\n")}
${OPTIONS_OF_NONE.map((option) => line(CALLED, optionOf(option))).join("\n")}
${commands.flatMap(linesOf).join("\n")}`;
}

function linesOf(command: CommandDefinition): string[] {
  const called = `${CALLED} ${command.name}`;
  return [
    ...completedOptions(command).map((option) => line(called, optionOf(option))),
    ...command.positionals.flatMap((positional) => {
      const { choices, repeatable } = positional;
      const once =
        choices === undefined || repeatable
          ? ""
          : `; and not __fish_seen_subcommand_from ${choices.join(" ")}`;
      const value = answerOf(positional);
      return value === "" ? [] : [line(`${called}${once}`, value)];
    }),
  ];
}

function line(condition: string, what: string): string {
  return `complete -c ${BINARY} -n ${quotedForFish(condition)} ${what}`;
}

function optionOf(option: CompletedOption): string {
  const name = `-l ${option.word.slice(2)}`;
  const about = `-d ${quotedForFish(brief(option.describe))}`;
  if (option.flag) {
    return `${name} ${about}`;
  }
  // A value is needed, and it is no file unless it is said.
  const value = answerOf(option);
  return [name, value === "-F" ? "-r" : "-x", value, about].filter((part) => part !== "").join(" ");
}

function answerOf({ choices, names }: PositionalDefinition): string {
  if (choices !== undefined) {
    return `-a ${quotedForFish(choices.join(" "))}`;
  }
  switch (names) {
    case "file":
    // fish itself completes what stands behind an equals sign as a file.
    case "file-behind-equals":
      return "-F";
    case "folder":
      return "-a '(__fish_complete_directories (commandline -ct))'";
    case undefined:
      return "";
  }
}

function quotedForFish(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}
