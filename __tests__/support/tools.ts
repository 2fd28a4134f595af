import { spawnSync } from "node:child_process";
import { totalmem } from "node:os";
import { delimiter, join } from "node:path";
import { findProgram } from "../../scripts/find-program.js";
import { mirrorProvider } from "./provider-mirror.js";

/** A program that some tests need. */
export interface Tool {
  /** Why it cannot be used; undefined where it can. */
  readonly missing: string | undefined;
}

/** Terraform, and the program of its AWS provider. */
export interface TerraformTool extends Tool {
  readonly provider?: string;
}

/**
 * Terraform, and the AWS provider from a mirror, the plug-in cache or the registry. From then on Terraform
 * takes it from one place, here and in the programs that are started from here.
 */
export function findTerraform(): TerraformTool {
  const version = spawnSync("terraform", ["version"], { encoding: "utf8" });
  if (version.status !== 0) {
    return { missing: "Terraform is not on the PATH." };
  }
  try {
    const { program, configuration } = mirrorProvider();
    process.env["TF_CLI_CONFIG_FILE"] = configuration;
    delete process.env["TF_PLUGIN_CACHE_DIR"];
    return { missing: undefined, provider: program };
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

/** A program in the folder that `TF_ENGINES` names, or else on the PATH; undefined where it is in neither. */
export function findTool(name: string): string | undefined {
  const { TF_ENGINES = "", PATH = "" } = process.env;
  return findProgram(name, [TF_ENGINES, PATH].join(delimiter));
}

/** The AWS mock. */
export function findMoto(): Tool {
  const help = spawnSync("moto_server", ["--help"], { encoding: "utf8" });
  return {
    missing:
      help.status === 0
        ? undefined
        : "moto_server is not on the PATH: pip install 'moto[server]' brings it.",
  };
}

/** What measures how long a file of JSON takes at least. */
export function findJq(): Tool {
  return {
    missing: findTool("jq") === undefined ? "jq is not on the PATH." : undefined,
  };
}

/** The command line of AWS, of whichever version. */
export function findAwsCommandLine(): Tool {
  const version = spawnSync("aws", ["--version"], { encoding: "utf8" });
  return {
    missing:
      version.status === 0 ? undefined : "aws is not on the PATH: pip install awscli brings it.",
  };
}

/** A browser that pages are opened in. */
export interface BrowserTool extends Tool {
  readonly program?: string;
}

/** Chromium, under one of the names that it is installed by. */
export function findBrowser(): BrowserTool {
  const { PATH = "" } = process.env;
  const program = ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)))
    .find((file) => spawnSync(file, ["--version"], { encoding: "utf8" }).status === 0);
  return program === undefined
    ? { missing: "chromium is not on the PATH: apt-get install chromium brings it." }
    : { missing: undefined, program };
}

/**
 * Programs in Go that live for seconds need not clean up, which is half of what Terraform does; from some
 * size on they must, as several of them run at once.
 */
export const UNTIDY = { GOGC: "off", GOMEMLIMIT: "384MiB" };

/**
 * Terraform cleans up where its memory has grown nine times as large: not at all takes longer, as the system then gives
 * it memory that was never used, page by page.
 */
const TERRAFORM_GROWTH = "800";

/**
 * From this size on Terraform cleans up earlier, as four of it run at once: a plan that is larger makes it do little
 * else. Half of the memory is left for all that runs beside it.
 */
const TERRAFORM_LIMIT = `${Math.max(384, Math.floor(usableMemory() / 8 / 2 ** 20))}MiB`;

/** Bytes that this process and its children may use, where a container gives them less than the machine has. */
function usableMemory(): number {
  const given = process.constrainedMemory();
  return given > 0 ? Math.min(given, totalmem()) : totalmem();
}

/** The environment for Terraform, and for CDKTF, which would share a cache of providers with others. */
export function terraformEnvironment(): NodeJS.ProcessEnv {
  return {
    GOGC: TERRAFORM_GROWTH,
    GOMEMLIMIT: TERRAFORM_LIMIT,
    ...process.env,
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
  };
}
