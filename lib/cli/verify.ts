import { PolicyError } from "../iam/evaluate/errors.js";
import { UnreadableFile } from "../terraform/errors.js";
import { readPrincipals } from "../terraform/read-principals.js";
import { isComplete, type Verification } from "../verify/verification.js";
import {
  type VerifiedReading,
  type VerifyOptions,
  verifyReading,
} from "../verify/verify-reading.js";
import type { Console } from "./console.js";
import { UsageError } from "./errors.js";
import { readInput } from "./read-input.js";

/** What `verify` was asked for. */
export interface VerifyCommandOptions extends VerifyOptions {
  /** Path of the file, or `-` for standard input. */
  readonly file: string;
  /** Report as JSON. */
  readonly json: boolean;
}

/**
 * Says whether what is in a file lets Remotion work.
 *
 * @returns the exit code: 0, or 1 when something is missing
 * @throws UsageError when the file cannot be read, or holds no IAM
 */
export function verify(options: VerifyCommandOptions, console: Console): number {
  const result = verifyFile(options);
  const { verified, skipped } = result;
  const complete = verified.length > 0 && verified.every(isComplete);
  if (options.json) {
    console.result(JSON.stringify({ complete, verified, skipped }, null, 2));
    return complete ? 0 : 1;
  }
  for (const verification of verified) {
    console.result(reportOf(verification));
  }
  if (skipped.length > 0) {
    console.note(
      `Not looked at, because nothing that Remotion needs is allowed: ${skipped.join(", ")}.`,
    );
  }
  if (verified.length === 0) {
    console.note(`Nobody in ${options.file} is allowed anything that Remotion needs.`);
  }
  return complete ? 0 : 1;
}

function verifyFile(options: VerifyCommandOptions): VerifiedReading {
  try {
    return verifyReading(readPrincipals(readInput(options.file)), options);
  } catch (error) {
    if (error instanceof UnreadableFile || error instanceof PolicyError) {
      throw new UsageError(`${options.file}: ${error.message}`);
    }
    throw error;
  }
}

/** One principal as lines for a reader. */
function reportOf(verification: Verification): string {
  const { principal, address, part, apis, excess, notes } = verification;
  const where = address === "" ? "" : ` (${address})`;
  const complete = apis.filter(({ missing }) => missing.length === 0).length;
  const whom = part.actor === "user" ? "a user or caller" : "the role of Remotion's functions";
  return [
    `${principal}${where}, as ${whom}, profile ${part.profile}: ${complete} of ${apis.length} allowed`,
    ...apis.flatMap(({ api, situation, missing }) => [
      `  ${missing.length === 0 ? "allowed" : "MISSING"}  ${api}${situation === "any" ? "" : `, ${situation}`}`,
      ...missing.flatMap(({ action, resource, when, because, input }) => [
        `           ${action} on ${resource}: ${because}`,
        ...(when === undefined ? [] : [`             needed when: ${when}`]),
        `             module input: ${input}`,
      ]),
    ]),
    ...(excess.length === 0 ? [] : [`  In excess of the profile ${part.profile}:`]),
    ...excess.map(({ policy, action, resource }) => `    ${action} on ${resource} (${policy})`),
    ...notes.map((note) => `  Note: ${note}`),
  ].join("\n");
}
