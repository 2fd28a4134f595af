import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { REPOSITORY } from "./repository.js";

/** What a clone needs to generate, synthesize, build and pack: all but tests, benchmarks and documents. */
const NEEDED = /^(?:(?:bin|examples|lib|modules|scripts|stacks)\/|[^/]+$)/;

/**
 * A copy of the working tree as a clone would have it, in a folder of its own: what git tracks or
 * would track, with the installed packages linked in.
 */
export function cloneRepository(): string {
  const clone = mkdtempSync(join(tmpdir(), "remotion-clone-"));
  const files = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"],
    { cwd: REPOSITORY, encoding: "utf8" },
  );
  // Git lists what is deleted until that is staged.
  const isThere = (name: string) => NEEDED.test(name) && existsSync(join(REPOSITORY, name));
  for (const file of files.split("\n").filter(isThere)) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(REPOSITORY, file), join(clone, file));
  }
  symlinkSync(join(REPOSITORY, "node_modules"), join(clone, "node_modules"));
  return clone;
}
