import { ADOPTING_MODULE_NAMES } from "../adoption/adopting-modules.js";
import { PARTITIONS } from "../iam/partition.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { ADOPTION_FORMATS, POLICY_PLACES } from "./choices.js";
import type { Command } from "./command.js";
import { FILE } from "./value-kinds.js";

const NAME = { type: "string" } as const;

/** The command `import`. */
export const importCommand: Command = (parser, console, done) =>
  parser.command(
    "import",
    "Print import and moved blocks that bring what exists already into a module",
    (command) =>
      command
        .option("address", {
          type: "string",
          describe:
            "Address of the module's call in the root module, as in module.remotion; needed but with --from-error",
        })
        .option("account", {
          type: "string",
          describe:
            "Number of the account in which things were made by hand, after Remotion's guide",
        })
        .option("state", {
          ...FILE,
          type: "string",
          describe:
            "`terraform show -json` of a state, or - for standard input: what it has at other addresses is moved. What it lacks counts as absent, or with --account as made by hand",
        })
        .option("account-details", {
          ...FILE,
          type: "string",
          array: true,
          nargs: 1,
          describe:
            "Answer of `aws iam get-account-authorization-details`, or - for standard input: what the account has is imported, with its names and paths; may be repeated, with a page each",
        })
        .option("from-error", {
          ...FILE,
          type: "string",
          describe:
            "What `terraform apply` wrote when something existed already, or - for standard input: that is imported at the addresses of the errors; policies need --account",
        })
        .option("module", {
          choices: ADOPTING_MODULE_NAMES,
          default: "remotion-lambda" as const,
          describe: "The module that takes it over",
        })
        .option("format", {
          choices: ADOPTION_FORMATS,
          default: "hcl" as const,
          describe: "Syntax of the blocks and arguments",
        })
        .option("user", {
          type: "boolean",
          default: true,
          describe: "There is a user; --no-user where there is none",
        })
        .option("user-name", { ...NAME, default: DEFAULT_NAMES.user, describe: "Name of the user" })
        .option("user-policy-name", {
          ...NAME,
          default: DEFAULT_NAMES.userPolicy,
          describe: "Name of the user's policy",
        })
        .option("user-policy-type", {
          choices: POLICY_PLACES,
          default: "inline" as const,
          describe: "Where the user's policy is; a state knows better",
        })
        .option("role-name", {
          ...NAME,
          default: DEFAULT_NAMES.lambdaRole,
          describe: "Name of the role that Remotion's functions run as",
        })
        .option("role-policy-name", {
          ...NAME,
          default: DEFAULT_NAMES.lambdaRolePolicy,
          describe: "Name of that role's policy",
        })
        .option("policy-type", {
          choices: POLICY_PLACES,
          default: "managed" as const,
          describe:
            "Where that role's policy is: managed after Remotion's set-up guide, inline after its permissions page; a state knows better",
        })
        .option("executionrole-policy", {
          type: "boolean",
          default: true,
          describe: "There is a policy for callers; --no-executionrole-policy where there is none",
        })
        .option("policy-name", {
          ...NAME,
          default: DEFAULT_NAMES.executionRolePolicy,
          describe: "Name of the managed policy for callers",
        })
        .option("attached-role", {
          type: "string",
          array: true,
          nargs: 1,
          default: [] as string[],
          describe: "Role that has this policy, as KEY=NAME for role_names; may be repeated",
        })
        .option("path", {
          type: "string",
          describe:
            'IAM path of everything; "/", or what the state or the account says, unless given',
        })
        .option("partition", {
          choices: PARTITIONS,
          default: "aws" as const,
          describe: "AWS partition; a state knows better",
        })
        .example(
          "$0 import --address module.remotion --account 123456789012 --attached-role api=video-api > imports.tf",
          "What was made by hand, with a policy attached to the role video-api",
        )
        .example(
          "terraform show -json | $0 import --address module.remotion --state - > moved.tf",
          "What the root module has as resources of its own",
        )
        .example(
          "aws iam get-account-authorization-details --output json | $0 import --address module.remotion --account-details - > imports.tf",
          "What the account has, whoever made it",
        )
        .example(
          "terraform apply 2>&1 | tee apply.log; $0 import --from-error apply.log --account 123456789012 > imports.tf",
          "What an apply made whose answer got lost, so that the next one met it",
        )
        .epilogue(
          "Blocks go to stdout, and belong in the root module; the module's arguments and what will differ, to stderr.",
        ),
    async (argv) => {
      const { adopt } = await import("./import.js");
      const { address, account, state, path, accountDetails, fromError, ...options } = argv;
      const given = {
        address,
        accountId: account,
        stateFile: state,
        detailsFiles: accountDetails,
        errorsFile: fromError,
        path,
      };
      done(adopt({ ...options, ...given, attachedRoles: argv.attachedRole }, console));
    },
  );
