import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, findEngines } from "../../scripts/engines/engines.js";
import { cloneWorkingTree } from "../../scripts/node-versions/clone.js";
import { prepare } from "../../scripts/release/prepare.js";
import { runScript } from "../../scripts/release/run.js";
import { isLower, numbersOf } from "../../scripts/release/version.js";
import { startAws } from "../support/aws.js";
import { PROVIDER } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { unlessTorture } from "../support/part.js";
import { REPOSITORY } from "../support/repository.js";
import { forEitherEngine } from "../support/running-provider.js";
import { describeUnless, itUnless, unlessAws } from "../support/suites.js";
import { findTool } from "../support/tools.js";
import { type ResourceChange, Workspace } from "../support/workspace.js";
import { zipEntries } from "../support/zip-entries.js";
import { type LoopbackHosts, unlessHosts } from "./support/loopback-hosts.js";
import { blockOf, snippetOf, VERSION, WAYS, type Way } from "./support/module-sources-page.js";
import {
  archiveOf,
  commitRelease,
  type PublishedRelease,
  startPublishedSources,
} from "./support/published-sources.js";

const [MAJOR, MINOR] = numbersOf(VERSION);

/** A release that is made up: `lambda_role_profile` has another default in it. */
const NEXT = `${MAJOR}.${MINOR + 1}.0`;

/** Where that default stands, in the text of `stacks/inputs.ts`. */
const ROLE_PROFILE = `client does).',
    default: "full",`;

const DATE = "2026-12-01";

const ENGINES = findEngines();

/** The first OpenTofu that fetches artifacts of OCI. */
const fetchesOci = ({ product, version }: Engine) =>
  product === "tofu" && !isLower(version, "1.10.0");

const SLOW =
  unlessAws ??
  unlessHosts ??
  unlessTorture("ways to fetch a module, by which it is upgraded", Object.keys(WAYS).length);

