import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A program that some tests need. */
export interface Tool {
  /** Why it cannot be used; undefined where it can. */
  readonly missing: string | undefined;
}

/** Terraform, and where its AWS provider lies, if that is a place that stays. */
export interface TerraformTool extends Tool {
  readonly provider?: string;
}

/** Terraform, and the AWS provider from a mirror, the plug-in cache or the registry. */
export function findTerraform(): TerraformTool {
  const version = spawnSync("terraform", ["version"], { encoding: "utf8" });
  if (version.status !== 0) {
    return { missing: "Terraform is not on the PATH." };
  }
  const folder = mkdtempSync(join(tmpdir(), "terraform-probe-"));
  try {
    writeFileSync(
      join(folder, "main.tf"),
      'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n',
    );
    const init = spawnSync("terraform", ["init", "-input=false", "-no-color"], {
      cwd: folder,
      encoding: "utf8",
      env: terraformEnvironment(),
    });
    if (init.status !== 0) {
      return { missing: `\`terraform init\` finds no AWS provider:\n${init.stderr}` };
    }
    const provider = findProvider(folder);
    return { missing: undefined, ...(provider === undefined ? {} : { provider }) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The provider's program, where Terraform has linked it and not copied it into the folder. */
function findProvider(folder: string): string | undefined {
  const inside = realpathSync(folder);
  // By version and platform, of which the folder has one.
  const path = ["", ""].reduce(
    (parent) => join(parent, readdirSync(parent)[0] ?? ""),
    join(inside, ".terraform", "providers", "registry.terraform.io", "hashicorp", "aws"),
  );
  const linked = realpathSync(path);
  const program = readdirSync(linked).find((name) => name.startsWith("terraform-provider-aws"));
  return program === undefined || linked.startsWith(inside) ? undefined : join(linked, program);
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

/**
 * Programs in Go that live for seconds need not clean up, which is half of what Terraform does; from some
 * size on they must, as several of them run at once.
 */
export const UNTIDY = { GOGC: "off", GOMEMLIMIT: "384MiB" };

/** The environment for Terraform: providers are downloaded once, unless the user has settled that. */
export function terraformEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    ...UNTIDY,
    ...process.env,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
  };
  if (environment["TF_CLI_CONFIG_FILE"] !== undefined) {
    return environment;
  }
  const cache = process.env["TF_PLUGIN_CACHE_DIR"] ?? join(tmpdir(), "terraform-plugin-cache");
  mkdirSync(cache, { recursive: true });
  return { ...environment, TF_PLUGIN_CACHE_DIR: cache };
}
