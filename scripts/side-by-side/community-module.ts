import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { UsageError } from "./errors.js";

/**
 * terraform-aws-modules/iam in the newest release for AWS provider 5: those from 6.0.0 on want provider 6.
 *
 * @see https://registry.terraform.io/modules/terraform-aws-modules/iam/aws/5.60.0
 */
export const COMMUNITY_MODULE = {
  version: "5.60.0",
  commit: "c29ec1ed409683086f63f83ff5b10a6f3c296ef2",
  repository: "https://github.com/terraform-aws-modules/terraform-aws-iam",
};

/** Names a git directory to clone from instead, for whoever has no network. */
const ELSEWHERE = "TERRAFORM_AWS_IAM_GIT";

/** How its users name a submodule, with the line of the version. */
const SOURCE =
  /"terraform-aws-modules\/iam\/aws\/\/modules\/([a-z-]+)"\n\s*version\s*=\s*"([\d.]+)"/g;

/**
 * Clones that release.
 *
 * @param folder where to
 * @throws UsageError when it cannot be had, or is another one
 */
export function cloneCommunityModule(folder: string): void {
  const { version, commit, repository } = COMMUNITY_MODULE;
  const elsewhere = process.env[ELSEWHERE];
  const from = elsewhere === undefined ? repository : pathToFileURL(elsewhere).href;
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8", stdio: "pipe" });
  let cloned: string;
  try {
    git("clone", "--quiet", "--depth=1", `--branch=v${version}`, from, folder);
    cloned = git("-C", folder, "rev-parse", "HEAD").trim();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `${from} cannot be cloned; ${ELSEWHERE} may name a git directory of it.\n${said}`,
    );
  }
  if (cloned !== commit) {
    throw new UsageError(`v${version} of ${from} is ${cloned}, where it was ${commit}.`);
  }
}

/** The submodules that a text calls, each once. */
export function submodulesIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(SOURCE), ([, submodule = ""]) => submodule))];
}

/**
 * A text with the submodules from a clone.
 *
 * @throws Error when it asks for another release
 */
export function withSubmodulesOf(clone: string, text: string): string {
  return text.replace(SOURCE, (_source, submodule: string, version: string) => {
    if (version !== COMMUNITY_MODULE.version) {
      throw new Error(`${submodule} is of ${version}, and ${COMMUNITY_MODULE.version} is cloned.`);
    }
    return JSON.stringify(`${clone}/modules/${submodule}`);
  });
}
