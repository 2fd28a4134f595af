import { execFileSync } from "node:child_process";
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../../__tests__/support/repository.js";
import { measure } from "../measure.js";
import type { Suite } from "../suite.js";
import { megabytes, milliseconds, times } from "../table.js";

/** What CDKTF users install to write the same by themselves. */
const THEIRS = ["cdktf-cli", "cdktf", "constructs", "@cdktf/provider-aws"];

/** Milliseconds; where a registry takes longer, its packages are left out of the table. */
const PATIENCE = 120_000;

/** Size and time of an installation against that of cdktf-cli with @cdktf/provider-aws. */
export const install: Suite = {
  name: "install",
  needs: [],
  run: async ({ tarball }) => {
    const ours = await installed([tarball]);
    const theirs = await installed(THEIRS.map((name) => `${name}@${versionOf(name)}`)).catch(
      (error: Error) => error,
    );
    const row = (name: string, { bytes, packages, wall }: Installed) => [
      name,
      megabytes(bytes / 1e6),
      String(packages),
      milliseconds(wall),
    ];
    const table = {
      columns: ["Installed", "Size", "Packages", "Time"],
      rows: [row("remotion-lambda-terraform", ours)],
    };
    if (theirs instanceof Error) {
      return {
        title: "Installation",
        table,
        notes: [
          `Left out: cdktf-cli with @cdktf/provider-aws could not be installed here within ${PATIENCE / 1000} s.`,
        ],
        ratios: [],
      };
    }
    return {
      title: "Installation",
      table: {
        ...table,
        rows: [...table.rows, row("cdktf-cli, @cdktf/provider-aws and what they need", theirs)],
      },
      notes: [
        `Bytes of the files in node_modules, and the time of one \`npm install\` with npm's cache as it was found. Ours is ${times(ours.bytes / theirs.bytes)} the size, in ${times(ours.wall / theirs.wall)} the time.`,
      ],
      ratios: [
        {
          name: "install: ours / cdktf-cli with @cdktf/provider-aws, bytes",
          value: ours.bytes / theirs.bytes,
          better: "lower",
          steady: true,
          limit: 0.1,
        },
        {
          name: "install: ours / cdktf-cli with @cdktf/provider-aws, time",
          value: ours.wall / theirs.wall,
          better: "lower",
          steady: false,
          limit: 0.5,
        },
      ],
    };
  },
};

interface Installed {
  readonly bytes: number;
  readonly packages: number;
  readonly wall: number;
}

async function installed(packages: readonly string[]): Promise<Installed> {
  const folder = mkdtempSync(join(tmpdir(), "remotion-bench-install-"));
  try {
    writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
    const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
    const { wall } = await measure({
      program: "npm",
      args: ["install", "--prefer-offline", ...quiet, ...packages],
      folder,
      patience: PATIENCE,
    });
    const tree = execFileSync("npm", ["ls", "--all", "--parseable"], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return {
      bytes: bytesIn(join(folder, "node_modules")),
      packages: new Set(tree.trim().split("\n").slice(1)).size,
      wall,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? bytesIn(path) : lstatSync(path).size);
  }, 0);
}

/** The version that this repository has itself. */
function versionOf(name: string): string {
  const manifest = join(REPOSITORY, "node_modules", name, "package.json");
  return JSON.parse(readFileSync(manifest, "utf8")).version;
}
