import { plainValue } from "./plain-value.js";
import type { RecordedRequest } from "./recording-endpoint.js";

/** How a scenario ended, told in the same words whenever it ends in the same way. */
export interface Outcome {
  /**
   * `resolved`; `failed` with the error that the scenario is about; `rejected` with another;
   * `too late` where it did not end in the time that it was given.
   */
  readonly ending: "resolved" | "failed" | "rejected" | "too late";
  /** What Remotion gave or printed, or the error that it ended with. */
  readonly value: string;
  /** What was done in AWS. */
  readonly effects: readonly string[];
}

/** What a scenario's requests changed in AWS, each change once. */
export function effectsOf(
  requests: readonly RecordedRequest[],
  local: readonly string[],
): readonly string[] {
  const effects = requests
    .filter(isChange)
    .map(({ line, acl }) => plainValue(acl === undefined ? line : `${line}, ${acl}`, local));
  return [...new Set(effects)].sort();
}

/** Whether both are the same in all that can be seen. */
export function isSame(one: Outcome, other: Outcome): boolean {
  return (
    one.ending === other.ending &&
    one.value === other.value &&
    one.effects.join("\n") === other.effects.join("\n")
  );
}

/** Services that Remotion only asks. */
const ASKED = ["iam", "sts"];

function isChange({ line, service, status }: RecordedRequest): boolean {
  return (
    status < 300 && !/^(?:GET|HEAD) |\.(?:Get|List)\w+$/.test(line) && !ASKED.includes(service)
  );
}
