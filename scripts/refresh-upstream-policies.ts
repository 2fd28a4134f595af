import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { fetchUpstreamPolicies } from "../lib/upstream/fetch-upstream-policies.js";

// npm run refresh-upstream [-- VERSION] [--run-package]: commits Remotion's policies as data, for the tests to compare.
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { "run-package": { type: "boolean" } },
});
const [version = "latest"] = positionals;
const upstream = await fetchUpstreamPolicies(version, {
  runPackage: values["run-package"] === true,
});
const target = new URL("../lib/remotion/upstream-policies.json", import.meta.url);
writeFileSync(fileURLToPath(target), `${JSON.stringify(upstream, null, 2)}\n`);
process.stderr.write(`Wrote the policies of Remotion ${upstream.version}.\n`);
