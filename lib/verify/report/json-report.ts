import type { Outcome } from "../outcome.js";
import type { VerifiedReading } from "../verify-reading.js";

/** What was found, for programs. */
export function jsonReport(
  { verified, bystanders }: VerifiedReading,
  { complete, reasons }: Outcome,
): string {
  return JSON.stringify({ complete, verified, bystanders, reasons }, null, 2);
}
