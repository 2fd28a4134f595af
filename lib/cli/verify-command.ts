import { ROLE_PROFILES, USER_PROFILES } from "../remotion/profile-names.js";
import type { Command } from "./command.js";
import { scopeArguments, withScopeOptions } from "./scope-options.js";

/** The command `verify`. */
export const verifyCommand: Command = (parser, console, done) =>
  parser.command(
    "verify <file>",
    "Say whether a plan, a state, a stack or a policy lets Remotion work, and what is missing",
    (command) =>
      withScopeOptions(
        command.positional("file", {
          type: "string",
          demandOption: true,
          describe:
            "`terraform show -json` of a plan or state, cdk.tf.json, or a policy document; - for standard input",
        }),
      )
        .option("profile", {
          choices: USER_PROFILES,
          default: "full" as const,
          describe: "What users and callers are for",
        })
        .option("role-profile", {
          choices: ROLE_PROFILES,
          default: "full" as const,
          describe: "What the role of Remotion's functions is for",
        })
        .option("principal", {
          type: "string",
          describe: "Only the user, role or policy of this name",
        })
        .option("as", {
          choices: ["user", "role"] as const,
          describe: "What the principals are; told by their names, trust and policies unless given",
        })
        .option("json", { type: "boolean", default: false, describe: "Report as JSON" })
        .example(
          "terraform show -json plan | $0 verify -",
          "In CI: fail where a plan would stop Remotion from working",
        )
        .example(
          "$0 verify policy.json --profile render --bucket remotionlambda-useast1-abc1234567",
          "A policy written by hand, for one bucket",
        ),
    async (argv) => {
      const [{ verify }, { scopeOf }] = await Promise.all([
        import("./verify.js"),
        import("./policy.js"),
      ]);
      const { file, profile, roleProfile, principal, json, partition } = argv;
      const scope = { ...scopeOf(scopeArguments(argv)), partition };
      const chosen = {
        ...(principal === undefined ? {} : { principal }),
        ...(argv.as === undefined ? {} : { actor: argv.as }),
      };
      done(verify({ file, profile, roleProfile, json, scope, ...chosen }, console));
    },
  );
