/** The package that publishes the policies. */
export const POLICIES_PACKAGE = "@remotion/lambda";

/**
 * What `@remotion/lambda/policies` has needed beside its own package, from 3.0.0 on, and in which
 * version: `same` is that of the release. Nothing else is ever fetched, whatever a release asks for.
 * A plain install would pull 353 packages.
 */
export const KNOWN_DEPENDENCIES: ReadonlyMap<string, string> = new Map([
  ["@remotion/lambda-client", "same"],
  ["@remotion/renderer", "same"],
  ["@remotion/serverless", "same"],
  ["@remotion/streaming", "same"],
  ["remotion", "same"],
  ["aws-policies", "1.0.1"],
]);

/** The package that a module specifier is of: `@remotion/lambda-client/constants` → `@remotion/lambda-client`. */
export function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
