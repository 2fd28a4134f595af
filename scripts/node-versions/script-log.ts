import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { quoted } from "./program-folder.js";

/** Notes each script that npm runs, whoever's it is. */
export class ScriptLog {
  /** The shell to give npm as `script-shell`. */
  readonly shell: string;
  readonly #log: string;

  constructor(folder: string) {
    this.shell = join(folder, "logging-shell");
    this.#log = join(folder, "scripts.log");
    // npm calls it as it would sh: -c, and what to run.
    const lines = ["#!/bin/sh", `printf '%s\\n' "$2" >>${quoted(this.#log)}`, 'exec /bin/sh "$@"'];
    writeFileSync(this.shell, `${lines.join("\n")}\n`, { mode: 0o755 });
  }

  /** What has been run since it was asked last. */
  take(): string {
    if (!existsSync(this.#log)) {
      return "";
    }
    const scripts = readFileSync(this.#log, "utf8");
    rmSync(this.#log);
    return scripts;
  }
}
