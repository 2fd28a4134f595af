import type { StepResult } from "./report.js";

/**
 * Whether installing the packages ran no script.
 *
 * @param installing how that went
 * @param others steps that certainly ran one: a log that has none of them has not worked
 */
export function noInstallScript(installing: StepResult, others: readonly StepResult[]): StepResult {
  const { version, scripts } = installing;
  const works = others.some((other) => other.scripts !== "");
  return {
    version,
    step: "no install script ran",
    status: scripts === "" && works ? 0 : 1,
    seconds: 0,
    scripts: "",
    output:
      scripts || "The log of scripts is empty even after npm start: nothing is known of npm ci.",
  };
}
