import { describe, expect, it } from "vitest";
import { reliabilityPage } from "../../../scripts/torture/page.js";
import type { Part } from "../../../scripts/torture/parts.js";
import { type PartRecord, playedIn } from "../../../scripts/torture/record.js";

const PART: Part = {
  name: "letters",
  proves: "Letters are sent once.",
  files: ["letters.test.ts"],
  rows: [
    { what: "letters", least: 1000, seed: "7" },
    { what: "letters that get lost", least: 2, injects: true, before: "sent | twice" },
  ],
};

const RECORD: PartRecord = {
  part: "letters",
  commit: "0123456789",
  date: "2026-11-30",
  seconds: 61,
  processorSeconds: 1200,
  skipped: 0,
  played: {
    letters: { cases: 1234, counted: { sent: 1200, kept: 34 } },
    "letters that get lost": { cases: 2 },
  },
  lost: [],
};

describe("the page", () => {
  it("says of each row what was played, and of the part what was lost, when and of which commit", () => {
    const page = reliabilityPage([PART], [RECORD], undefined);

    expect(page).toContain("## `letters`\n\nLetters are sent once.\n");
    expect(page).toContain("\n| 1,234 | letters (sent 1,200, kept 34) | – | 7 | – |\n");
    expect(page).toContain("\n| 2 | letters that get lost | 2 | – | sent \\| twice |\n");
    expect(page).toContain(
      "\nIn all 1,236 cases, of which 2 are faults that were injected;\nlost: nothing. They take 20 minutes of a processor.\n",
    );
    expect(page).toContain(
      "Lost: nothing. 61 s by the clock, 1,200 s of the processor; 2026-11-30, commit `0123456789`.",
    );
  });

  it("says what was lost, and what was not played", () => {
    const page = reliabilityPage(
      [PART, { ...PART, name: "parcels" }],
      [{ ...RECORD, played: {}, skipped: 3, lost: ["letters arrive"] }],
      undefined,
    );

    expect(page).toContain("| 0 | letters | – | 7 | – |");
    expect(page).toContain(
      "Lost: letters arrive. Skipped: 3 tests that need what was not there. 61 s",
    );
    expect(page).toContain("## `parcels`\n\nLetters are sent once.\n\nNot played yet.\n");
  });

  it("has the mutants where there are some", () => {
    const folders = { "lib/iam": { mutants: 4000, killed: 3990, equivalent: 10, surviving: 0 } };
    const mutants = { commit: "abcdef0123", date: "2026-11-30", seconds: 900, folders };

    expect(reliabilityPage([PART], [RECORD], mutants)).toContain(
      "| `lib/iam` | 4,000 | 3,990 | 10 | 0 |\n\n900 s; 2026-11-30, commit `abcdef0123`.",
    );
  });
});

describe("what tests note", () => {
  it("is put together by its row, whichever is noted first", () => {
    const notes = [
      { what: "a", cases: 3 },
      { what: "b", counted: { good: 1 } },
      { what: "a", counted: { good: 2 } },
      { what: "a", counted: { bad: 1 } },
      { what: "b", cases: 1 },
    ];

    expect(playedIn(notes.map((note) => `${JSON.stringify(note)}\n`).join(""))).toEqual({
      a: { cases: 3, counted: { good: 2, bad: 1 } },
      b: { cases: 1, counted: { good: 1 } },
    });
  });
});
