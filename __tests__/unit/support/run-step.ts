import { execFile, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { temporaryFolder } from "./folder.js";

/** Why no script of a step can be run; undefined where it can. */
export const NO_RUNNER = reasonAgainst();

function reasonAgainst(): string | undefined {
  if (process.platform === "win32") {
    return "The runner's bash is another one on Windows.";
  }
  return spawnSync("bash", ["-c", "command -v cat sed head tail"]).status === 0
    ? undefined
    : "bash, cat, sed, head and tail are not on the PATH, which steps of workflows are run by.";
}

/** How the script of a step ended. */
export interface EndedStep {
  readonly status: number;
  readonly output: string;
  /** What the step hands on, and the summary of the job. */
  readonly handedOn: string;
  readonly summary: string;
  /** What it puts into the environment of the steps after it. */
  readonly environment: string;
  readonly folder: string;
}

/** Runs the script of a step as a runner does, with programs of ours before those of the machine. */
export function runStep(
  { run }: { readonly run: string },
  env: Readonly<Record<string, string>>,
  programs: Readonly<Record<string, string>> = {},
  folder = temporaryFolder(),
): Promise<EndedStep> {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  for (const [name, source] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!${process.execPath}\n${source}`);
    chmodSync(join(bin, name), 0o755);
  }
  const files = {
    GITHUB_OUTPUT: join(folder, "output"),
    GITHUB_STEP_SUMMARY: join(folder, "summary"),
    GITHUB_ENV: join(folder, "environment"),
  };
  const read = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");
  return new Promise((resolve) => {
    const child = execFile(
      "bash",
      ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", run],
      {
        cwd: folder,
        env: {
          PATH: [bin, join(process.execPath, ".."), process.env["PATH"]].join(delimiter),
          RUNNER_TEMP: folder,
          ...files,
          ...env,
        },
      },
      (_error, stdout, stderr) =>
        resolve({
          status: child.exitCode ?? -1,
          output: `${stdout}${stderr}`,
          handedOn: read(files.GITHUB_OUTPUT),
          summary: read(files.GITHUB_STEP_SUMMARY),
          environment: read(files.GITHUB_ENV),
          folder,
        }),
    );
  });
}
