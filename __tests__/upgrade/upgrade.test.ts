import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startAws } from "../support/aws.js";
import { EDITIONS, type Edition } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { partOf } from "../support/part.js";
import { REPOSITORY } from "../support/repository.js";
import { describeAws, itUnless } from "../support/suites.js";
import { type ResourceChange, Workspace } from "../support/workspace.js";
import { writeJoinedRoot } from "./support/joined-root.js";
import { type KeptRoot, keptReleases, keptRoots } from "./support/kept-release.js";
import { currentRoots } from "./support/roots.js";
import { unannouncedChanges } from "./support/unannounced.js";

const UPGRADE = readFileSync(join(REPOSITORY, "docs", "UPGRADE.md"), "utf8");

/** Planned in every run: of each module what its defaults make. */
const isDefault = ({ name }: KeptRoot) => name.endsWith("-defaults");

const ROOTS = keptReleases().flatMap((version) =>
  keptRoots(version).map((root) => ({ version, root })),
);

/** What is planned besides, some in each run: a plan of all takes minutes. */
const OTHERS = partOf(
  "states of releases, each planned over by an edition of this build",
  EDITIONS.flatMap((edition) =>
    ROOTS.filter(({ root }) => !isDefault(root)).map((one) => ({ ...one, edition })),
  ),
  16,
);

/** Of each release what is planned, with one edition after the other. */
const CASES = keptReleases().flatMap((version) =>
  EDITIONS.map((edition) => ({
    version,
    edition,
    roots: [
      ...ROOTS.filter(({ root }) => isDefault(root)).map((one) => ({ ...one, edition })),
      ...OTHERS,
    ]
      .filter((one) => one.version === version && one.edition === edition)
      .map(({ root }) => root),
  })),
);

const CHANGELOG = readFileSync(join(REPOSITORY, "CHANGELOG.md"), "utf8");

const RELEASED = Array.from(
  CHANGELOG.matchAll(/^## (\d+\.\d+\.\d+) /gm),
  ([, version = ""]) => version,
);

const { version: VERSION } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));

describe("The states of releases", () => {
  it("are kept for every release, and the one to come, by npm run record-states", () => {
    const kept = keptReleases();

    expect([...RELEASED, VERSION].filter((version) => !kept.includes(version))).toEqual([]);
  });

  itUnless(RELEASED.includes(VERSION) ? "What is new is kept with the next release." : undefined)(
    "are of every example, and of everything that a module's own tests plan",
    () => {
      const names = currentRoots().map(({ name }) => name);

      expect(keptRoots(VERSION).map(({ name }) => name)).toEqual(names.sort());
    },
  );

  it("hold no secret", () => {
    const secrets = keptReleases()
      .flatMap(keptRoots)
      .flatMap(({ resources }) => JSON.stringify(resources).match(/"[\w-]*secret"\s*:\s*"[^"]*"/g));

    expect(new Set(secrets.filter((secret) => secret !== null))).toEqual(
      new Set(['"secret":"not kept"']),
    );
  });
});

describeAws("This build, planned over the state of a release", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startAws();
  });
  afterAll(() => moto.stop());

  async function changesOf(
    roots: readonly KeptRoot[],
    edition: Edition,
  ): Promise<readonly ResourceChange[]> {
    const workspace = new Workspace(moto.environment);
    writeJoinedRoot(workspace, roots, edition);
    await workspace.init();
    const { resource_changes = [] } = await workspace.plan(["-refresh=false"]);
    workspace.remove();
    return resource_changes;
  }

  it.each(CASES)(
    "changes what UPGRADE.md says, and nothing else: $version, $edition",
    async ({ version, edition, roots }) => {
      const changes = await changesOf(roots, edition);

      const kept = roots.flatMap(({ resources }) => resources);
      expect(kept.length).toBeGreaterThan(10);
      expect(changes.length).toBeGreaterThanOrEqual(kept.length);
      expect(unannouncedChanges(changes, UPGRADE, version)).toEqual([]);
    },
  );

  it("would be told from one that changes, replaces or destroys something", async () => {
    const [version = ""] = keptReleases();
    const root = keptRoots(version).find(({ name }) => name === "remotion-user-defaults");
    const text = JSON.stringify(root);
    const edits: readonly (readonly [string, string])[] = [
      // Had the release had another policy, name or address.
      ["s3:GetObject", "s3:GetAnything"],
      ['"name":"remotion-user"', '"name":"another"'],
      ['"name":"this","provider"', '"name":"that","provider"'],
    ];
    const changed = edits.map(([from, to], index): KeptRoot => {
      expect(text).toContain(from);
      return { ...JSON.parse(text.replaceAll(from, to)), name: `changed_${index}` };
    });

    const told = unannouncedChanges(await changesOf(changed, "hcl"), UPGRADE, version);

    expect(told.map((line) => line.replace(/, and .*/, "")).sort()).toEqual(
      [
        "module.changed_0.module.this.aws_iam_user_policy.this[0] is updated",
        "module.changed_1.module.this.aws_iam_user.this is updated",
        "module.changed_2.module.this.aws_iam_user.that is destroyed",
        "module.changed_2.module.this.aws_iam_user.this is created",
        "module.changed_2.module.this.aws_iam_user_policy.that[0] is destroyed",
        "module.changed_2.module.this.aws_iam_user_policy.this[0] is created",
      ].sort(),
    );
  });
});
