import type { ValueRule } from "../iam/value-rule.js";

/**
 * A release of Remotion: a version, or a dist-tag. Ranges, paths, addresses and options do not pass,
 * all of which npm would take, too.
 *
 * @see https://docs.npmjs.com/cli/commands/npm-dist-tag
 */
export const RELEASE: ValueRule = {
  subject: "a Remotion release",
  pattern:
    "^([0-9]{1,9}[.][0-9]{1,9}[.][0-9]{1,9}(-[0-9A-Za-z][0-9A-Za-z.-]{0,63})?|[a-z]{2}[a-z0-9-]{0,30})$",
  requirement: "give a version such as 4.0.527, or a dist-tag such as latest.",
};
