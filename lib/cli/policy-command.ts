import { MODULES } from "../deployer/module-inputs.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { ALL_PROFILES, PHASES, POLICY_PRINCIPALS } from "./choices.js";
import type { Command } from "./command.js";
import { optionOfOtherPolicy } from "./errors.js";
import { withRemotionOption } from "./remotion-option.js";
import { scopeArguments, withScopeOptions } from "./scope-options.js";

/** Options of a deployer's policy, with what they are where nothing is given. */
const OF_DEPLOYER = { module: "remotion-lambda", for: "apply", input: [] };

/** Options of all other policies. */
const OF_OTHERS = {
  region: [],
  bucket: [],
  function: [],
  "lambda-role-name": DEFAULT_NAMES.lambdaRole,
  "lambda-role-path": "/",
  profile: "full",
  "output-bucket": [],
  layer: [],
  vpc: false,
  "all-insights-regions": false,
  remotion: undefined,
};

const LIST = { type: "string", array: true, nargs: 1, default: [] as string[] } as const;

/** The command `policy`. */
export const policyCommand: Command = (parser, console, done) =>
  parser.command(
    "policy <principal>",
    "Print a policy document as JSON",
    (command) =>
      withRemotionOption(
        withScopeOptions(
          command.positional("principal", {
            choices: POLICY_PRINCIPALS,
            demandOption: true,
            describe: "Whose policy; deployer is whoever applies the modules",
          }),
        ),
      )
        .option("profile", {
          choices: ALL_PROFILES,
          default: "full" as const,
          describe:
            "What to allow: full is Remotion's own policy; render and deploy for users, minimal for the role",
        })
        .option("output-bucket", {
          ...LIST,
          describe:
            "Further bucket, as NAME[/PREFIX/][:ACCESS] with write, put, read or delete; may be repeated",
        })
        .option("layer", {
          ...LIST,
          describe: "ARN of a layer of your own, with its version; may be repeated",
        })
        .option("vpc", { type: "boolean", default: false, describe: "Functions are in a VPC" })
        .option("all-insights-regions", {
          type: "boolean",
          default: false,
          describe: "Lambda Insights also in the four regions with accounts of their own",
        })
        .option("module", {
          choices: MODULES,
          default: "remotion-lambda" as const,
          describe: "Of a deployer: the module that is applied",
        })
        .option("for", {
          choices: PHASES,
          default: "apply" as const,
          describe: "Of a deployer: what it does; apply is also to change and to destroy",
        })
        .option("input", {
          ...LIST,
          describe:
            "Of a deployer: what the module is given, as NAME=VALUE, with commas between several values; may be repeated",
        })
        .option("compact", { type: "boolean", default: false, describe: "Print on one line" })
        .example("$0 policy user", "The policy of remotion-user")
        .example(
          "$0 policy execution-role --profile render --region eu-central-1",
          "For an API that renders in one region, and nothing else",
        )
        .example(
          "$0 policy role --output-bucket acme-videos/finished/",
          "The policy of remotion-lambda-role, with a bucket of your own",
        )
        .example("$0 policy user --partition aws-cn", "For the regions in China")
        .example(
          "$0 policy deployer --input name_prefix=staging- --input create_access_key=true",
          "For a pipeline that applies remotion-lambda with these inputs",
        ),
    async (argv) => {
      refuseOtherOptions(argv);
      if (argv.principal === "deployer") {
        const { deployer } = await import("./deployer.js");
        done(deployer({ ...argv, ...scopeArguments(argv), phase: argv.for }, console));
        return;
      }
      const { policy } = await import("./policy.js");
      const { principal, outputBucket, layer } = argv;
      done(
        policy(
          {
            ...argv,
            ...scopeArguments(argv),
            principal,
            outputBuckets: outputBucket,
            customLayerArns: layer,
          },
          console,
        ),
      );
    },
  );

/** What was given and would say nothing is no doubt meant to. */
function refuseOtherOptions(argv: Readonly<Record<string, unknown>>): void {
  const { principal } = argv;
  const others = Object.entries(principal === "deployer" ? OF_OTHERS : OF_DEPLOYER);
  const given = others.find(([option, absent]) => String(argv[option]) !== String(absent));
  if (given !== undefined) {
    throw optionOfOtherPolicy(given[0], String(principal));
  }
}
