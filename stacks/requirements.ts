/**
 * The Terraform that everything here needs: `optional()` with defaults and preconditions came with
 * 1.3, and 1.5 is the last release under the MPL. A floor, never a pin or a ceiling, which would
 * bind the caller.
 */
export const REQUIRED_VERSION = ">= 1.5.0";

/** The provider that everything here needs. A floor as well. */
export const REQUIRED_PROVIDERS = { aws: { source: "hashicorp/aws", version: ">= 5.0" } } as const;
