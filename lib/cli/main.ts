import yargs from "yargs";
import { PARTITIONS } from "../iam/partition.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { type Console, PROCESS_CONSOLE } from "./console.js";
import { UsageError } from "./errors.js";
import { PRINCIPALS } from "./policy.js";

/** Name of the binary. */
const BINARY = "remotion-lambda-terraform";

/**
 * Runs the command line.
 *
 * @param args the arguments after the binary's name
 * @returns the exit code: 0 done, 1 the check failed, 2 bad usage
 */
export async function run(args: readonly string[], console = PROCESS_CONSOLE): Promise<number> {
  let exitCode = 0;
  const parser = commandLine(console, (code) => {
    exitCode = code;
  });
  try {
    await parser.parseAsync([...args]);
    return exitCode;
  } catch (error) {
    const usage = error instanceof UsageError;
    console.note(error instanceof Error ? error.message : String(error));
    if (usage) {
      console.note(`Try ${BINARY} --help.`);
    }
    return usage ? 2 : 1;
  }
}

function commandLine(console: Console, done: (exitCode: number) => void) {
  return yargs()
    .scriptName(BINARY)
    .usage(
      "$0 <command>\n\nAWS permissions for Remotion Lambda, as Terraform modules and as policies.",
    )
    .command(
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
          .option("out", { type: "string", default: "modules", describe: "Folder to write to" })
          .option("format", {
            choices: ["hcl", "json", "both"] as const,
            default: "both" as const,
            describe: "Editions to write",
          })
          .option("check", {
            type: "boolean",
            default: false,
            describe: "Write nothing; print a diff and exit with 1 where the folder is stale",
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
          .example("$0 generate --check", "In CI: fail where somebody forgot to generate"),
      async (argv) => {
        // CDKTF takes a fifth of a second to load: only this command pays for it.
        const { generate } = await import("./generate.js");
        done(generate(argv, console));
      },
    )
    .command(
      "policy <principal>",
      "Print a policy document as JSON",
      (command) =>
        command
          .positional("principal", {
            choices: PRINCIPALS,
            demandOption: true,
            describe: "Whose policy",
          })
          .option("partition", {
            choices: PARTITIONS,
            default: "aws" as const,
            describe: "AWS partition",
          })
          .option("lambda-role-name", {
            type: "string",
            default: DEFAULT_NAMES.lambdaRole,
            describe: "Name of the role that Remotion's functions run as",
          })
          .option("lambda-role-path", {
            type: "string",
            default: "/",
            describe: "IAM path of that role",
          })
          .option("output-bucket", {
            type: "string",
            array: true,
            default: [],
            describe: "Further bucket to write to, as name or name/folder/; may be repeated",
          })
          .option("compact", { type: "boolean", default: false, describe: "Print on one line" })
          .example("$0 policy user", "The policy of remotion-user")
          .example(
            "$0 policy role --output-bucket acme-videos/finished/",
            "The policy of remotion-lambda-role, with a bucket of your own",
          )
          .example("$0 policy user --partition aws-cn", "For the regions in China"),
      async (argv) => {
        const { policy } = await import("./policy.js");
        done(policy({ ...argv, outputBuckets: argv.outputBucket }, console));
      },
    )
    .demandCommand(1, "Name a command.")
    .updateStrings({
      "Not enough non-option arguments: got %s, need at least %s":
        "The command needs another argument: got %s, need at least %s.",
    })
    .strict()
    .recommendCommands()
    .version(false)
    .help()
    .alias("help", "h")
    .wrap(Math.min(100, process.stdout.columns ?? 100))
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    });
}
