import { keepsRule } from "../iam/value-rule.js";
import { driftReport, formNote } from "../upstream/drift-report.js";
import { UpstreamUnavailableError } from "../upstream/errors.js";
import { fetchUpstreamPolicies } from "../upstream/fetch-upstream-policies.js";
import { RELEASE } from "../upstream/release.js";
import { type UpstreamDrift, upstreamDrift } from "../upstream/upstream-drift.js";
import type { Console } from "./console.js";
import { invalidOption } from "./errors.js";

/** What `upstream` was asked for. */
export interface UpstreamOptions {
  /** A version of Remotion, or a dist-tag. */
  readonly version: string;
  /** Run the release's package even where it cannot be isolated. */
  readonly runPackage: boolean;
  /** Report as JSON. */
  readonly json: boolean;
}

/**
 * Compares this project's policies with those of a Remotion release.
 *
 * @returns the exit code: 0, 1 when they differ, or 2 when the release cannot be had
 * @throws when the version is none
 */
export async function upstream(options: UpstreamOptions, console: Console): Promise<number> {
  const { version, runPackage, json } = options;
  if (!keepsRule(RELEASE, version)) {
    throw invalidOption("version", version, RELEASE);
  }
  try {
    const result = upstreamDrift(await fetchUpstreamPolicies(version, { runPackage }));
    report(result, json, console);
    return result.drift ? 1 : 0;
  } catch (error) {
    if (error instanceof UpstreamUnavailableError) {
      console.note(error.message);
      return 2;
    }
    throw error;
  }
}

function report(result: UpstreamDrift, json: boolean, console: Console): void {
  if (json) {
    console.result(JSON.stringify(result));
    return;
  }
  const { version, ours, drift, policies, notCompared } = result;
  if (drift) {
    console.result(driftReport(result));
  }
  if (notCompared.length > 0) {
    console.note(
      `Remotion ${version} has no policies for ${notCompared.join(", ")}: compared for ${policies[0]?.partition} only.`,
    );
  }
  const form = formNote(result);
  if (form !== undefined) {
    console.note(form);
  }
  const drifting = policies.filter((policy) => policy.drift).length;
  console.note(
    drift
      ? `${drifting} of ${policies.length} policies differ from those of Remotion ${version}; ours are those of ${ours}.`
      : `No drift: ${policies.length} policies are those of Remotion ${version}.`,
  );
}
