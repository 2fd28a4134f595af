import { BINARY } from "./command.js";
import type { CommandDefinition, PositionalDefinition } from "./command-definition.js";
import {
  type CompletedOption,
  completedOptions,
  OPTIONS_OF_NONE,
  quoted,
} from "./completion-words.js";

/** The script that completes the command line in bash, from 3.2 on. */
export function bashScript(commands: readonly CommandDefinition[]): string {
  return `# Completes ${BINARY} in bash. Written by: ${BINARY} completion bash
_remotion_lambda_terraform() {
  local IFS=$' \\t\\n' line=\${COMP_LINE:0:COMP_POINT} prefix= option= options= valued= answers= kind= word
  local -a words
  read -rd '' -a words <<< "$line"
  # Assignments before the command are no words of it.
  while [[ \${#words[@]} -gt 1 && \${words[0]##*/} != "\${1##*/}" ]]; do words=("\${words[@]:1}"); done
  [[ $line == *[[:space:]] ]] && words+=("")
  local last=$((\${#words[@]} - 1)) command= place=0 i
  local current=\${words[last]}
  [[ $last -gt 1 ]] && command=\${words[1]}
  case $command in
    '') options=${quoted(wordsOf(OPTIONS_OF_NONE))} ;;
${commands.map(optionsCase).join("\n")}
    *) return ;;
  esac
  for ((i = 2; i < last; i++)); do
    word=\${words[i]}
    if [[ " $valued " == *" $word "* ]]; then
      i=$((i + 1))
      [[ $i -eq $last ]] && option=$word
    elif [[ $word == - || $word != -* ]]; then
      place=$((place + 1))
    fi
  done
  # bash completes what stands behind an equals sign by itself, unless it was told otherwise.
  if [[ -z $option && $current == --*=* ]]; then
    option=\${current%%=*} current=\${current#*=}
    [[ $COMP_WORDBREAKS == *=* ]] || prefix=$option=
  fi
  if [[ -n $option ]]; then
    case "$command $option" in
${commands.flatMap(valueCases).join("\n")}
    esac
  elif [[ $current == -* ]]; then
    answers=$options
  else
    case "$command $place" in
      ' 0') answers=${quoted(commands.map(({ name }) => name).join(" "))} ;;
${commands.flatMap(placeCases).join("\n")}
    esac
  fi
  # bash itself names files and folders, in quotes where they need some.
  case $kind in
    file) compopt -o default 2> /dev/null ;;
    folder) compopt -o dirnames -o filenames 2> /dev/null ;;
    file-behind-equals) [[ $current == *=* ]] && compopt -o default 2> /dev/null ;;
  esac
  COMPREPLY=()
  for word in $answers; do
    [[ $word == "$current"* ]] && COMPREPLY+=("$prefix$word")
  done
}
if [[ \${BASH_VERSINFO[0]} -ge 4 ]]; then
  complete -F _remotion_lambda_terraform ${BINARY}
else
  # There is no compopt: files wherever nothing else is known.
  complete -o default -F _remotion_lambda_terraform ${BINARY}
fi`;
}

function wordsOf(options: readonly CompletedOption[]): string {
  return options.map(({ word }) => word).join(" ");
}

function optionsCase(command: CommandDefinition): string {
  const options = completedOptions(command);
  const valued = wordsOf(options.filter(({ flag }) => !flag));
  return `    ${command.name}) options=${quoted(wordsOf(options))} valued=${quoted(valued)} ;;`;
}

function valueCases(command: CommandDefinition): string[] {
  return completedOptions(command).flatMap((option) => {
    const answer = answerOf(option);
    return answer === undefined ? [] : [`      '${command.name} ${option.word}') ${answer} ;;`];
  });
}

function placeCases({ name, positionals }: CommandDefinition): string[] {
  return positionals.flatMap((positional, place) => {
    const answer = answerOf(positional);
    const pattern = positional.repeatable ? `'${name} '*` : `'${name} ${place}'`;
    return answer === undefined ? [] : [`      ${pattern}) ${answer} ;;`];
  });
}

function answerOf({ choices, names }: PositionalDefinition): string | undefined {
  if (choices !== undefined) {
    return `answers=${quoted(choices.join(" "))}`;
  }
  return names === undefined ? undefined : `kind=${names}`;
}
