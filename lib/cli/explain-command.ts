import { ALL_PROFILES, EXPLAIN_FORMATS, PRINCIPALS } from "./choices.js";
import type { Command } from "./command.js";
import { withRemotionOption } from "./remotion-option.js";

/** The command `explain`. */
export const explainCommand: Command = (parser, console, done) =>
  parser.command(
    "explain [principal]",
    "Say what each permission is for, and which Remotion API needs it",
    (command) =>
      withRemotionOption(
        command.positional("principal", {
          choices: PRINCIPALS,
          default: "user" as const,
          describe: "Whose policy",
        }),
      )
        .option("profile", {
          choices: ALL_PROFILES,
          default: "full" as const,
          describe: "Which of its profiles",
        })
        .option("format", {
          choices: EXPLAIN_FORMATS,
          default: "table" as const,
          describe: "How to write it",
        })
        .example("$0 explain", "Every permission of remotion-user")
        .example("$0 explain role --profile minimal --format markdown", "For a review")
        .example(
          "$0 explain --format html > profiles.html",
          "The profiles side by side, with what each leaves out",
        ),
    async (argv) => {
      const { format, ...asked } = argv;
      if (format === "html") {
        const { explainPage } = await import("./explain-page.js");
        done(explainPage(asked, console));
      } else {
        const { explain } = await import("./explain.js");
        done(explain({ ...asked, format }, console));
      }
    },
  );
