/** A package of CDKTF and its successor in CDK Terrain, the fork that goes on. */
export interface Successor {
  readonly from: string;
  readonly to: string;
  /** Exact, so that the check gives the same tomorrow. */
  readonly version: string;
}

/**
 * What the program imports of CDKTF. Of the bindings that CDK Terrain 0.24 takes, these are of the
 * AWS provider nearest to ours: 6.64.0.
 *
 * @see https://github.com/open-constructs/cdk-terrain
 */
export const SUCCESSORS: readonly Successor[] = [
  { from: "cdktf", to: "cdktn", version: "0.24.0" },
  { from: "@cdktf/provider-aws", to: "@cdktn/provider-aws", version: "25.5.0" },
];

/** The successors, as npm names them. */
export const PACKAGES = SUCCESSORS.map(({ to, version }) => `${to}@${version}`).join(" and ");

/** CDK Terrain 0.24 takes no constructs from 10.8 on. */
export const CONSTRUCTS = { name: "constructs", version: "10.7.2" } as const;

/** Packages that generating and its type check need beside, in the versions of `package.json`. */
export const KEPT: readonly string[] = [
  "diff",
  "esbuild",
  "tsx",
  "yaml",
  "yargs",
  "@types/node",
  "@types/yargs",
];
