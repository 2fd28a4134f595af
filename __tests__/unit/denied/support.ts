import type { Answer } from "../../../lib/denied/answer.js";
import { answerDenial } from "../../../lib/denied/answer-denial.js";
import { deniedReport } from "../../../lib/denied/denied-report.js";
import { readDenials } from "../../../lib/denied/read-denials.js";

/** A function as Remotion names them. */
export const FUNCTION =
  "arn:aws:lambda:us-east-1:123456789012:function:remotion-render-4-0-527-mem2048mb-disk2048mb-120sec";

/** Those who ask, as messages name them. */
export const ASKERS = {
  user: "arn:aws:iam::123456789012:user/remotion-user",
  caller: "arn:aws:sts::123456789012:assumed-role/video-api/session",
  functions:
    "arn:aws:sts::123456789012:assumed-role/remotion-lambda-role/remotion-render-4-0-527-mem2048mb-disk2048mb-120sec",
} as const;

/** What stands at the end of IAM's messages. */
export const BECAUSE = {
  nothing: (action: string) => `because no identity-based policy allows the ${action} action`,
  boundary: (action: string) => `because no permissions boundary allows the ${action} action`,
} as const;

/** A message of IAM's. */
export function message(
  asker: string,
  action: string,
  resource: string,
  because = BECAUSE.nothing(action),
): string {
  return `User: ${asker} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
}

/** The one answer to a text. */
export function answerTo(text: string): Answer {
  const [answer, ...others] = readDenials(text).map(answerDenial);
  if (answer === undefined || others.length > 0) {
    throw new Error(`${others.length + (answer === undefined ? 0 : 1)} answers to ${text}`);
  }
  return answer;
}

/** An answer as its reader has it. */
export function reportOf(answer: Answer): string {
  return deniedReport([answer]).join("\n");
}
