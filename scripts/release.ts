import { REPOSITORY } from "./build/repository.js";
import { readArguments } from "./release/arguments.js";
import { ReleaseError } from "./release/errors.js";
import { release } from "./release/release.js";

// npm run release -- VERSION: what a release would be; with --write, its commit and its tag (docs/RELEASING.md).
// Ends with 1 where there can be none.
const note = (line: string) => process.stderr.write(`${line}\n`);
try {
  const options = readArguments(process.argv.slice(2), process.env);
  process.stdout.write(await release(options, REPOSITORY, note));
} catch (error) {
  if (!(error instanceof ReleaseError)) {
    throw error;
  }
  note(error.message);
  process.exitCode = 1;
}
