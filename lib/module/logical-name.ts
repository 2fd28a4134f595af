/** Id of a construct that adds nothing to the names of what is in it, beside one that is called `this`. */
export const NAMELESS = "_";

/**
 * The name of an element in the Terraform that a stack synthesizes, readable and free of hashes.
 *
 * - A local, variable or output is called what its construct is, after the names of the constructs
 *   around it, no word twice in a row: `policy_json` in `user_policy` is `user_policy_json`.
 * - A resource is called after the constructs around it, as the locals beside it are: `aws_iam_role` in
 *   `lambda_role` is `aws_iam_role.lambda_role`. Without any it is called what its construct is.
 * - The constructs `this` and {@link NAMELESS} add nothing, and a resource in them alone is called `this`, as
 *   modules call the one resource of a kind.
 *
 * @param ids ids of the constructs from below the stack down to the element itself
 * @param resourceType the Terraform type, if the element is a resource
 */
export function logicalName(ids: readonly string[], resourceType?: string): string {
  const owners = ids.slice(0, -1).filter((id) => id !== "this");
  const own = ids.at(-1) ?? "";
  if (resourceType === undefined) {
    return withoutEcho(words([...owners, own])).join("_");
  }
  const name = ids.length === 1 ? words([own]) : withoutEcho(words(owners));
  return name.length > 0 ? name.join("_") : "this";
}

function words(ids: readonly string[]): string[] {
  return ids.flatMap((id) => id.split(/[^A-Za-z0-9]+/)).filter((word) => word !== "");
}

function withoutEcho(list: readonly string[]): string[] {
  return list.filter((word, index) => word !== list[index - 1]);
}
