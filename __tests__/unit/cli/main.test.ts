import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runRecorded } from "../support/recording-console.js";
import { REPOSITORY } from "../support/source-files.js";

describe("the command line", () => {
  it.each([
    { what: "no command", args: [], says: "Name a command." },
    { what: "an unknown command", args: ["nonsense"], says: "nonsense" },
    { what: "a command that is nearly right", args: ["polcy", "user"], says: "policy" },
    { what: "an option before any command", args: ["--json"], says: "" },
  ])("ends with 2 for $what, says so on stderr, and where to look", async ({ args, says }) => {
    const { exitCode, results, notes } = await runRecorded(...args);

    expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
    expect(notes).toContain(says);
    expect(notes).toMatch(/\nTry remotion-lambda-terraform --help\.$/);
  });

  it.each([{ args: ["--version"] }, { args: ["policy", "--version"] }])(
    "says its version with $args",
    async ({ args }) => {
      const { version } = JSON.parse(readFileSync(`${REPOSITORY}/package.json`, "utf8"));

      expect(await runRecorded(...args)).toEqual({ exitCode: 0, results: version, notes: "" });
    },
  );

  it("takes upstream's own option for what it is", async () => {
    const { exitCode, results } = await runRecorded("upstream", "--version");

    expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
  });
});
