import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { terraformEnvironment } from "../__tests__/support/tools.js";
import { Workspace } from "../__tests__/support/workspace.js";

/** The AWS provider as a process of its own, which Terraform attaches to in place of starting one. */
export interface AttachedProvider {
  /** Environment for Terraform. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the AWS provider once for many Terraform commands. Its start takes most of the time of a small
 * plan, is the same for every module, and varies more than what is measured.
 *
 * @param environment where the provider finds AWS
 * @see https://developer.hashicorp.com/terraform/plugin/debugging#starting-a-provider-in-debug-mode
 */
export async function attachProvider(
  environment: Readonly<Record<string, string>>,
): Promise<AttachedProvider> {
  const workspace = new Workspace().write(
    "main.tf",
    'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n',
  );
  await workspace.init();
  const providers = join(workspace.path, ".terraform", "providers");
  const binary = filesIn(providers).find((file) => /terraform-provider-aws[^/]*$/.test(file));
  if (binary === undefined) {
    throw new Error(`There is no AWS provider in ${providers}.`);
  }
  const { AWS_CA_BUNDLE: _, ...inherited } = terraformEnvironment();
  const server = spawn(binary, ["-debug"], {
    env: { ...inherited, ...environment },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const reattach = await new Promise<string>((resolve, reject) => {
    let output = "";
    server.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      const found = /TF_REATTACH_PROVIDERS='(.*)'/.exec(output)?.[1];
      if (found !== undefined) {
        resolve(found);
      }
    });
    server.once("error", reject);
    server.once("exit", (status) =>
      reject(new Error(`The AWS provider ended with ${status} before it was up:\n${output}`)),
    );
  });
  return {
    environment: { ...environment, TF_REATTACH_PROVIDERS: reattach },
    stop: async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill();
      await ended;
      workspace.remove();
    },
  };
}

/** All files below a folder; a mirror is linked in, so links are followed. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isFile() ? [path] : filesIn(path);
  });
}
