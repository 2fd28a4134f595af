import type { Outcome, Workspace } from "../../__tests__/support/workspace.js";
import { isLower } from "../release/version.js";
import type { Engine } from "./engines.js";

/** A folder that engines are tried on. */
export interface Folder {
  /** `modules/json/remotion-user` */
  readonly path: string;
  /** Inputs that it cannot do without, in Terraform's JSON syntax. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Whether tests lie in it. */
  readonly hasTests: boolean;
}

/** What came of a folder with an engine: a word for each step, and the output of what failed. */
export interface Played {
  readonly engine: Engine;
  readonly path: string;
  readonly steps: Readonly<Record<Step, string>>;
  /** Of the first step that failed. */
  readonly failure?: string;
}

/** What is done with a folder, in this order. */
const STEPS = ["init", "validate", "test", "plan"] as const;

type Step = (typeof STEPS)[number];

/** The first versions that have mocks, which the tests beside the modules need. */
const FIRST_WITH_MOCKS = { terraform: "1.7.0", tofu: "1.8.0" };

/** The first versions that have tests, and then read them at `init` as well. */
const FIRST_WITH_TESTS = { terraform: "1.6.0", tofu: "1.6.0" };

/** Whether an engine plays the tests beside the modules. */
function hasMocks({ product, version }: Engine): boolean {
  return !isLower(version, FIRST_WITH_MOCKS[product]);
}

/**
 * Does with a folder whatever an engine can.
 *
 * @param workspace of the engine, with the folder's content in it
 * @param at the folder in the workspace
 */
export async function playFolder(
  engine: Engine,
  folder: Folder,
  workspace: Workspace,
  at: string,
): Promise<Played> {
  const withoutTests =
    !hasMocks(engine) && !isLower(engine.version, FIRST_WITH_TESTS[engine.product])
      ? ["-test-directory=none"]
      : [];
  const steps: Record<Step, string> = { init: "–", validate: "–", test: "–", plan: "–" };
  const attempt = (...args: readonly string[]) =>
    workspace.attempt(engine.program, [...args, "-no-color"], at);
  const does: Readonly<Record<Step, () => Promise<Outcome | undefined>>> = {
    init: () => attempt("init", "-input=false", ...withoutTests),
    validate: () => attempt("validate", ...withoutTests),
    test: async () => (folder.hasTests && hasMocks(engine) ? attempt("test") : undefined),
    plan: () => {
      workspace.write(`${at}/terraform.tfvars.json`, JSON.stringify(folder.inputs));
      return attempt("plan", "-input=false");
    },
  };
  for (const step of STEPS) {
    const outcome = await does[step]();
    if (outcome !== undefined) {
      steps[step] = outcome.status === 0 ? told(step, outcome.stdout) : "FAILED";
      if (outcome.status !== 0) {
        return { engine, path: folder.path, steps, failure: outcome.output };
      }
    }
  }
  return { engine, path: folder.path, steps };
}

/** What a step that went well says of itself. */
function told(step: Step, stdout: string): string {
  switch (step) {
    case "test":
      return /\d+ passed/.exec(stdout)?.[0] ?? "0 passed";
    case "plan":
      return /^Plan: (\d+ to add)/m.exec(stdout)?.[1] ?? "0 to add";
    default:
      return "ok";
  }
}

/** A table of what came of all, in Markdown. */
export function tableOf(played: readonly Played[]): string {
  const rows = played.map(({ engine, path, steps }) => [
    `${engine.product} ${engine.version}`,
    path,
    ...STEPS.map((step) => steps[step]),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return [["engine", "folder", ...STEPS], ["", "", ...STEPS].map(() => "---"), ...rows]
    .map(line)
    .join("");
}
