import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { REPOSITORY } from "./repository.js";

/** Where a provider from the registry is kept between runs: in this checkout, for others fill theirs. */
const CACHE = join(REPOSITORY, "node_modules", ".cache", "terraform-providers");

const ROOT =
  'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n';

/** The AWS provider for all tests of a run. */
export interface ProviderMirror {
  /** The provider's program. */
  readonly program: string;
  /** A configuration of Terraform that takes it from where it is, and asks nobody. */
  readonly configuration: string;
}

/**
 * Installs the AWS provider once, by whatever way the user has settled, and makes that one place a mirror,
 * which is only read from then on. Terraform's own plug-in cache is written by every `init`, and is not made
 * for several at a time.
 *
 * @param cache where it is kept between runs, unless the user has settled a place
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#provider-plugin-cache
 * @throws when there is none
 */
export function mirrorProvider(cache = CACHE): ProviderMirror {
  const folder = mkdtempSync(join(tmpdir(), "terraform-provider-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const providers = isSettled() ? install(folder) : keptProviders(cache);
  const configuration = join(folder, "terraform.rc");
  writeFileSync(
    configuration,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(providers)}\n  }\n}\n`,
  );
  return { program: programIn(providers), configuration };
}

/** Whether the user has said where providers come from. */
function isSettled(): boolean {
  const { TF_CLI_CONFIG_FILE: file = "", TF_PLUGIN_CACHE_DIR: cache = "" } = process.env;
  return existsSync(file) || cache !== "";
}

function keptProviders(cache: string): string {
  if (!existsSync(cache)) {
    mkdirSync(dirname(cache), { recursive: true });
    const draft = mkdtempSync(`${cache}-`);
    try {
      // Moved to its place when it is complete: half a provider is never found.
      renameSync(install(draft), cache);
    } catch (error) {
      // Another run has been faster.
      if (!existsSync(cache)) {
        throw error;
      }
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  return cache;
}

/** Lets Terraform install the provider into a folder, and gives the folder of providers there. */
function install(folder: string): string {
  writeFileSync(join(folder, "main.tf"), ROOT);
  const { status, stderr } = spawnSync("terraform", ["init", "-input=false", "-no-color"], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      CHECKPOINT_DISABLE: "1",
      // What is in the user's cache is taken from there: nobody keeps the lock file of this folder.
      TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
    },
  });
  if (status !== 0) {
    throw new Error(`\`terraform init\` finds no AWS provider:\n${stderr}`);
  }
  return join(folder, ".terraform", "providers");
}

/** The provider's program, below folders by version and platform, of which there is one. */
function programIn(providers: string): string {
  const below = (folder: string, start = ""): string =>
    join(folder, readdirSync(folder).find((name) => name.startsWith(start)) ?? "");
  const aws = join(providers, "registry.terraform.io", "hashicorp", "aws");
  return below(below(below(aws)), "terraform-provider-aws");
}
