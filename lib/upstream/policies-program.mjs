/*
 * A process of its own, in which the code of a Remotion release runs: it may read its folder, and write,
 * start and load nothing else. Reads { folder, partitions } on stdin. The last line on stdout is one of
 *   { policies: { <partition>: { user, role } } }   the documents, as the release prints them
 *   { missing: <module> }                           a module that it needs is not there
 *   { none: true }                                  it publishes no policies
 *   { failed: <message> }
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const ENTRY = "@remotion/lambda/policies";

/** Where the policies were before the package said what it exports. */
const FORMER_ENTRY = "node_modules/@remotion/lambda/dist/api/iam-validation/suggested-policy.js";

const { folder, partitions } = JSON.parse(await text(process.stdin));
const answer = `\n${JSON.stringify(answerOf())}\n`;
// Whatever the release has left running ends here.
process.stdout.write(answer, () => process.exit(0));

function answerOf() {
  const require = createRequire(join(folder, "package.json"));
  try {
    const entry = entryOf(require);
    if (entry === undefined) {
      return { none: true };
    }
    const { getUserPolicy, getRolePolicy } = require(entry);
    if (typeof getUserPolicy !== "function" || typeof getRolePolicy !== "function") {
      return { none: true };
    }
    const documents = partitions.map((partition) => [
      partition,
      { user: getUserPolicy({ partition }), role: getRolePolicy({ partition }) },
    ]);
    return { policies: Object.fromEntries(documents) };
  } catch (error) {
    const [, missing] = /^Cannot find module '([^']+)'/.exec(error?.message ?? "") ?? [];
    return error?.code === "MODULE_NOT_FOUND" && missing !== undefined
      ? { missing }
      : { failed: String(error?.message ?? error) };
  }
}

function entryOf(require) {
  try {
    return require.resolve(ENTRY);
  } catch {
    const former = join(folder, FORMER_ENTRY);
    return existsSync(former) ? former : undefined;
  }
}
