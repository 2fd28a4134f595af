import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PARTITIONS } from "../lib/iam/partition.js";

/** The policies of one Remotion release. */
export interface UpstreamPolicies {
  readonly version: string;
  readonly policies: Record<string, { readonly user: unknown; readonly role: unknown }>;
}

/** All that `@remotion/lambda/policies` needs; a plain install would pull 353 packages. */
const PACKAGES = ["lambda", "lambda-client"] as const;

/**
 * Packs a Remotion release from the registry, runs it in a folder of its own and reads its policies.
 * Remotion has a licence of its own, so its packages are run here and never shipped.
 *
 * @param version a release, or `latest`
 */
export function fetchUpstreamPolicies(version: string): UpstreamPolicies {
  const folder = mkdtempSync(join(tmpdir(), "remotion-policies-"));
  try {
    for (const name of PACKAGES) {
      const target = join(folder, "node_modules", "@remotion", name);
      mkdirSync(target, { recursive: true });
      const [{ filename }] = JSON.parse(
        execFileSync("npm", ["pack", `@remotion/${name}@${version}`, "--json"], {
          cwd: folder,
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
        }),
      ) as [{ filename: string }];
      execFileSync("tar", ["-xzf", join(folder, filename), "-C", target, "--strip-components=1"]);
    }
    const requireThere = createRequire(join(folder, "index.js"));
    const { getUserPolicy, getRolePolicy } = requireThere("@remotion/lambda/policies") as Record<
      "getUserPolicy" | "getRolePolicy",
      (options: { partition: string }) => string
    >;
    const policies = PARTITIONS.map((partition) => [
      partition,
      {
        user: JSON.parse(getUserPolicy({ partition })),
        role: JSON.parse(getRolePolicy({ partition })),
      },
    ]);
    const { version: packed } = requireThere("@remotion/lambda/package.json") as {
      version: string;
    };
    return { version: packed, policies: Object.fromEntries(policies) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
