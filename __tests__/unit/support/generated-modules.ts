import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll } from "vitest";
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
    original = mkdtempSync(join(tmpdir(), "generated-modules-"));
    await runRecorded("generate", "--out", original);
    return () => rmSync(original, { recursive: true });
  });
  return () => {
    const copy = temporaryFolder();
    cpSync(original, copy, { recursive: true });
    return copy;
  };
}
