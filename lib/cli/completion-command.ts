import { SHELLS } from "./choices.js";
import type { Command } from "./command.js";
import { definitionOf } from "./command-definition.js";

/**
 * The command `completion`.
 *
 * @param commands all commands, this one among them
 */
export const completionCommand =
  (commands: () => readonly Command[]): Command =>
  (parser, console, done) =>
    parser.command(
      "completion [shell]",
      "Print what completes this command line in a shell",
      (command) =>
        command
          .positional("shell", {
            choices: SHELLS,
            describe: "Which shell; that of the variable SHELL unless given",
          })
          .example("source <($0 completion bash)", "In ~/.bashrc")
          .example("source <($0 completion zsh)", "In ~/.zshrc, after compinit")
          .example("$0 completion fish | source", "In ~/.config/fish/config.fish"),
      async ({ shell }) => {
        const { completion } = await import("./completion.js");
        done(completion({ shell, commands: commands().map(definitionOf) }, console));
      },
    );
