import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "./build/repository.js";
import { definitionsOf, providerSchema } from "./record-provider-schemas/provider-schema.js";
import { resourceTypes } from "./record-provider-schemas/resource-types.js";

// npm run record-provider-schemas: what AWS providers of major version 6 say of the resource types that the modules
// make, from the bindings of CDKTF and of CDK Terrain, for a test to compare with those of version 5 that are installed.
// The packages have 400 MB each, which is why a record of some attributes is kept, and not they. Needs the network.
const BINDINGS = ["@cdktf/provider-aws@21.22.1", "@cdktn/provider-aws@25.7.0"];

const FILE = join(REPOSITORY, "__tests__", "unit", "provider-schemas", "provider-schemas.json");

const schemas = BINDINGS.map((bindings) => {
  const folder = mkdtempSync(join(tmpdir(), "provider-bindings-"));
  try {
    execFileSync("npm", ["pack", "--silent", bindings], { cwd: folder, stdio: "pipe" });
    const [archive = ""] = readdirSync(folder);
    const files = ["package.json", ...resourceTypes().map(definitionsOf)];
    execFileSync("tar", ["-xzf", archive, ...files.map((file) => `package/${file}`)], {
      cwd: folder,
    });
    return providerSchema(join(folder, "package"), resourceTypes());
  } finally {
    rmSync(folder, { recursive: true });
  }
});
const recorded = new Date().toISOString().slice(0, 10);
writeFileSync(FILE, `${JSON.stringify({ recorded, schemas }, null, 2)}\n`);
process.stderr.write(`${schemas.map(({ version }) => version).join(" and ")}: ${FILE}\n`);
