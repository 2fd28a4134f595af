import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { git } from "../../support/git.js";
import { fileHost } from "./file-host.js";
import { gitHost } from "./git-host.js";
import { type LoopbackHosts, startHosts } from "./loopback-hosts.js";
import { moduleRegistry } from "./module-registry.js";
import { addressesOnPage } from "./module-sources-page.js";
import { ociRegistry } from "./oci-registry.js";

const MODULE = "remotion-lambda";
const TREE = "terraform-aws-remotion-lambda";

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

/** The archive of the module that the page fetches, in a release. */
export function archiveOf({ artifacts, version }: PublishedRelease): Buffer {
  return readFileSync(join(artifacts, `${MODULE}-${version}.zip`));
}

/**
 * Plays every host that docs/SOURCES.md fetches from, with releases as they are published: this repository with its
 * tags, its releases' archives, both registries with the tree, and the archives as artifacts of OCI.
 *
 * @param repository a git repository with the releases' tags
 * @param token that the registry of one's own wants
 */
export async function startPublishedSources(
  repository: string,
  releases: readonly PublishedRelease[],
  token: string,
): Promise<LoopbackHosts> {
  const { git: onGit, archive, registry, ownRegistry, oci } = addressesOnPage();
  const root = mkdtempSync(join(tmpdir(), "published-sources-"));
  const bare = (path: string, of: string) => {
    const to = join(root, `${path}.git`);
    mkdirSync(dirname(to), { recursive: true });
    git(root, "clone", "--quiet", "--bare", of, to);
  };
  bare(onGit.path, repository);
  const treePath = posix.join(posix.dirname(onGit.path), TREE);
  for (const { version, artifacts } of releases) {
    const tree = join(artifacts, TREE);
    commitRelease(tree, version);
    const path = `${treePath}-${version}`;
    bare(path, tree);
  }

  const files = new Map<string, Uint8Array>();
  const [downloads, ownDownloads] = [new Map<string, string>(), new Map<string, string>()];
  const archives = new Map<string, Uint8Array>();
  const [releasesPath = ""] = archive.pathname.split("/download/");
  for (const release of releases) {
    const { version, artifacts } = release;
    archives.set(version, archiveOf(release));
    files.set(`${releasesPath}/download/v${version}/${MODULE}-${version}.zip`, archiveOf(release));
    const tree = `/archives/${TREE}-${version}.zip`;
    files.set(tree, readFileSync(join(artifacts, `${TREE}-${version}.zip`)));
    ownDownloads.set(version, tree);
    // As the public registry answers: git, and the tag's commit.
    const commit = git(join(artifacts, TREE), "rev-parse", "HEAD").trim();
    downloads.set(version, `git::https://${onGit.host}${treePath}-${version}.git?ref=${commit}`);
  }

  const [atGit, atFiles] = [gitHost(root), fileHost(files)];
  const atPublic = moduleRegistry({ address: registry, downloads });
  const atOwn = moduleRegistry({ address: ownRegistry.address, downloads: ownDownloads, token });
  const atOci = ociRegistry({ name: oci.name, archives });
  const hosts = await startHosts(
    new Map<string, RequestListener>([
      [
        onGit.host,
        (request, response) => {
          const isArchive = (request.url ?? "").startsWith(releasesPath);
          (isArchive ? atFiles : atGit)(request, response);
        },
      ],
      ["registry.terraform.io", atPublic],
      ["registry.opentofu.org", atPublic],
      [
        ownRegistry.host,
        (request, response) => {
          const path = request.url ?? "";
          const listener = path.startsWith("/v2/")
            ? atOci
            : path.startsWith("/archives/")
              ? atFiles
              : atOwn;
          listener(request, response);
        },
      ],
    ]),
  );
  return {
    ...hosts,
    stop: async () => {
      await hosts.stop();
      rmSync(root, { recursive: true });
    },
  };
}
