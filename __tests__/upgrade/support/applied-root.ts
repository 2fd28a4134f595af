import { join } from "node:path";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { REPOSITORY } from "../../support/repository.js";
import { type ResourceChange, Workspace } from "../../support/workspace.js";
import type { KeptRoot, StateResource } from "./kept-release.js";
import type { Root } from "./roots.js";

const PROVIDER = 'provider "aws" {\n  region = "us-east-1"\n}\n';

/** Attributes of an access key that are secrets. */
const SECRETS = ["secret", "ses_smtp_password_v4"];

/** Applies a root, and takes from its state what is kept of it. */
export async function appliedRoot(
  { name, configuration }: Root,
  environment: Readonly<Record<string, string>>,
): Promise<KeptRoot> {
  const workspace = new Workspace(environment);
  try {
    const folder = "examples/root";
    workspace.copy(join(REPOSITORY, "modules"), "modules");
    workspace.write(`${folder}/providers.tf`, PROVIDER);
    for (const [file, content] of Object.entries(configuration)) {
      const text = typeof content === "string" ? content : JSON.stringify(content);
      workspace.write(`${folder}/${file}`, text);
    }
    await workspace.init(folder);
    await workspace.apply([], folder);
    const state = JSON.parse(workspace.read(`${folder}/terraform.tfstate`));
    const { resource_changes = [] } = await workspace.plan(["-refresh=false"], folder);
    const resources = state.resources.map((resource: StateResource) =>
      completed(resource, resource_changes),
    );
    const managed = resources.filter(({ mode }: StateResource) => mode === "managed");
    return { name, configuration, resources: JSON.parse(JSON.stringify(managed, kept)) };
  } finally {
    workspace.remove();
  }
}

/**
 * A resource with what the mock does not give back, such as the boundary of a user, as AWS does: what a plan would set
 * anew right after the apply.
 */
function completed(resource: StateResource, changes: readonly ResourceChange[]): StateResource {
  const { module, type, name, instances } = resource;
  const address = [...(module === undefined ? [] : [module]), type, name].join(".");
  return {
    ...resource,
    instances: instances.map((instance) => {
      const { index_key: key } = instance;
      const own = key === undefined ? address : `${address}[${JSON.stringify(key)}]`;
      const change = changes.find((one) => one.address === own)?.change;
      if (change?.actions.join() !== "update") {
        return instance;
      }
      return {
        ...instance,
        attributes: { ...instance.attributes, ...(change.after as JsonObject) },
      };
    }),
  };
}

/** What Terraform keeps beside, and asks of no plan; but for which attributes are sensitive, where some are. */
const ASIDE = ["private", "dependencies"];

/** Leaves out what Terraform takes to be null, and what it keeps aside; and secrets. */
function kept(key: string, value: unknown): unknown {
  const isEmpty = key === "sensitive_attributes" && Array.isArray(value) && value.length === 0;
  if (value === null || isEmpty || ASIDE.includes(key)) {
    return undefined;
  }
  return SECRETS.includes(key) ? "not kept" : value;
}
