import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { IamApi } from "../__tests__/support/iam-api.js";
import { startMoto } from "../__tests__/support/moto.js";
import { REPOSITORY } from "../__tests__/support/repository.js";
import { runProvider } from "../__tests__/support/running-provider.js";
import { withShortSchema } from "../__tests__/support/schema-proxy.js";
import { findMoto, findTerraform } from "../__tests__/support/tools.js";
import { appliedRoot } from "../__tests__/upgrade/support/applied-root.js";
import { keptFile } from "../__tests__/upgrade/support/kept-release.js";
import { currentRoots } from "../__tests__/upgrade/support/roots.js";
import { numbersOf } from "./release/version.js";

// npm run record-states [-- VERSION]: the state of every example and option of this build, kept as those of a version, by
// itself that of package.json, for later builds to be planned over. Needs Terraform and the AWS mock, and some minutes.
const manifest = JSON.parse(readFileSync(`${REPOSITORY}/package.json`, "utf8"));
const [version = manifest.version] = process.argv.slice(2);
numbersOf(version);
if (readFileSync(`${REPOSITORY}/CHANGELOG.md`, "utf8").includes(`\n## ${version} - `)) {
  process.stderr.write(
    `${version} is released, and its states are what its users have: name the next version.\n`,
  );
  process.exit(2);
}
const { provider, missing = findMoto().missing } = findTerraform();
if (provider === undefined || missing !== undefined) {
  process.stderr.write(`${missing}\n`);
  process.exit(2);
}
const moto = await startMoto(undefined, { awsPolicies: true });
const running = await withShortSchema(await runProvider(provider, moto.environment));
try {
  rmSync(dirname(keptFile(version, "any")), { recursive: true, force: true });
  const iam = new IamApi(moto.url);
  for (const root of currentRoots()) {
    await moto.reset();
    for (const role of new Set(root.roles)) {
      await iam.createRole(role);
    }
    const kept = await appliedRoot(root, { ...moto.environment, ...running.environment });
    const file = keptFile(version, root.name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(kept)}\n`);
    process.stderr.write(`${root.name}: ${kept.resources.length} resources\n`);
  }
} finally {
  await running.stop();
  await moto.stop();
}
