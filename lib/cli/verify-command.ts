import { ROLE_PROFILES, USER_PROFILES } from "../remotion/profile-names.js";
import { FORMATS } from "../verify/report/formats.js";
import type { Command } from "./command.js";
import { withFoundScopeOptions } from "./scope-options.js";
import { EQUALS_FILE, FILE, FOLDER } from "./value-kinds.js";

/** An option that may be given more than once, a value each time. */
const LIST = { type: "string", array: true, nargs: 1 } as const;

/** The command `verify`. */
export const verifyCommand: Command = (parser, console, done) =>
  parser.command(
    "verify <file..>",
    "Say whether a plan, a state, a stack, a template, a policy or an account lets Remotion work, and what is missing",
    (command) =>
      withFoundScopeOptions(
        command.positional("file", {
          ...FILE,
          type: "string",
          array: true,
          demandOption: true,
          describe:
            "`terraform show -json` of a plan or state, cdk.tf.json, a template of CloudFormation, a policy document, or an answer of `aws iam get-account-authorization-details`, `get-role-policy` and the like, of which there may be several; - for standard input",
        }),
      )
        .option("user", {
          ...LIST,
          describe:
            "A user and its profile, as NAME=deploy; NAME may be an address; may be repeated",
        })
        .option("caller", {
          ...LIST,
          describe: "A caller and its profile, as NAME=render; likewise",
        })
        .option("role", {
          ...LIST,
          describe: "A role of Remotion's functions and its profile, as NAME=minimal; likewise",
        })
        .option("profile", {
          choices: USER_PROFILES,
          describe: "What all users and callers are for; the nearest profile unless given",
        })
        .option("role-profile", {
          choices: ROLE_PROFILES,
          describe: "What the role of Remotion's functions is for; the nearest unless given",
        })
        .option("principal", {
          type: "string",
          describe: "Only the user, role or policy of this name or address",
        })
        .option("as", {
          choices: ["user", "role"] as const,
          describe: "What the principals are; worked out from the file unless given",
        })
        .option("output-bucket", {
          ...LIST,
          describe: "Bucket that renders are written to: NAME[/PREFIX/][:ACCESS]; may be repeated",
        })
        .option("policy", {
          ...LIST,
          ...EQUALS_FILE,
          describe: "A policy that the file does not hold, as ARN=FILE; may be repeated",
        })
        .option("scp", {
          ...LIST,
          ...FILE,
          describe:
            "A service control policy of the account, as FILE or LEVEL=FILE; may be repeated",
        })
        .option("rcp", {
          ...LIST,
          ...FILE,
          describe: "A resource control policy of the account; may be repeated",
        })
        .option("bucket-policy", {
          ...LIST,
          ...EQUALS_FILE,
          describe: "The policy of a bucket, as NAME=FILE; may be repeated",
        })
        .option("key-policy", {
          ...LIST,
          ...EQUALS_FILE,
          describe: "The policy of a bucket's KMS key, as ARN=FILE; may be repeated",
        })
        .option("organization", {
          type: "string",
          describe: "Id of the account's organization, which policies may ask for",
        })
        .option("iam-collect", {
          ...FOLDER,
          type: "string",
          describe: "A folder of iam-collect, with these policies of the account",
        })
        .option("parameter", {
          ...LIST,
          describe: "A parameter of a template, as NAME=VALUE; may be repeated",
        })
        .option("remotion", {
          type: "string",
          describe: "Release of Remotion; that of a package.json beside the file unless given",
        })
        .option("allow-untold", {
          type: "boolean",
          describe: "Exit with 0, not 3, where something is not told",
        })
        .option("fail-on", {
          ...LIST,
          choices: ["excess", "tolerated"] as const,
          describe: "Exit with 1 for this, too; may be repeated",
        })
        .option("forbid", {
          ...LIST,
          describe: "Exit with 1 where somebody has this action; may be repeated",
        })
        .option("options", {
          ...FILE,
          type: "string",
          describe: "File with these options; remotion-lambda-terraform.json where there is one",
        })
        .option("all", {
          type: "boolean",
          default: false,
          describe: "Cut no list, and tell what is allowed, too",
        })
        .option("fix", {
          type: "boolean",
          default: false,
          describe: "Write what gives what is missing: policy documents, or inputs of the modules",
        })
        .option("format", {
          choices: FORMATS,
          describe: "What is written; text unless given",
        })
        .option("json", { type: "boolean", default: false, describe: "The same as --format json" })
        .example(
          "terraform show -json plan | $0 verify -",
          "In CI: fail where a plan would stop Remotion from working",
        )
        .example(
          "$0 verify plan.json --user remotion-user=deploy --caller api=render",
          "Several parts in one file",
        )
        .example(
          "aws iam get-account-authorization-details --output json | $0 verify -",
          "An account as it is",
        )
        .example(
          "$0 verify policy.json --profile render --bucket remotionlambda-useast1-abc1234567",
          "A policy written by hand, for one bucket",
        ),
    async (argv) => {
      const { verify } = await import("./verify.js");
      done(verify(argv, console));
    },
  );
