import { relative, resolve, sep } from "node:path";
import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import { invalidBackend, missingBackendArgument } from "./errors.js";

/** Native locking of the S3 backend needs this release. */
const S3_LOCKING_VERSION = ">= 1.10.0";

/**
 * Gives the stack the backend that `context.backend` in `cdktf.json` names.
 *
 * - `"local"`: a state file beside `cdktf.json`, by a path relative to the synthesized stack.
 * - `{ "type": "s3", "bucket", "key", "region" }`: with native locking, so Terraform 1.10 or later.
 *   Further arguments of the backend are passed on.
 * - `{ "type": "cloud", "organization", "workspace" }`: HCP Terraform, or Terraform Enterprise with
 *   `hostname`.
 * - `"none"`: for a repository that brings its own.
 *
 * @returns whether there is a backend that CDKTF knows of: else it would add one
 * @throws when the value is something else, or lacks an argument
 * @see https://developer.hashicorp.com/terraform/language/backend
 */
export function addBackend(stack: TerraformStack, value: unknown, outdir: string): boolean {
  const { type, ...args } = typeof value === "string" ? { type: value } : objectOf(value);
  switch (type) {
    case "none":
      return false;
    case "local":
      new LocalBackend(stack, { path: localStatePath(stack, outdir) });
      return true;
    case "s3": {
      const [bucket, key, region] = ["bucket", "key", "region"].map((name) =>
        text(type, args, name),
      );
      new S3Backend(stack, { bucket: bucket ?? "", key: key ?? "", region: region ?? "" });
      for (const [name, argument] of Object.entries({ use_lockfile: true, ...args })) {
        stack.addOverride(`terraform.backend.s3.${name}`, argument);
      }
      stack.addOverride("terraform.required_version", S3_LOCKING_VERSION);
      return true;
    }
    case "cloud":
      // CDKTF's own class asks for Terraform's version, and ends where Terraform is not installed.
      stack.addOverride("terraform.cloud", {
        organization: text(type, args, "organization"),
        workspaces: { name: text(type, args, "workspace") },
        ...("hostname" in args ? { hostname: text(type, args, "hostname") } : {}),
      });
      return false;
    default:
      throw invalidBackend(value);
  }
}

/** From where Terraform runs to where `cdktf.json` lies: no absolute path may get into the output. */
function localStatePath(stack: TerraformStack, outdir: string): string {
  const id = stack.node.id;
  const workingDirectory = resolve(outdir, "stacks", id);
  const project = relative(workingDirectory, process.cwd()).split(sep).join("/");
  return `${project}/terraform.${id}.tfstate`;
}

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalidBackend(value);
  }
  return { ...value };
}

function text(type: string, args: Record<string, unknown>, name: string): string {
  const value = args[name];
  if (typeof value !== "string" || value === "") {
    throw missingBackendArgument(type, name);
  }
  return value;
}
