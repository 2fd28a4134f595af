import { cpSync } from "node:fs";
import { afterAll, beforeAll } from "vitest";
import { temporaryFolder } from "./folder.js";
import { runRecorded } from "./recording-console.js";

/**
 * Generates all modules once for a test file.
 *
 * @returns a function that gives each test a copy of its own
 */
export function generatedModules(): () => string {
  let original = "";
  beforeAll(async () => {
    original = temporaryFolder(afterAll);
    await runRecorded("generate", "--out", original);
  });
  return () => {
    const copy = temporaryFolder();
    cpSync(original, copy, { recursive: true });
    return copy;
  };
}
