import { describe, expect, it } from "vitest";
import { runRecorded } from "../support/recording-console.js";

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
});
