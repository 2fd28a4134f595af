import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describeUnless } from "./suites.js";

/** A managed policy of AWS's. */
export interface AwsPolicy {
  readonly arn: string;
  readonly document: unknown;
}

/** The policies as the AWS mock has them, by name. */
type MotoPolicies = Readonly<Record<string, { readonly Path: string; readonly Document: unknown }>>;

const PRINT =
  "from moto.iam.aws_managed_policies import aws_managed_policies_data as data; print(data)";

/** Why there are none; undefined where there are. */
const MISSING = "The AWS mock has AWS's managed policies, and no Python with it is on the PATH.";

let read: readonly AwsPolicy[] | undefined;

/**
 * Every managed policy of AWS's, some 1,500, in alphabetical order: out of the AWS mock, which carries their
 * texts. Undefined where its Python cannot be found; use `describeAwsManaged` to tell so.
 */
function allAwsManagedPolicies(): readonly AwsPolicy[] | undefined {
  read ??= readPolicies();
  return read;
}

/** A suite over all managed policies of AWS's, skipped where the AWS mock is missing. */
export const describeAwsManaged = (
  name: string,
  tests: (policies: readonly AwsPolicy[]) => void,
): void => {
  const policies = allAwsManagedPolicies();
  describeUnless(policies === undefined ? MISSING : undefined)(name, () => tests(policies ?? []));
};

function readPolicies(): readonly AwsPolicy[] | undefined {
  for (const python of pythons()) {
    const { status, stdout } = spawnSync(python, ["-c", PRINT], {
      encoding: "utf8",
      maxBuffer: 100_000_000,
    });
    if (status === 0) {
      const policies: MotoPolicies = JSON.parse(stdout);
      return Object.entries(policies)
        .map(([name, { Path, Document }]) => ({
          arn: `arn:aws:iam::aws:policy${Path}${name}`,
          document: Document,
        }))
        .sort((one, other) => (one.arn < other.arn ? -1 : 1));
    }
  }
  return undefined;
}

/** The Pythons that the mock may be installed in: that of its program, then the usual one. */
function pythons(): string[] {
  const { stdout } = spawnSync("sh", ["-c", "command -v moto_server"], { encoding: "utf8" });
  // Behind a shim of pyenv's, the usual Python is a shim, too.
  const own = /^#!(\/\S*python\S*)\n/.exec(textOf(stdout.trim()))?.[1];
  return own === undefined ? ["python3"] : [own, "python3"];
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
