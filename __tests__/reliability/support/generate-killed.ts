import { run } from "../../../lib/cli/main.js";
import { withFault } from "./faulty-file-system.js";

// A process that is killed before the call that its first argument counts, while it runs the command line.
const [at, ...args] = process.argv.slice(2);
await withFault({ kind: "sigkill", at: Number(at) }, async () => {
  process.exitCode = await run(args);
});
