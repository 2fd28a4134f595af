import type { Argv } from "yargs";
import { PARTITIONS } from "../iam/partition.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";

/** An option that may be given more than once, a value each time. */
const LIST = { type: "string", array: true, nargs: 1, default: [] as string[] } as const;

/** The options for what a policy's wildcards are narrowed to, the role with Remotion's own name. */
export function withScopeOptions<T>(command: Argv<T>) {
  return withPlaceOptions(command.option("partition", { ...PARTITION, default: "aws" as const }))
    .option("lambda-role-name", { ...LAMBDA_ROLE_NAME, default: DEFAULT_NAMES.lambdaRole })
    .option("lambda-role-path", { ...LAMBDA_ROLE_PATH, default: "/" });
}

/** The same, where the role and the partition are those of a file unless they are given. */
export function withFoundScopeOptions<T>(command: Argv<T>) {
  return withPlaceOptions(command.option("partition", PARTITION))
    .option("lambda-role-name", LAMBDA_ROLE_NAME)
    .option("lambda-role-path", LAMBDA_ROLE_PATH);
}

const LAMBDA_ROLE_NAME = {
  type: "string",
  describe: "Name of the role that Remotion's functions run as",
} as const;

const LAMBDA_ROLE_PATH = { type: "string", describe: "IAM path of that role" } as const;

const PARTITION = { choices: PARTITIONS, describe: "AWS partition" } as const;

function withPlaceOptions<T>(command: Argv<T>) {
  return command
    .option("region", { ...LIST, describe: "Region that Remotion is used in; may be repeated" })
    .option("account", { type: "string", describe: "Number of the account" })
    .option("bucket", { ...LIST, describe: "Remotion bucket, by name; may be repeated" })
    .option("function", { ...LIST, describe: "Remotion function, by name; may be repeated" });
}

/** The options as the commands read them. */
export function scopeArguments(argv: {
  readonly region: readonly string[];
  readonly account: string | undefined;
  readonly bucket: readonly string[];
  readonly function: readonly string[];
  readonly lambdaRoleName: string;
  readonly lambdaRolePath: string;
}) {
  return {
    regions: argv.region,
    accountId: argv.account,
    bucketNames: argv.bucket,
    functionNames: argv.function,
    lambdaRoleName: argv.lambdaRoleName,
    lambdaRolePath: argv.lambdaRolePath,
  };
}
