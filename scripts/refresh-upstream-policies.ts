import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fetchUpstreamPolicies } from "../lib/upstream/fetch-upstream-policies.js";

// npm run refresh-upstream [-- VERSION]: commits Remotion's policies as data, for the tests to compare.
const [version = "latest"] = process.argv.slice(2);
const upstream = await fetchUpstreamPolicies(version);
const target = new URL("../lib/remotion/upstream-policies.json", import.meta.url);
writeFileSync(fileURLToPath(target), `${JSON.stringify(upstream, null, 2)}\n`);
process.stderr.write(`Wrote the policies of Remotion ${upstream.version}.\n`);
