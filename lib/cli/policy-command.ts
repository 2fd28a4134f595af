import { ALL_PROFILES, PRINCIPALS } from "./choices.js";
import type { Command } from "./command.js";
import { withRemotionOption } from "./remotion-option.js";
import { scopeArguments, withScopeOptions } from "./scope-options.js";

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
            choices: PRINCIPALS,
            demandOption: true,
            describe: "Whose policy",
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
        .example("$0 policy user --partition aws-cn", "For the regions in China"),
    async (argv) => {
      const { policy } = await import("./policy.js");
      const { outputBucket, layer } = argv;
      done(
        policy(
          { ...argv, ...scopeArguments(argv), outputBuckets: outputBucket, customLayerArns: layer },
          console,
        ),
      );
    },
  );
