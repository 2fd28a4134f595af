import { run } from "../lib/cli/main.js";
import { cdktfJson } from "../stacks/cdktf-json.js";

// npm start: everything that is generated and synthesized, without CDKTF's command line (docs/decisions/0013).
process.exitCode = await run(["generate"]);
if (process.exitCode === 0) {
  await import("../main.js");
  const { outdir = "cdktf.out" } = cdktfJson(process.cwd());
  process.stdout.write(`${outdir}/stacks/remotion-lambda/cdk.tf.json is the deployable stack.\n`);
}
