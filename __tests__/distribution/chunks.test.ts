import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Chunk, placed } from "../../scripts/build/chunks.js";
import { bundleCommandLine } from "../../scripts/build/command-line.js";
import { REPOSITORY } from "../support/repository.js";
import { writeFile } from "../unit/support/folder.js";

describe("the chunk that a source is in", () => {
  const chunks: readonly Chunk[] = [
    { name: "start", roots: ["start"] },
    { name: "one", roots: ["one", "another"] },
    { name: "two", roots: ["two"] },
  ];
  const imports = new Map([
    ["start", ["errors", "two"]],
    ["one", ["shared", "errors"]],
    ["another", ["of another"]],
    ["two", ["shared", "deeper"]],
    ["deeper", ["deepest", "two"]],
  ]);

  it.each([
    { source: "start", chunk: "start" },
    { source: "errors", chunk: "start" },
    { source: "shared", chunk: "one" },
    { source: "of another", chunk: "one" },
    { source: "two", chunk: "two" },
    { source: "deepest", chunk: "two" },
  ])("of $source is $chunk", ({ source, chunk }) => {
    expect(placed(chunks, imports).get(source)?.name).toBe(chunk);
  });
});

describe("a call of the command line", () => {
  const fixtures = join(REPOSITORY, "__tests__", "unit");
  const plan = join(fixtures, "terraform", "fixtures", "every-grant.plan.json");
  const template = join(fixtures, "cloudformation", "fixtures", "sam.yaml");
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "chunks-"));
    await bundleCommandLine(folder);
    // Says at the end which files were loaded.
    const hook = "process.on('exit', () => console.log(Object.keys(require.cache).join('\\n')));";
    writeFile(folder, "hook.cjs", hook);
    return () => rmSync(folder, { recursive: true });
  });

  const core = ["cli", "policy", "reading", "verify"];
  // AWS SAM has policies of AWS, and templates share what expressions of Terraform are made of.
  const ofTemplates = ["aws-managed", "configuration", "template", "yaml"];
  it.each([
    { what: "the help", args: ["--help"], loads: ["cli"] },
    { what: "a policy", args: ["policy", "user"], loads: ["cli", "policy"] },
    { what: "a plan", args: ["verify", plan], loads: core },
    { what: "a plan in JSON", args: ["verify", plan, "--json"], loads: [...core, "reports"] },
    { what: "a template", args: ["verify", template], loads: [...core, ...ofTemplates] },
  ])("about $what loads the parts that it needs, and no other", ({ args, loads }) => {
    const program = ["-r", join(folder, "hook.cjs"), join(folder, "cli.cjs"), ...args];

    const { stdout } = spawnSync(process.execPath, program, { encoding: "utf8" });

    const files = stdout.split("\n").filter((line) => line.startsWith(folder));
    expect(files.map((file) => basename(file, ".cjs")).sort()).toEqual([...loads, "hook"].sort());
  });
});
