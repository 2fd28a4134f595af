import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { contractProblems } from "../__tests__/unit/support/contract-problems.js";
import {
  contractOf,
  recordedContract,
  recordedContractFile,
} from "../__tests__/unit/support/module-contract.js";
import { PUBLISHED_MODULES } from "../stacks/modules/index.js";

// npm run record-contract: what callers of the modules rely on from now on, for a test to compare.
// Refuses what would break them without a word.
const upgradeNotes = readFileSync(join(import.meta.dirname, "..", "docs", "UPGRADE.md"), "utf8");
const contracts = [...PUBLISHED_MODULES].map(([module, make]) => ({
  module,
  file: recordedContractFile(module),
  current: contractOf(make().toDocument()),
}));
const problems = contracts
  .filter(({ file }) => existsSync(file))
  .flatMap(({ module, current }) =>
    contractProblems({ module, baseline: recordedContract(module), current, upgradeNotes }),
  );
if (problems.length > 0) {
  process.stderr.write(`Recorded nothing:\n${problems.join("\n")}\n`);
  process.exit(1);
}
for (const { file, current } of contracts) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(current, null, 2)}\n`);
}
process.stderr.write(`Recorded the contracts of ${contracts.length} modules.\n`);
