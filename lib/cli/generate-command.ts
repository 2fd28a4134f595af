import type { Command } from "./command.js";
import { FOLDER } from "./value-kinds.js";

/** The command `generate`. */
export const generateCommand: Command = (parser, console, done) =>
  parser.command(
    "generate [modules..]",
    "Write the Terraform modules: HCL to <out>/<name>, JSON to <out>/json/<name>",
    (command) =>
      command
        .positional("modules", {
          type: "string",
          array: true,
          default: [],
          describe: "Modules to write; all of them unless named",
        })
        .option("out", {
          ...FOLDER,
          type: "string",
          default: "modules",
          describe: "Folder to write to",
        })
        .option("format", {
          choices: ["hcl", "json", "both"] as const,
          describe:
            "Editions to write; both unless given, and with --check those that were written",
        })
        .option("layout", {
          choices: ["modules", "registry"] as const,
          describe:
            "modules, or registry for a repository that the Terraform registry reads; as it was written unless given",
        })
        .option("check", {
          type: "boolean",
          default: false,
          describe:
            "Write nothing; print a diff and exit with 1 where what was generated there is stale",
        })
        .option("force", {
          type: "boolean",
          default: false,
          describe: "Overwrite files that were edited by hand",
        })
        .option("json", { type: "boolean", default: false, describe: "Report as JSON" })
        .example("$0 generate", "Write every module, in HCL and in JSON, to ./modules")
        .example(
          "$0 generate remotion-lambda --format hcl --out infra",
          "Write one module to ./infra/remotion-lambda",
        )
        .example(
          "$0 generate --layout registry --out ../terraform-aws-remotion-lambda",
          "Write the tree of a repository for the Terraform registry",
        )
        .example("$0 generate --check", "In CI: fail where somebody forgot to generate"),
    async (argv) => {
      // CDKTF takes a fifth of a second to load: only this command pays for it.
      const { generate } = await import("./generate.js");
      done(await generate(argv, console));
    },
  );
