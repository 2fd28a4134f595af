import { callTitle } from "../../__tests__/remotion-client/support/tolerance.js";
import type { ToleratedCall } from "../../lib/remotion/tolerated.js";
import type { CallVerdict } from "./recorded-verdicts.js";

/** What is written of the calls that Remotion does without. */
export interface ToleratedTable {
  readonly version: string;
  readonly calls: readonly ToleratedCall[];
}

/** The calls that a release of Remotion does without, in the order of the table of all calls. */
export function toleratedTable(version: string, verdicts: readonly CallVerdict[]): ToleratedTable {
  const calls = verdicts.flatMap(({ verdict, api, situation, action, resource }) => {
    if (verdict.answer !== "tolerated") return [];
    const { sentence, security, read } = verdict;
    const unrecorded = read === undefined ? {} : { unrecorded: read };
    // biome-ignore lint/suspicious/noThenProperty: a sentence that nobody waits for.
    return [{ api, situation, action, resource, then: sentence, security, ...unrecorded }];
  });
  return { version, calls };
}

/** How many calls are tolerated, and what becomes of each of the others. */
export function summary(verdicts: readonly CallVerdict[]): string {
  const lines = verdicts.map(({ verdict, ...name }) => {
    const why = verdict.answer === "tolerated" ? verdict.sentence : verdict.because;
    return `${verdict.answer}: ${callTitle(name)}: ${why.split("\n").slice(0, 2).join(" ")}`;
  });
  const tolerated = verdicts.filter(({ verdict }) => verdict.answer === "tolerated").length;
  return [...lines, `${tolerated} of ${verdicts.length} calls are tolerated.`].join("\n");
}
