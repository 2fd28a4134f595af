import type { Command } from "./command.js";

/** The command `upstream`. */
export const upstreamCommand: Command = (parser, console, done) =>
  parser.command(
    "upstream",
    "Compare the policies here with those of a Remotion release",
    (command) =>
      command
        // Without a default of yargs' own, so that a bare --version is refused and not the newest.
        .option("version", {
          type: "string",
          describe: "Release or dist-tag to compare with; the newest release unless given",
        })
        .option("run-package", {
          type: "boolean",
          default: false,
          describe:
            "Run the release's package even where it cannot be isolated, so that it may reach the network",
        })
        .option("json", { type: "boolean", default: false, describe: "Report as JSON" })
        .example("$0 upstream", "In CI: fail where Remotion has changed its policies")
        .example("$0 upstream --version 4.0.417", "Compare with an older release"),
    async ({ version = "latest", "run-package": runPackage, json }) => {
      const { upstream } = await import("./upstream.js");
      done(await upstream({ version, runPackage, json }, console));
    },
  );
