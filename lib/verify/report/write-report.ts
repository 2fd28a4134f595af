import type { Format } from "./formats.js";
import { htmlReport } from "./html-report.js";
import { jsonReport } from "./json-report.js";
import { junitReport } from "./junit-report.js";
import { markdownReport } from "./markdown-report.js";
import type { Report } from "./report.js";
import { sarifReport } from "./sarif-report.js";
import { textReport } from "./text-report.js";

const WRITERS: Readonly<Record<Format, (report: Report, all: boolean) => string>> = {
  text: ({ reading }, all) => textReport(reading, all),
  markdown: markdownReport,
  html: htmlReport,
  sarif: sarifReport,
  junit: junitReport,
  json: ({ reading, outcome }) => jsonReport(reading, outcome),
};

/**
 * A report in a format. Nothing of it is obeyed by what shows it, whatever the file holds.
 *
 * @param all whether nothing is cut; of the format text alone @default false
 */
export function writeReport(format: Format, report: Report, all = false): string {
  return WRITERS[format](report, all);
}
