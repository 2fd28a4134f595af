import { BINARY } from "./command.js";
import type { CommandDefinition, PositionalDefinition } from "./command-definition.js";
import {
  brief,
  type CompletedOption,
  completedOptions,
  OPTIONS_OF_NONE,
  quoted,
} from "./completion-words.js";

/** The script that completes the command line in zsh: to be sourced, or put into a folder of `fpath`. */
export function zshScript(commands: readonly CommandDefinition[]): string {
  return `#compdef ${BINARY}
# Completes ${BINARY} in zsh. Written by: ${BINARY} completion zsh
_remotion_lambda_terraform() {
  local curcontext=$curcontext state line
  local -A opt_args
  local -a commands
  commands=(
${commands.map(({ name, describe }) => `    ${quoted(`${name}:${brief(describe)}`)}`).join("\n")}
  )
  _arguments -C \\
    ${OPTIONS_OF_NONE.map(optionSpec).join(" \\\n    ")} \\
    '1: :->command' '*:: :->arguments' && return
  case $state in
    command) _describe command commands ;;
    arguments)
      case $line[1] in
${commands.map(commandCase).join("\n")}
      esac
      ;;
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _remotion_lambda_terraform "$@"
else
  compdef _remotion_lambda_terraform ${BINARY}
fi`;
}

function commandCase(command: CommandDefinition): string {
  const specs = [
    ...completedOptions(command).map(optionSpec),
    ...command.positionals.map(
      (positional, place) =>
        `'${positional.repeatable ? "*" : place + 1}:${positional.name}:${actionOf(positional)}'`,
    ),
  ];
  return `        ${command.name})
          _arguments -S \\
            ${specs.join(" \\\n            ")}
          ;;`;
}

function optionSpec(option: CompletedOption): string {
  const { word, name, describe, flag, repeatable } = option;
  const about = `[${brief(describe).replaceAll(/[[\]\\:]/g, "\\$&")}]`;
  const value = flag ? "" : `:${name}:${actionOf(option)}`;
  return quoted(`${repeatable ? "*" : ""}${word}${flag ? "" : "="}${about}${value}`);
}

/** What completes a value, in the words of zsh's `_arguments`; a space where nothing does. */
function actionOf({ choices, names }: PositionalDefinition): string {
  if (choices !== undefined) {
    return `(${choices.join(" ")})`;
  }
  switch (names) {
    case "file":
      return "_files";
    case "folder":
      return "_files -/";
    case "file-behind-equals":
      return '{ compset -P "*=" && _files }';
    case undefined:
      return " ";
  }
}
