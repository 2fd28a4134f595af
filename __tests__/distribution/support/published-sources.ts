import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { makeArchives } from "../../../scripts/release/artifacts.js";
import { git } from "../../support/git.js";
import { REPOSITORY } from "../../support/repository.js";
import { fileHost } from "./file-host.js";
import { gitHost } from "./git-host.js";
import { type LoopbackHosts, startHosts } from "./loopback-hosts.js";
import { moduleRegistry } from "./module-registry.js";
import { addressesOnPage, VERSION } from "./module-sources-page.js";
import { ociRegistry } from "./oci-registry.js";

const MODULE = "remotion-lambda";
const TREE = "terraform-aws-remotion-lambda";

/** What the registry of one's own wants, and where engines have it. */
const TOKEN = "s3cret";
export const TOKEN_OF_REGISTRY = "TF_TOKEN_registry_example_com";

/** A release that is fetched from. */
export interface PublishedRelease {
  readonly version: string;
  /** Folder with its archives. */
  readonly artifacts: string;
}

/** Commits all that is in a folder, and tags it as a release is tagged. */
export function commitRelease(folder: string, version: string): void {
  git(folder, "init", "--quiet");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", `chore: release v${version}`);
  git(folder, "tag", "--annotate", "--message", `v${version}`, `v${version}`);
}

/**
 * Publishes what is built now as the version that it says it is: the archives, and a repository that has the modules alone.
 *
 * @param folder an empty one
 */
export async function publishBuild(
  folder: string,
): Promise<{ readonly repository: string; readonly release: PublishedRelease }> {
  const release = { version: VERSION, artifacts: join(folder, "artifacts") };
  mkdirSync(release.artifacts);
  await makeArchives(release.artifacts);
  const repository = join(folder, "repository");
  cpSync(join(REPOSITORY, "modules"), join(repository, "modules"), { recursive: true });
  commitRelease(repository, VERSION);
  return { repository, release };
}

/** The archive of the module that the page fetches, in a release. */
export function archiveOf({ artifacts, version }: PublishedRelease): Buffer {
  return readFileSync(join(artifacts, `${MODULE}-${version}.zip`));
}

/**
 * Plays every host that docs/SOURCES.md fetches from, with releases as they are published: this repository with its
 * tags, its releases' archives, both registries with the tree, and the archives as artifacts of OCI.
 *
 * @param repository a git repository with the releases' tags
 * @returns the hosts, whose environment signs in to the registry of one's own
 */
export async function startPublishedSources(
  repository: string,
  releases: readonly PublishedRelease[],
): Promise<LoopbackHosts> {
  const { git: onGit, archive, registry, ownRegistry, oci } = addressesOnPage();
  const root = mkdtempSync(join(tmpdir(), "published-sources-"));
  cloneBare(repository, root, onGit.path);
  const trees = releases.map((release) => {
    const path = `${posix.dirname(onGit.path)}/${TREE}-${release.version}`;
    return { ...release, path, commit: publishTree(release, root, path) };
  });

  const [releasesPath = ""] = archive.pathname.split("/download/");
  const fileOf = ({ version }: PublishedRelease) => `/archives/${TREE}-${version}.zip`;
  // As the public registry answers: git, and the tag's commit.
  const publicRegistry = moduleRegistry({
    address: registry,
    downloads: new Map(
      trees.map(({ version, path, commit }) => [
        version,
        `git::https://${onGit.host}${path}.git?ref=${commit}`,
      ]),
    ),
  });
  const hosts = await startHosts([
    {
      host: onGit.host,
      path: releasesPath,
      listener: fileHost(
        new Map(
          releases.map((release) => [
            `${releasesPath}/download/v${release.version}/${MODULE}-${release.version}.zip`,
            archiveOf(release),
          ]),
        ),
      ),
    },
    { host: onGit.host, path: "/", listener: gitHost(root) },
    { host: "registry.terraform.io", path: "/", listener: publicRegistry },
    { host: "registry.opentofu.org", path: "/", listener: publicRegistry },
    {
      host: oci.host,
      path: "/v2/",
      listener: ociRegistry({
        name: oci.name,
        archives: new Map(releases.map((release) => [release.version, archiveOf(release)])),
      }),
    },
    {
      host: ownRegistry.host,
      path: "/archives/",
      listener: fileHost(
        new Map(
          releases.map((release) => [
            fileOf(release),
            readFileSync(join(release.artifacts, `${TREE}-${release.version}.zip`)),
          ]),
        ),
      ),
    },
    {
      host: ownRegistry.host,
      path: "/",
      listener: moduleRegistry({
        address: ownRegistry.address,
        downloads: new Map(releases.map((release) => [release.version, fileOf(release)])),
        token: TOKEN,
      }),
    },
  ]);
  return {
    ...hosts,
    environment: { ...hosts.environment, [TOKEN_OF_REGISTRY]: TOKEN },
    stop: async () => {
      await hosts.stop();
      rmSync(root, { recursive: true });
    },
  };
}

/** Puts a repository where a host of git has it. */
function cloneBare(repository: string, root: string, path: string): void {
  const to = join(root, `${path}.git`);
  mkdirSync(dirname(to), { recursive: true });
  git(root, "clone", "--quiet", "--bare", repository, to);
}

/** Commits the registry's tree of a release, and puts it there. @returns the commit */
function publishTree({ version, artifacts }: PublishedRelease, root: string, path: string): string {
  const tree = join(artifacts, TREE);
  commitRelease(tree, version);
  cloneBare(tree, root, path);
  return git(tree, "rev-parse", "HEAD").trim();
}
