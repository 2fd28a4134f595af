const FIRST = ["count", "for_each", "provider", "name", "user", "role", "path", "description"];
const LAST = ["tags", "connection", "provisioner", "lifecycle", "depends_on"];

/**
 * Rank of a resource's argument: meta-arguments first, then what identifies the thing, then the rest
 * in the provider's own order, then tags, and `lifecycle` and `depends_on` last.
 *
 * @see https://developer.hashicorp.com/terraform/language/style#resource-order
 */
export function argumentOrder(name: string): number {
  const first = FIRST.indexOf(name);
  if (first >= 0) {
    return first - FIRST.length;
  }
  return LAST.indexOf(name) + 1;
}

/** Whether an argument is set off from what follows it by a blank line. */
export function isMetaArgument(name: string): boolean {
  return name === "count" || name === "for_each" || name === "provider";
}
