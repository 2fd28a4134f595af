import type { PlannedResource } from "./plan.js";

/** The same resources as `planOf` takes them, as a Terraform JSON configuration. */
export function configurationOf(resources: readonly PlannedResource[]): string {
  const resource: Record<string, Record<string, object>> = {};
  for (const { address, values = {}, from = {} } of resources) {
    const [type = "", name = ""] = address.split(".");
    const references = Object.entries(from).map(([argument, [reference = ""]]) => [
      argument,
      `\${${reference}}`,
    ]);
    resource[type] = {
      ...resource[type],
      [name]: { ...values, ...Object.fromEntries(references) },
    };
  }
  return JSON.stringify({ resource });
}

/** The same resources as a state, which has no references. */
export function stateOf(resources: readonly PlannedResource[]): string {
  return JSON.stringify({
    version: 4,
    serial: 1,
    resources: resources.map(({ address, values }) => {
      const [type, name] = address.split(".");
      return { mode: "managed", type, name, instances: [{ attributes: values }] };
    }),
  });
}
