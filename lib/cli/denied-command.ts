import type { Command } from "./command.js";

/** The command `denied`. */
export const deniedCommand: Command = (parser, console, done) =>
  parser.command(
    "denied [text..]",
    "Say what an AccessDenied text of AWS or Remotion is about, and which input allows it",
    (command) =>
      command
        .positional("text", {
          type: "string",
          array: true,
          describe:
            "The text, in quotes, or the answer of `aws sts decode-authorization-message`; - for standard input, as where it is left out",
        })
        .option("json", { type: "boolean", default: false, describe: "Report as JSON" })
        .example(
          '$0 denied "User: arn:aws:iam::123456789012:user/remotion-user is not authorized to perform: lambda:CreateFunction …"',
          "A message, as it was printed",
        )
        .example("npx remotion lambda render … 2>&1 | $0 denied", "All that a command printed")
        .example(
          "aws sts decode-authorization-message --encoded-message … | $0 denied -",
          "A message that AWS had encoded",
        ),
    async ({ text = [], json, _: [, ...behindHyphens] }) => {
      const { denied } = await import("./denied.js");
      // A text that begins with hyphens stands behind two of its own, as everywhere.
      done(denied({ text: [...text, ...behindHyphens.map(String)], json }, console));
    },
  );
