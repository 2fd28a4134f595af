import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { REPOSITORY } from "./repository.js";
import { unlessRequired } from "./required.js";

const COMPLETE = ".complete";

/** Packages that some tests need and that are no dependency: fetched at first use, then kept. */
export interface TestPackages {
  /** What they are called. */
  readonly name: string;
  /** Name of their folder in the cache. */
  readonly folder: string;
  /** All that decides what is in the folder: made by another recipe, it is made anew. */
  readonly recipe: string;
  /** Fills an empty folder. */
  readonly fetch: (folder: string) => Promise<void>;
}

/** Where packages are, or why they cannot be had. */
export type FoundPackages = { readonly folder: string } | { readonly missing: string };

/** npm did not do what it should: most often, it reaches no registry. */
class NpmFailedError extends Error {
  override readonly name = "NpmFailedError";
}

/**
 * Looks for packages in the cache and at npm.
 *
 * @throws when they are not what they should be, or are missing where `REQUIRE_TERRAFORM=1`
 */
export async function findPackages(packages: TestPackages): Promise<FoundPackages> {
  const { name } = packages;
  const cache = cacheFolder();
  try {
    return { folder: await cachedPackages(packages, cache) };
  } catch (error) {
    if (!(error instanceof NpmFailedError)) {
      throw error;
    }
    const missing = `${name} is not in ${cache}, and npm does not bring it: ${error.message}.`;
    unlessRequired("REQUIRE_TERRAFORM", name, missing);
    return { missing };
  }
}

const NPM_OPTIONS = [
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  // What npm has kept itself needs no network.
  "--prefer-offline",
  // Without a network, its own patience would hold up the tests for more than a minute.
  "--fetch-retries=1",
  "--fetch-retry-mintimeout=1000",
];

/** Runs npm in a folder. */
export async function npm(folder: string, ...args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)("npm", [...args, ...NPM_OPTIONS], { cwd: folder });
  } catch (error) {
    const said = String(error);
    throw new NpmFailedError(/npm error code (\w+)/.exec(said)?.[1] ?? said, { cause: error });
  }
}

/** Where packages are kept between runs, unless `REMOTION_PACKAGES_CACHE` names another folder. */
function cacheFolder(): string {
  return (
    process.env["REMOTION_PACKAGES_CACHE"] ??
    join(REPOSITORY, "node_modules/.cache/remotion-packages")
  );
}

async function cachedPackages(packages: TestPackages, cache: string): Promise<string> {
  const { recipe, fetch } = packages;
  const folder = join(cache, packages.folder);
  if ((await readOrNull(join(folder, COMPLETE))) === recipe) {
    return folder;
  }

  // Filled beside its place and moved there when complete: half a folder is never found.
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, "draft-"));
  try {
    await fetch(draft);
    await writeFile(join(draft, COMPLETE), recipe);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return null;
  }
}
