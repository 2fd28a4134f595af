import type { CallName } from "./api-calls.js";
import entries from "./consequences.json" with { type: "json" };

/** What happens where a call is refused and its API goes on all the same. Written by hand. */
export interface Consequence {
  readonly apis: readonly string[];
  /** @default all of the APIs' situations */
  readonly situation?: string;
  readonly action: string;
  /** @default all that the action is called on */
  readonly resource?: string;
  /** What then happens, as a sentence, security first, where that is tolerable. */
  readonly tolerated?: string;
  /** Why it is not, as a sentence: the call counts as missing. */
  readonly missing?: string;
  /** Whether what then happens makes something less secure. */
  readonly security?: boolean;
  /** Where that was read, as a sentence. Only of calls that are not recorded. */
  readonly read?: string;
}

/** All that is known of what happens without a call. */
export const CONSEQUENCES: readonly Consequence[] = entries as readonly Consequence[];

/** What happens without a call, if that had to be written down. */
export function consequenceOf(
  name: CallName,
  consequences: readonly Consequence[] = CONSEQUENCES,
): Consequence | undefined {
  return consequences.find(
    ({ apis, situation, action, resource }) =>
      apis.includes(name.api) &&
      action === name.action &&
      (situation ?? name.situation) === name.situation &&
      (resource ?? name.resource) === name.resource,
  );
}
