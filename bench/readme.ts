import type { SuiteResult } from "./suite.js";
import { markdownTable } from "./table.js";

/** `bench/README.md`: how to run the benchmarks, and what they last said. */
export function readmeText(machine: string, results: readonly SuiteResult[]): string {
  const sections = results.map(({ title, table, notes }) =>
    [`## ${title}`, markdownTable(table), ...notes].join("\n\n"),
  );
  return `${[INTRODUCTION, `Measured on: ${machine}.`, ...sections].join("\n\n")}\n`;
}

const INTRODUCTION = `# Benchmarks

\`\`\`sh
npm run bench                    # all suites, as tables
npm run bench -- verify buckets  # some of them
npm run bench -- --check         # and fail where a ratio has become worse by more than a tenth
npm run bench -- --write         # refresh this page and ratios.json
\`\`\`

What counts are ratios: of things that are measured in turns on one machine, within the same minutes,
as medians of the ratios of each turn. They carry over to other machines; the absolute figures beside
them do not. Where a ratio is of processor time, that is because other programs slow a command down, and
hardly make it work more.

\`--check\` holds new ratios against those in [ratios.json](ratios.json), and measures a suite once
more before it calls a ratio worse. Those are the worse of two measurements; the tables here are of the first. Not held against are times of an installation, of an apply and of the
largest plan of buckets, which are made once and vary; limits hold for all.

What Terraform or the AWS mock is needed for is skipped without them, and fails where
\`REQUIRE_TERRAFORM=1\`. [twins](twins) holds what each published module is compared with: the same
resources, \`by-hand\` and \`with-module\`; \`with-terraform-aws-modules\` is for
[docs/SIDE-BY-SIDE.md](../docs/SIDE-BY-SIDE.md).

This page is written by \`npm run bench -- --write\`.`;
