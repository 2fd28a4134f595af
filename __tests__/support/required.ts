/**
 * Why something is missing, which tests are skipped for; an error where the environment says that none
 * may be, as CI does: what is skipped there for months is not noticed.
 *
 * @param variable `REQUIRE_TERRAFORM` for one
 * @param what cannot be had
 * @param missing why; `undefined` where it is there
 */
export function unlessRequired(
  variable: string,
  what: string,
  missing: string | undefined,
): string | undefined {
  if (missing !== undefined && process.env[variable] === "1") {
    throw new Error(`${variable}=1, and ${what} cannot be used: ${missing}`);
  }
  return missing;
}
