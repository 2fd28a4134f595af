import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readMutants } from "../../../scripts/torture/mutants.js";
import { reliabilityPage } from "../../../scripts/torture/page.js";
import { PARTS } from "../../../scripts/torture/parts.js";
import { readRecords } from "../../../scripts/torture/record.js";
import { REPOSITORY } from "../../support/repository.js";
import { itUnless } from "../../support/suites.js";

const RECORDS = readRecords();

describe("docs/reliability.md", () => {
  it("is what the records say", () => {
    const page = readFileSync(join(REPOSITORY, "docs", "reliability.md"), "utf8");

    // Of one version of the mutants' numbers: they are written by another command, which this page follows.
    expect(page).toBe(reliabilityPage(PARTS, RECORDS, readMutants()));
  });

  it("is of parts that there are", () => {
    const names = PARTS.map(({ name }) => name);

    expect(RECORDS.map(({ part }) => part).filter((part) => !names.includes(part))).toEqual([]);
  });

  for (const { name, rows } of PARTS) {
    const record = RECORDS.find(({ part }) => part === name);
    const unlessPlayed =
      record === undefined
        ? `docs/reliability.md says nothing of ${name} yet: npm run torture -- ${name}`
        : undefined;
    itUnless(unlessPlayed)(`says that ${name} was played often enough, and lost nothing`, () => {
      const { played = {}, lost, commit, seconds } = record ?? {};
      const few = rows.filter(({ what, least }) => (played[what]?.cases ?? 0) < least);

      expect(lost).toEqual([]);
      expect(few.map(({ what }) => what)).toEqual([]);
      expect(Object.keys(played).toSorted()).toEqual(rows.map(({ what }) => what).toSorted());
      expect(commit).toMatch(/^[0-9a-f]{10}$/);
      expect(seconds).toBeGreaterThan(0);
    });
  }

  it("is less than an hour on two cores, all in all", () => {
    const processor = RECORDS.reduce((sum, { processorSeconds }) => sum + processorSeconds, 0);

    expect(processor / 2 / 60).toBeLessThan(60);
  });
});

describe("the parts", () => {
  it("have a name of their own each, as has what they play", () => {
    const names = PARTS.map(({ name }) => name);
    const rows = PARTS.flatMap((part) => part.rows.map(({ what }) => what));

    expect(new Set(names).size).toBe(names.length);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it.each(PARTS)("are played by tests that are there: $name", ({ files }) => {
    expect(files.filter((file) => !existsSync(join(REPOSITORY, file)))).toEqual([]);
    expect(files).not.toEqual([]);
  });
});
