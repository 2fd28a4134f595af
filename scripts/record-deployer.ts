import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findMoto, findTerraform } from "../__tests__/support/tools.js";
import { recordCalls } from "./record-deployer/record-calls.js";
import { recordedTable } from "./record-deployer/recorded-table.js";
import { RECORDED_MODULES } from "./record-deployer/situations.js";

// npm run record-deployer: what the AWS provider calls where a module is planned, applied, changed and destroyed,
// with each option. Takes minutes. Ends with 2 where Terraform or the AWS mock is missing.
const note = (text: string) => process.stderr.write(`${text}\n`);
const { provider, missing } = findTerraform();
const lacking = missing ?? findMoto().missing;
if (provider === undefined || lacking !== undefined) {
  note(lacking ?? "The AWS provider is missing.");
  process.exit(2);
}
const made = await recordCalls(RECORDED_MODULES, provider, note);
const [, version = "unknown"] = /\/aws\/([\d.]+)\//.exec(provider) ?? [];
const table = recordedTable(made, version);
const target = new URL("../lib/deployer/recorded-calls.json", import.meta.url);
writeFileSync(fileURLToPath(target), `${JSON.stringify(table, null, 2)}\n`);
note(`Recorded ${Object.values(table.modules).flat().length} calls.`);
