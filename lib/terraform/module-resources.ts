import { type JsonObject, objectsIn, textIn } from "../json/json-value.js";

/** A resource instance as `terraform show -json` has it, and the address of its module. */
export interface ModuleResource {
  readonly module: string;
  readonly resource: JsonObject;
}

/** The address of a resource in its module, without a key: `aws_iam_role.lambda`, `data.aws_iam_policy.render`. */
export function nameInModule(resource: JsonObject): string {
  const data = textIn(resource, "mode") === "data" ? "data." : "";
  return `${data}${textIn(resource, "type") ?? ""}.${textIn(resource, "name") ?? ""}`;
}

/** The resource instances of a module and of all modules in it, modules in the order of their addresses. */
export function moduleResources(root: JsonObject): readonly ModuleResource[] {
  return [...eachModuleResource(root)];
}

/** The same one by one: there may be a million. */
export function* eachModuleResource(root: JsonObject): Generator<ModuleResource> {
  const modules = [root];
  for (let module = modules.pop(); module !== undefined; module = modules.pop()) {
    const address = textIn(module, "address") ?? "";
    for (const resource of objectsIn(module, "resources")) {
      yield { module: address, resource };
    }
    // Terraform sorts the modules of the root alone: those in them change places from plan to plan.
    const children = [...objectsIn(module, "child_modules")].sort(byAddress);
    // The last one in comes out first.
    for (const child of children.reverse()) {
      modules.push(child);
    }
  }
}

function byAddress(one: JsonObject, other: JsonObject): number {
  const [before = "", after = ""] = [textIn(one, "address"), textIn(other, "address")];
  return before < after ? -1 : Number(before > after);
}

/** The managed policies that are only looked up among resources: those of `data "aws_iam_policy"`. */
export function lookedUpPolicies(
  resources: readonly ModuleResource[],
): Map<string, { readonly address: string; readonly text: string }> {
  const found = new Map<string, { readonly address: string; readonly text: string }>();
  for (const { resource } of resources) {
    if (textIn(resource, "mode") === "data" && textIn(resource, "type") === "aws_iam_policy") {
      const arn = textIn(resource["values"], "arn");
      const text = textIn(resource["values"], "policy");
      if (arn !== undefined && text !== undefined) {
        found.set(arn, { address: textIn(resource, "address") ?? "", text });
      }
    }
  }
  return found;
}
