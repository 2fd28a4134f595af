import { fileURLToPath } from "node:url";
import { inTemporaryFolder } from "../lib/upstream/temporary-folder.js";
import { readArguments } from "./node-versions/arguments.js";
import { checkVersion } from "./node-versions/check-version.js";
import { UsageError } from "./node-versions/errors.js";
import { isPassed, report, type StepResult } from "./node-versions/report.js";

// npm run node-versions: whether a clone installs, starts, builds and passes its tests with every Node.js
// that people have, without a compiler and without an install script. Needs the network, so no test runs it.
// Ends with 0 where it does, 1 where it does not, 2 where it cannot be tried.
const repository = fileURLToPath(new URL("..", import.meta.url));
const note = (text: string) => process.stderr.write(`${text}\n`);
try {
  const options = readArguments(process.argv.slice(2));
  if (process.platform === "win32") {
    note("On Windows the PATH is left as it is, and the scripts that npm runs are not logged.");
  }
  const results: StepResult[] = [];
  for (const version of options.versions) {
    results.push(
      ...(await inTemporaryFolder((folder, signal) =>
        checkVersion(version, options, { repository, folder, signal, note }),
      )),
    );
  }
  process.stdout.write(`${report(results)}\n`);
  process.exitCode = isPassed(results) ? 0 : 1;
} catch (error) {
  if (!(error instanceof UsageError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