describeUnless(SLOW)("A module that is fetched, applied, and upgraded", () => {
  let folder: string;
  let releases: Readonly<Record<string, PublishedRelease>>;
  let hosts: LoopbackHosts;
  let moto: Moto;
  beforeAll(async () => {
    moto = await startAws();
    folder = mkdtempSync(join(tmpdir(), "sources-"));
    const clone = join(folder, "clone");
    cloneWorkingTree(REPOSITORY, clone);
    symlinkSync(join(REPOSITORY, "node_modules"), join(clone, "node_modules"));
    const made = [released(clone, VERSION, folder)];
    edit(clone, "stacks/inputs.ts", ROLE_PROFILE, ROLE_PROFILE.replace("full", "minimal"));
    made.push(released(clone, NEXT, folder));
    releases = Object.fromEntries(made.map((release) => [release.version, release]));
    hosts = await startPublishedSources(clone, made);
  });
  afterAll(async () => {
    await hosts.stop();
    await moto.stop();
    rmSync(folder, { recursive: true });
  });

  const environment = () => ({ ...forEitherEngine(moto.environment), ...hosts.environment });

  /** Writes what the page has for a way; of a copy, what is in the release's archive. */
  function write(workspace: Workspace, way: Way, version: string): void {
    const archive = archiveOf(release(version));
    workspace.write("main.tf", `${PROVIDER}\n${snippetOf(way, version, archive)}`);
    if (way === "copy") {
      for (const [path, text] of zipEntries(archive)) {
        workspace.write(join("modules", path), `${text}`);
      }
    }
  }

  function release(version: string): PublishedRelease {
    const found = releases[version];
    if (found === undefined) {
      throw new Error(`There is no release ${version}.`);
    }
    return found;
  }

  describe.each(ENGINES)("by $product $version", (engine) => {
    const ways = Object.keys(WAYS) as Way[];
    for (const way of ways.filter((one) => one !== "oci" || fetchesOci(engine))) {
      it(`${way}: the plan says what changes, and destroys nothing`, async () => {
        await moto.reset();
        const workspace = new Workspace(environment(), engine.program);
        write(workspace, way, VERSION);
        await workspace.init();
        await workspace.apply();
        if (way === "git") {
          expect(existsSync(join(workspace.path, ".terraform/modules/remotion/.git/shallow"))).toBe(
            true,
          );
        }
        // Nothing comes by itself: not even where a range is given, and a later minor release is there.
        await workspace.init(".", ["-upgrade"]);
        expect(await workspace.isUpToDate()).toBe(true);

        write(workspace, way, NEXT);
        await workspace.init(".", ["-upgrade"]);
        const { resource_changes = [] } = await workspace.plan();
        expect(
          resource_changes
            .filter(({ change }) => change.actions.join() !== "no-op")
            .map(({ address, change }) => ({
              address,
              actions: change.actions,
              differs: differences(change),
            })),
        ).toEqual([
          {
            address: "module.remotion.aws_iam_role_policy.lambda_role[0]",
            actions: ["update"],
            differs: ["policy"],
          },
        ]);
        await workspace.apply();
        expect(await workspace.isUpToDate()).toBe(true);
        await workspace.destroy();
        workspace.remove();
      });
    }
  });

  const [tofu] = ENGINES.filter(fetchesOci).slice(-1);
  const oras = findTool("oras");
  itUnless(
    tofu === undefined || oras === undefined
      ? "No oras, or no tofu from 1.10 on, is on the PATH or in TF_ENGINES."
      : undefined,
  )("is fetched from an artifact that oras has pushed, as the page says", async () => {
    const workspace = new Workspace(environment(), tofu?.program);
    const archive = `remotion-lambda-${VERSION}.zip`;
    workspace.copy(join(release(VERSION).artifacts, archive), archive);
    const script = blockOf(WAYS.oci, "sh").replaceAll(VERSION, "9.9.9").replace(/^oras/, '"$0"');
    const pushed = script.replace("remotion-lambda-9.9.9.zip", archive);
    const { output } = await workspace.run("sh", ["-euc", pushed, oras ?? "oras"]);
    const [, digest = ""] = /^Digest: (sha256:[0-9a-f]{64})$/m.exec(output) ?? [];

    const snippet = snippetOf("oci", "9.9.9", archiveOf(release(VERSION)));
    for (const source of [snippet, snippet.replace("?tag=9.9.9", `?digest=${digest}`)]) {
      await workspace.write("main.tf", `${PROVIDER}\n${source}`).init(".", ["-upgrade"]);
      expect((await workspace.plan()).resource_changes).toHaveLength(5);
    }
    workspace.remove();
  });

  it("is fetched from git by a commit, which has no depth", async () => {
    const workspace = new Workspace(environment());
    const snippet = snippetOf("git", VERSION, archiveOf(release(VERSION)));
    const { stdout } = await workspace.run(
      "git",
      ["rev-parse", `v${VERSION}^{commit}`],
      join(folder, "clone"),
    );
    const byCommit = snippet.replace(`v${VERSION}`, stdout.trim());

    workspace.write("main.tf", byCommit);
    const refused = await workspace.attempt("terraform", ["init", "-no-color"]);
    expect(refused.status).toBe(1);
    expect(refused.output).toMatch(/Remote branch [0-9a-f]{40} not found/);

    await workspace.write("main.tf", byCommit.replace("&depth=1", "")).init();
    workspace.remove();
  });
});

/** Releases a clone as `npm run release -- VERSION --write` does, but for the addresses, which are placeholders. */
function released(clone: string, version: string, folder: string): PublishedRelease {
  edit(clone, "CHANGELOG.md", "## Unreleased\n", "## Unreleased\n\n- Something new.\n");
  prepare(clone, version, DATE);
  commitRelease(clone, version);
  const artifacts = join(folder, `artifacts-${version}`);
  runScript("scripts/release-artifacts.ts", [artifacts], clone);
  return { version, artifacts };
}

/** Names of the attributes that a change sets anew. */
function differences({ before, after }: ResourceChange["change"]): string[] {
  const names = Object.keys({ ...before, ...after });
  return names.filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]));
}

function edit(folder: string, file: string, from: string, to: string): void {
  const path = join(folder, file);
  const before = readFileSync(path, "utf8");
  expect(before.split(from)).toHaveLength(2);
  writeFileSync(
    path,
    before.replace(from, () => to),
  );
}
