import { PARTITIONS, type Partition } from "../iam/partition.js";
import { failedPolicies } from "./errors.js";
import { isolationEnvironment, type NodeRunner, notIsolated } from "./isolation.js";
import { POLICIES_PROGRAM } from "./program-text.js";
import { firstLine, runProgram } from "./run-program.js";

/** What running a release came to. What it printed is not checked here. */
export type PoliciesAnswer =
  | { readonly policies: Readonly<Partial<Record<Partition, PrintedPolicies>>> }
  /** A module that it needs is not there. */
  | { readonly missing: string }
  /** It publishes no policies. */
  | { readonly none: true };

/** The policies for one partition. */
export interface PrintedPolicies {
  readonly user?: unknown;
  readonly role?: unknown;
}

/** How the code of a release is run. */
export interface RunPoliciesOptions {
  readonly folder: string;
  /** Runs Node.js, isolated where it can be. */
  readonly runner: NodeRunner;
  readonly signal: AbortSignal;
  /** Milliseconds that it may take. @default 30,000 */
  readonly timeout?: number;
}

/** Megabytes that the objects of a release may take. */
const HEAP_LIMIT = 256;

/**
 * Runs the policies of the release that is unpacked in a folder. This is foreign code: it gets a
 * process without our environment, which may read that folder and no other, write nothing and start
 * no program. That much Node.js sees to; the runner sees to the rest.
 *
 * @throws {UpstreamUnavailableError}
 */
export async function runPolicies(
  version: string,
  { folder, runner, signal, timeout = 30_000 }: RunPoliciesOptions,
): Promise<PoliciesAnswer> {
  const [program, ...args] = runner([
    "--no-warnings",
    permissionFlag(),
    `--allow-fs-read=${folder}/`,
    `--max-old-space-size=${HEAP_LIMIT}`,
    "--input-type=module",
    "--eval",
    POLICIES_PROGRAM,
  ]);
  const { status, stdout, stderr, stopped } = await runProgram(program, args, {
    folder,
    environment: runner === notIsolated ? {} : isolationEnvironment(),
    timeout,
    signal,
    input: JSON.stringify({ folder, partitions: PARTITIONS }),
  });
  if (stopped === "timeout") {
    throw failedPolicies(version, `they took longer than ${timeout / 1000} seconds`);
  }
  if (status !== 0 && stderr.includes("heap out of memory")) {
    throw failedPolicies(version, `they took more than ${HEAP_LIMIT} megabytes of memory`);
  }
  const answer = parseAnswer(stdout.trimEnd().split("\n").at(-1) ?? "");
  if (status !== 0 || answer === undefined) {
    throw failedPolicies(version, firstLine(stderr) ?? "there was no answer");
  }
  if ("failed" in answer) {
    throw failedPolicies(version, firstLine(answer.failed) ?? "they failed");
  }
  return answer;
}

/** Node.js dropped the old name with version 24. */
function permissionFlag(): string {
  return process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";
}

/** The answer, unless the release has put something else in its place. */
function parseAnswer(line: string): PoliciesAnswer | { readonly failed: string } | undefined {
  try {
    const { policies, missing, none, failed } = Object(JSON.parse(line));
    if (typeof policies === "object" && policies !== null) {
      return { policies };
    }
    if (typeof missing === "string") {
      return { missing };
    }
    if (typeof failed === "string") {
      return { failed };
    }
    return none === true ? { none } : undefined;
  } catch {
    return undefined;
  }
}
