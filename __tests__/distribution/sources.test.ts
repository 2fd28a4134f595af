import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../lib/cli/main.js";
import { findEngines, newestTofu } from "../../scripts/engines/engines.js";
import { startAws } from "../support/aws.js";
import { PROVIDER } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { forEitherEngine } from "../support/running-provider.js";
import { describeUnless, itUnless, unlessAws } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";
import { readFolder } from "../unit/support/folder.js";
import { type LoopbackHosts, unlessHosts } from "./support/loopback-hosts.js";
import {
  blockOf,
  headingsWithHcl,
  snippetOf,
  VERSION,
  WAYS,
  type Way,
} from "./support/module-sources-page.js";
import {
  archiveOf,
  type PublishedRelease,
  publishBuild,
  startPublishedSources,
  TOKEN_OF_REGISTRY,
} from "./support/published-sources.js";

/** What is made of the module in each way, with nothing said. */
const RESOURCES = [
  "aws_iam_policy.executionrole_policy[0]",
  "aws_iam_role.lambda_role",
  "aws_iam_role_policy.lambda_role[0]",
  "aws_iam_user.user[0]",
  "aws_iam_user_policy.user[0]",
];

const TOFU = newestTofu(findEngines(), "1.10.0");

/** Runs what the page has for a way, a call of the command line, with the last arguments replaced or added. */
function runOnPage(heading: string, more: readonly string[]): Promise<number> {
  const [, args = ""] =
    /^npx remotion-lambda-terraform@[\d.]+ (.*)\n$/.exec(blockOf(heading, "sh")) ?? [];
  const output = { result: () => undefined, note: () => undefined };
  return run([...args.replace(/ --out .*/, "").split(" "), ...more], output);
}

describe("docs/SOURCES.md", () => {
  it("has one block for each way, and those of the tools around", () => {
    expect(headingsWithHcl()).toEqual([...Object.values(WAYS), "Terragrunt", "Terramate"]);
  });
});

describeUnless(unlessAws ?? unlessHosts)("A module, fetched as docs/SOURCES.md has it", () => {
  let folder: string;
  let release: PublishedRelease;
  let hosts: LoopbackHosts;
  let moto: Moto;
  beforeAll(async () => {
    moto = await startAws();
    folder = mkdtempSync(join(tmpdir(), "sources-"));
    const published = await publishBuild(folder);
    ({ release } = published);
    hosts = await startPublishedSources(published.repository, [release]);
  });
  afterAll(async () => {
    await hosts.stop();
    await moto.stop();
    rmSync(folder, { recursive: true });
  });

  const environment = () => ({ ...forEitherEngine(moto.environment), ...hosts.environment });

  /** Calls of the module in some ways, side by side. */
  const calls = (ways: readonly Way[]) =>
    ways.map((way) =>
      snippetOf(way, VERSION, archiveOf(release))
        .replace('module "remotion"', `module "${way}"`)
        .replace(/\n}\n$/, `\n  name_prefix = "${way}-"\n}\n`),
    );

  /** Fetches and plans them: which resources each makes. */
  async function planned(ways: readonly Way[], program?: string) {
    const workspace = new Workspace(environment(), program);
    expect(await runOnPage(WAYS.copy, ["--out", join(workspace.path, "modules")])).toBe(0);
    await workspace.write("main.tf", [PROVIDER, ...calls(ways)].join("\n")).init();
    const { resource_changes = [] } = await workspace.plan();
    workspace.remove();
    return ways.map((way) => ({
      way,
      resources: resource_changes
        .filter(({ address }) => address.startsWith(`module.${way}.`))
        .map(({ address }) => address.slice(`module.${way}.`.length))
        .sort(),
    }));
  }

  it("is planned from git, an archive, both registries and a copy", async () => {
    const ways = ["git", "archive", "registry", "own-registry", "copy"] as const;

    expect(await planned(ways)).toEqual(ways.map((way) => ({ way, resources: RESOURCES })));

    const asked = (pattern: RegExp) => hosts.requests.some((request) => pattern.test(request));
    expect(asked(/^POST .*\/remotion-lambda-terraform\.git\/git-upload-pack$/)).toBe(true);
    expect(asked(/^GET .*\/remotion-lambda-[\d.]+\.zip/)).toBe(true);
    expect(asked(/^GET https:\/\/registry\.terraform\.io\/modules\/.*\/download$/)).toBe(true);
    expect(asked(/^GET https:\/\/registry\.example\.com\/archives\//)).toBe(true);
  });

  itUnless(
    TOFU === undefined ? "No tofu from 1.10 on is on the PATH or in TF_ENGINES." : undefined,
  )("is planned by OpenTofu from an artifact of OCI, beside the others", async () => {
    const ways = ["oci", "archive", "registry"] as const;

    expect(await planned(ways, TOFU?.program)).toEqual(
      ways.map((way) => ({ way, resources: RESOURCES })),
    );
  });

  it.each<{ what: string; way: Way; from: string | RegExp; to: string; says: RegExp }>([
    {
      what: "an archive with another sum",
      way: "archive",
      from: /sha256:\w{8}/,
      to: "sha256:00000000",
      says: /Checksums did not match/,
    },
    {
      what: "a version that the registry does not have",
      way: "own-registry",
      from: /version = ".*"/,
      to: 'version = "~> 98.0"',
      says: /Unresolvable module version constraint/,
    },
    {
      what: "a range beside git",
      way: "git",
      from: /\n}/,
      to: '\n  version = "~> 1.0"\n}',
      says: /Terraform assumed that you intended a module registry source address/,
    },
  ])("is refused: $what", async ({ way, from, to, says }) => {
    const [call = ""] = calls([way]);
    expect(call).toMatch(from);
    const workspace = new Workspace(environment()).write("main.tf", call.replace(from, to));

    const { status, output } = await workspace.attempt("terraform", ["init", "-no-color"]);

    expect(status).toBe(1);
    expect(output.replaceAll(/\s+/g, " ")).toMatch(says);
    workspace.remove();
  });

  it("is the tree of the release in what the page writes for a registry of one's own", async () => {
    const out = join(folder, "tree");

    expect(await runOnPage(WAYS["own-registry"], ["--out", out])).toBe(0);

    const released = readFolder(join(release.artifacts, "terraform-aws-remotion-lambda"));
    const files = [...released].filter(([file]) => !file.startsWith(".git/"));
    expect([...readFolder(out)]).toEqual(files);
  });

  it("is refused by a registry of one's own without its token", async () => {
    const workspace = new Workspace({ ...environment(), [TOKEN_OF_REGISTRY]: "" });
    workspace.write("main.tf", calls(["own-registry"]).join(""));

    const { status, output } = await workspace.attempt("terraform", ["init", "-no-color"]);

    expect(status).toBe(1);
    expect(output).toContain("401");
    workspace.remove();
  });
});
