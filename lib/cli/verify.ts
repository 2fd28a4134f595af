import { PolicyError } from "../iam/evaluate/errors.js";
import { UnreadableFile } from "../terraform/errors.js";
import { readPrincipals } from "../terraform/read-principals.js";
import type { ApiVerdict } from "../verify/verdicts.js";
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
  const report = new Report();
  for (const verification of verified) {
    console.result(report.of(verification));
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

/** The lines about all APIs, for all who lack the same. */
interface ApiLines {
  /** How many APIs are allowed. */
  readonly complete: number;
  readonly text: string;
  /** Who had these lines first, by the lines that came after them. */
  readonly said: Map<string, string>;
}

/** V8 tells longer texts apart by their length alone, so that a map of them is as slow as a list. */
const MAX_KEY_LENGTH = 16_000;

/** Principals as lines for a reader. What was said of one is not said again: a plan may have thousands. */
class Report {
  readonly #apis = new Map<Verification["apis"], ApiLines>();

  of(verification: Verification): string {
    const { principal, address, part, apis, excess, notes } = verification;
    const who = `${principal}${address === "" ? "" : ` (${address})`}`;
    const whom = part.actor === "user" ? "a user or caller" : "the role of Remotion's functions";
    const { complete, text, said } = this.#linesOf(apis);
    const heading = `${who}, as ${whom}, profile ${part.profile}: ${complete} of ${apis.length} allowed`;
    const further = [
      ...(excess.length === 0 ? [] : [`  In excess of the profile ${part.profile}:`]),
      ...excess.map(({ policy, action, resource }) => `    ${action} on ${resource} (${policy})`),
      ...notes.map((note) => `  Note: ${note}`),
    ].join("\n");
    const first = said.get(further);
    if (first !== undefined) {
      return `${heading}\n  the same as ${first}`;
    }
    if (further.length <= MAX_KEY_LENGTH) {
      said.set(further, who);
    }
    return [heading, text, ...(further === "" ? [] : [further])].join("\n");
  }

  #linesOf(apis: Verification["apis"]): ApiLines {
    const known = this.#apis.get(apis);
    if (known !== undefined) {
      return known;
    }
    const lines = {
      complete: apis.filter(({ missing }) => missing.length === 0).length,
      text: apis.flatMap(linesOfApi).join("\n"),
      said: new Map<string, string>(),
    };
    this.#apis.set(apis, lines);
    return lines;
  }
}

function linesOfApi({ api, situation, missing }: ApiVerdict): string[] {
  return [
    `  ${missing.length === 0 ? "allowed" : "MISSING"}  ${api}${situation === "any" ? "" : `, ${situation}`}`,
    ...missing.flatMap(({ action, resource, when, because, input }) => [
      `           ${action} on ${resource}: ${because}`,
      ...(when === undefined ? [] : [`             needed when: ${when}`]),
      `             module input: ${input}`,
    ]),
  ];
}
