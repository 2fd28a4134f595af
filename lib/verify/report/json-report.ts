import type { Outcome } from "../outcome.js";
import type { VerifiedReading } from "../verify-reading.js";
import { jsonText } from "./json-text.js";

/** What was found, for programs. */
export function jsonReport(
  { verified, bystanders, unclear, incomplete, notLookedAt }: VerifiedReading,
  { complete, reasons }: Outcome,
): string {
  return jsonText({ complete, verified, bystanders, unclear, incomplete, notLookedAt, reasons });
}
