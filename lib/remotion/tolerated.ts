import table from "./tolerated-calls.json" with { type: "json" };

/** A call that Remotion Lambda goes on without. */
export interface ToleratedCall {
  readonly api: string;
  readonly situation: string;
  readonly action: string;
  /** ARN template, as in the table of all calls. */
  readonly resource: string;
  /** What then happens, as a sentence. */
  readonly then: string;
  /** Whether what then happens makes something less secure: then the sentence begins with it. */
  readonly security: boolean;
  /** Where that was read, of a call that is not recorded. */
  readonly unrecorded?: string;
}

/** Remotion's release whose calls were refused, one at a time. */
export const TOLERATED_VERSION: string = table.version;

/** Every call that Remotion Lambda was seen to go on without. */
export const TOLERATED_CALLS: readonly ToleratedCall[] = table.calls as readonly ToleratedCall[];

const BY_NAME = new Map(
  TOLERATED_CALLS.map((call) => [
    nameOf(call.api, call.situation, call.action, call.resource),
    call,
  ]),
);

/**
 * What happens where a call is refused and Remotion goes on all the same.
 *
 * @param resourceTemplate as in the table of all calls
 * @returns undefined where it does not go on
 */
export function toleratedCall(
  api: string,
  situation: string,
  action: string,
  resourceTemplate: string,
): ToleratedCall | undefined {
  return BY_NAME.get(nameOf(api, situation, action, resourceTemplate));
}

function nameOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
