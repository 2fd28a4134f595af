import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SHELLS, type Shell } from "../../../lib/cli/choices.js";
import { unlessRequired } from "../../support/required.js";
import { temporaryFolder } from "./folder.js";

const BINARY = "remotion-lambda-terraform";

/** Why tests in a shell are skipped; undefined where it is there. */
export const MISSING_SHELLS = Object.fromEntries(
  SHELLS.map((shell) => [
    shell,
    unlessRequired(
      "REQUIRE_SHELLS",
      shell,
      spawnSync(shell, ["-c", "exit"]).status === 0 ? undefined : `${shell} is not on the PATH.`,
    ),
  ]),
) as Readonly<Record<Shell, string | undefined>>;

/**
 * Has a shell complete command lines: it runs, the lines are typed, and the key is pressed that inserts all
 * that the last word could be.
 *
 * @param script what completes in that shell
 * @param lines without the name of the command
 * @param folder in which the shell is
 * @returns for each line what the last word could be, sorted, without the shell's slash behind folders
 */
export function completionsIn(
  shell: Shell,
  script: string,
  lines: readonly string[],
  folder: string,
): string[][] {
  const file = join(temporaryFolder(), `completion.${shell}`);
  writeFileSync(file, script);
  return COMPLETE[shell](file, lines, folder).map((words) =>
    words.map((word) => word.replace(/[/]$/, "")).toSorted(),
  );
}

type Complete = (script: string, lines: readonly string[], folder: string) => string[][];

const COMPLETE: Readonly<Record<Shell, Complete>> = {
  bash: (script, lines, folder) => {
    // Readline reads a pipe as it reads a terminal; escape and asterisk insert all that is possible.
    const typed = [
      `source ${script}; bind "set bell-style none"`,
      `${BINARY}() { printf "\\n@"; printf "<%s>" "$@"; echo; }`,
      ...lines.map((line) => `BESIDE=1 ${BINARY} ${line}\u001b*`),
    ];
    const args = ["--norc", "--noprofile", "-i"];
    const input = `${typed.join("\n")}\n`;
    return argumentsIn(run("bash", args, folder, input), lines);
  },
  zsh: (script, lines, folder) => {
    const driver = join(temporaryFolder(), "driver.zsh");
    writeFileSync(driver, ZSH_DRIVER);
    return argumentsIn(run("zsh", ["-f", driver, script, ...lines], folder), lines);
  },
  fish: (script, lines, folder) =>
    run("fish", ["--no-config", "-c", FISH_DRIVER, script, ...lines], folder)
      .split("@\n")
      .slice(1)
      .map((answer) => answer.split("\n").filter((word) => word !== "")),
};

/** A zsh with a terminal of its own, whose tabulator inserts all that is possible. */
const ZSH_DRIVER = `
zmodload zsh/zpty
script=$1
shift
zpty inner "TERM=dumb zsh -f -i"
zpty -w inner "PS1=; autoload -Uz compinit; compinit -u -D; source $script"
zpty -w inner 'zstyle ":completion:*" completer _all_matches _complete; zstyle ":completion:*" insert true'
zpty -w inner 'zle -C all complete-word _main_complete; bindkey "^I" all'
zpty -w inner '${BINARY}() { print; print -rn -- @; printf "<%s>" "$@"; print; print EN""DED }; print REA""DY'
zpty -r inner output "*READY*"
for line in "$@"; do
  zpty -w inner "${BINARY} $line"$'\\t'
  zpty -r inner output "*ENDED*"
  print -r -- $output
done
`;

const FISH_DRIVER = `
source $argv[1]
for line in $argv[2..-1]
  echo @
  complete -C "${BINARY} $line" | string replace -r "\\t.*" ""
end
`;

function run(program: string, args: readonly string[], cwd: string, input = ""): string {
  const env = { PATH: process.env["PATH"], HOME: cwd, TERM: "dumb", LC_ALL: "C.UTF-8" };
  return spawnSync(program, args, { cwd, input, env, encoding: "utf8" }).stdout;
}

/** What the command was called with, of each line: the words that stand in place of its last one. */
function argumentsIn(output: string, lines: readonly string[]): string[][] {
  const calls = [...output.matchAll(/^@<(.*)>\r?$/gm)].map(([, words = ""]) => words.split("><"));
  return lines.map((line, number) => {
    const typed = line.split(" ");
    const last = typed.at(-1) ?? "";
    const completed = (calls[number] ?? [`nothing was run for ${line}`]).slice(typed.length - 1);
    // What stays as it was typed is no completion.
    return completed.filter((word) => word !== last);
  });
}
