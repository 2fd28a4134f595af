/** What Remotion's APIs are about, in the order in which they are used. */
export const API_GROUPS = [
  "Functions",
  "Sites and buckets",
  "Renders",
  "Progress and results",
  "Quotas and checks",
  "Inside of functions",
  "Output buckets",
] as const;

/** One of them. */
export type ApiGroup = (typeof API_GROUPS)[number];

/** Patterns of names, as `apiName` writes them; the first that matches counts. */
const GROUPS: readonly (readonly [RegExp, ApiGroup])[] = [
  [/^rendering$/, "Inside of functions"],
  [/^output bucket /, "Output buckets"],
  [/quotas|policies|simulatePermissions/, "Quotas and checks"],
  [/Function|lambda functions/, "Functions"],
  [/Site|lambda sites|Bucket/, "Sites and buckets"],
  [/Progress|cancel|presign|download|deleteRender/, "Progress and results"],
];

/**
 * What an API is about. What no pattern names is about renders, which most are.
 *
 * @param name as `apiName` writes it, or `output bucket NAME`
 */
export function apiGroup(name: string): ApiGroup {
  return GROUPS.find(([pattern]) => pattern.test(name))?.[1] ?? "Renders";
}
