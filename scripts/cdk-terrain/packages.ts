/** A package of CDKTF and its successor in CDK Terrain, the fork that goes on. */
export interface Successor {
  readonly from: string;
  readonly to: string;
  /** Exact, so that the check gives the same tomorrow. */
  readonly version: string;
  /** By its SPDX id. */
  readonly license: string;
  /** The packed package's, as npm's registry states it; nothing here is in the lock file. */
  readonly integrity: string;
}

/**
 * What the program imports of CDKTF. Of the bindings that CDK Terrain 0.24 takes, these are of the
 * AWS provider nearest to ours: 6.64.0.
 *
 * @see https://github.com/open-constructs/cdk-terrain
 */
export const SUCCESSORS: readonly Successor[] = [
  {
    from: "cdktf",
    to: "cdktn",
    version: "0.24.0",
    license: "MPL-2.0",
    integrity:
      "sha512-Ok7kYlM2BWyXebnQi4Se9JPsjsRZKoVtkyshkVEkhHY/fGWonMvdWvivXmdB6caBGcQ8cwioQOZXKkps+dCnZg==",
  },
  {
    from: "@cdktf/provider-aws",
    to: "@cdktn/provider-aws",
    version: "25.5.0",
    license: "MPL-2.0",
    integrity:
      "sha512-84Ga2PZ4y+UxpOxp3VedlFNax/LFNKrI8Y2NBQ0r/MxvOUpYLZ6FnjE5zowoXUw9nGcrOYgibEBMEg2l6zrqFw==",
  },
];

/** Name of a package → the versions of it that are installed, as npm takes them. */
export type Ranges = Readonly<Record<string, string>>;

/** The successors that the result is the same with tomorrow. */
export const EXACT: Ranges = Object.fromEntries(SUCCESSORS.map(({ to, version }) => [to, version]));

/** The newest successors that apps may have beside this package. @param manifest the text of `package.json` */
export function newestRanges(manifest: string): Ranges {
  const { peerDependencies }: { peerDependencies: Ranges } = JSON.parse(manifest);
  return Object.fromEntries(SUCCESSORS.map(({ to }) => [to, peerDependencies[to] ?? "missing"]));
}

/** Packages, as npm names them. */
export function namesOf(ranges: Ranges): string {
  return Object.entries(ranges)
    .map(([name, range]) => `${name}@${range}`)
    .join(" and ");
}

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
