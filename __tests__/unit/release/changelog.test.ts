import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { notesOf, releasedChangelog } from "../../../scripts/release/changelog.js";
import { REPOSITORY } from "../../support/repository.js";

const CHANGELOG = `# Changelog

Words before.

## Unreleased

### Added

- $& one thing.

## 0.1.0 - 2026-11-01

- The first.
`;

describe("the changelog of a release", () => {
  it("has the version in place of Unreleased, which stays empty", () => {
    const released = releasedChangelog(CHANGELOG, "0.2.0", "2026-12-01");

    expect(released).toBe(
      CHANGELOG.replace("## Unreleased\n", "## Unreleased\n\n## 0.2.0 - 2026-12-01\n"),
    );
    expect(notesOf(released, "0.2.0")).toBe("### Added\n\n- $& one thing.\n");
    expect(notesOf(released, "0.1.0")).toBe("- The first.\n");
  });

  it("is not made twice of the same changes", () => {
    const released = releasedChangelog(CHANGELOG, "0.2.0", "2026-12-01");

    expect(() => releasedChangelog(released, "0.2.0", "2026-12-02")).toThrow(
      "CHANGELOG.md has a section for 0.2.0 already",
    );
    expect(() => releasedChangelog(released, "0.3.0", "2026-12-02")).toThrow(
      'CHANGELOG.md has no section "## Unreleased" with something in it',
    );
  });

  it("has no notes for a version that is the beginning of another", () => {
    const text = CHANGELOG.replace("## 0.1.0 ", "## 0.1.01 ");

    expect(() => notesOf(text, "0.1.0")).toThrow("CHANGELOG.md has no section for 0.1.0");
    expect(() => notesOf(CHANGELOG, "0.2.0")).toThrow("CHANGELOG.md has no section for 0.2.0");
  });

  it("can be made of this repository's own, now or after its release", () => {
    const text = readFileSync(join(REPOSITORY, "CHANGELOG.md"), "utf8");

    expect(text).toMatch(/^## Unreleased$/m);
    const added = text.replace("## Unreleased\n", "## Unreleased\n\n- Something new.\n");
    expect(notesOf(releasedChangelog(added, "999.0.0", "2026-12-01"), "999.0.0")).toContain(
      "- Something new.",
    );
  });
});
