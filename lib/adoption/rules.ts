import type { ValueRule } from "../iam/value-rule.js";

/* Addresses and keys are written bare into configurations: what these rules pass ends no block. */

const IDENTIFIER = "[\\p{L}_][\\p{L}\\p{N}_-]*";
const KEY = '[^"\\\\\\p{C}\\u2028\\u2029]{1,256}';
const INDEX = `(\\[(0|[1-9][0-9]{0,9}|"${KEY}")\\])?`;
const MODULE = `module\\.${IDENTIFIER}${INDEX}`;

/** What begins a template, also inside a quoted key. */
const TEMPLATE = "[$%]\\{";

/**
 * The address of a module, as seen from the root module.
 *
 * @see https://developer.hashicorp.com/terraform/cli/state/resource-addressing
 */
export const MODULE_ADDRESS: ValueRule = {
  subject: "the address of a module",
  pattern: `^${MODULE}(\\.${MODULE})*$`,
  forbidden: TEMPLATE,
  maxLength: 1024,
  requirement:
    'give it as the root module sees it, as in module.remotion, module.video.module.remotion or module.remotion["eu"]; in a key no quote, backslash or template.',
};

/** The address of a resource's instance, as seen from the root module. */
export const RESOURCE_ADDRESS: ValueRule = {
  subject: "the address of a resource",
  pattern: `^(${MODULE}\\.)*[a-z0-9_]+\\.${IDENTIFIER}${INDEX}$`,
  forbidden: TEMPLATE,
  maxLength: 1024,
  requirement: "move it with `terraform state mv`.",
};

/** The key of an instance that `for_each` makes. */
export const INSTANCE_KEY: ValueRule = {
  subject: "a key",
  pattern: `^${KEY}$`,
  forbidden: TEMPLATE,
  requirement: "give 1 to 256 characters with no quote, backslash or template among them.",
};
