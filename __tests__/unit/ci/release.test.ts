import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { REPOSITORY } from "../../support/repository.js";
import { describeUnless } from "../../support/suites.js";
import { readFolder, temporaryFolder, writeFile } from "../support/folder.js";
import { NO_RUNNER, runStep } from "../support/run-step.js";

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly if?: string;
}

interface Job {
  readonly needs?: string | readonly string[];
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

const { on, permissions, jobs } = parse(
  readFileSync(join(REPOSITORY, ".github", "workflows", "release.yml"), "utf8"),
) as { on: object; permissions: object; jobs: Readonly<Record<string, Job>> };

/** A step of a job, by the beginning of its name. */
function stepOf(job: string, name: string): { readonly run: string } {
  const step = jobs[job]?.steps.find((one) => one.name?.startsWith(name));
  if (step?.run === undefined) {
    throw new Error(`There is no step ${name} in ${job}.`);
  }
  return { run: step.run };
}

const TAG = "v1.2.3";
const NPM = "remotion-lambda-terraform-1.2.3.tgz";

/** A program that notes what it is called with, and where, and then does more. */
const noting = (name: string, more = "") => `
  const { appendFileSync } = require("node:fs");
  const args = process.argv.slice(2);
  appendFileSync(process.env.RUNNER_TEMP + "/calls", JSON.stringify([${JSON.stringify(name)}, ...args]) + "\\n");
  ${more}
`;

const callsIn = (folder: string): string[][] =>
  existsSync(join(folder, "calls"))
    ? readFileSync(join(folder, "calls"), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
    : [];

const isElsewhere =
  process.platform === "linux" ? NO_RUNNER : "A release is made on Linux, with its programs.";

/** A folder with artifacts, one of which may not be what the sums say. */
function withArtifacts(files: Readonly<Record<string, Buffer | string>>, damaged?: string): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "artifacts"));
  const sums = Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, "artifacts", name), name === damaged ? "other" : content);
    return `${createHash("sha256").update(content).digest("hex")}  ${name}\n`;
  });
  writeFileSync(join(folder, "artifacts", "SHA256SUMS"), sums.join(""));
  return folder;
}

describe("the workflow of a release", () => {
  it("begins with a tag of a version, and with no right", () => {
    expect(on).toEqual({ push: { tags: ["v[0-9]+.[0-9]+.[0-9]+"] } });
    expect(permissions).toEqual({});
  });

  it("gives each job what it needs, and nobody a token of npm", () => {
    const rights = Object.entries(jobs).map(([name, job]) => [name, job.permissions]);
    expect(Object.fromEntries(rights)).toEqual({
      artifacts: { contents: "read" },
      attest: { "id-token": "write", attestations: "write" },
      npm: { "id-token": "write" },
      registry: {},
      github: { contents: "write" },
    });
    const text = JSON.stringify(jobs);
    expect(text.match(/secrets\.\w+/g)).toEqual(["secrets.MODULES_DEPLOY_KEY"]);
    expect(text).not.toMatch(/NODE_AUTH_TOKEN|NPM_TOKEN/);
  });

  it("publishes nothing before the artifacts are made and attested", () => {
    const awaited = (name: string): string[] =>
      [jobs[name]?.needs ?? []].flat().flatMap((other) => [other, ...awaited(other)]);
    for (const name of ["npm", "registry", "github"]) {
      expect(awaited(name)).toEqual(expect.arrayContaining(["artifacts", "attest"]));
    }
  });
});

describeUnless(isElsewhere)("its step that makes the artifacts", () => {
  const make = stepOf("artifacts", "Make the artifacts");

  it("asks for those of the tag, and shows their sums", async () => {
    const npm = noting("npm", 'console.log("0123  a.zip");');
    const { status, summary, folder } = await runStep(make, { TAG }, { npm });

    expect(status).toBe(0);
    expect(callsIn(folder)).toEqual([
      ["npm", "run", "-s", "release", "--", "1.2.3", "--tagged", "--out", "artifacts"],
    ]);
    expect(summary).toBe(`Artifacts of ${TAG}, by SHA-256:\n\n    0123  a.zip\n`);
  });

  it("fails where the commit may not be released", async () => {
    const npm = noting("npm", "process.exitCode = 1;");

    expect((await runStep(make, { TAG }, { npm })).status).toBe(1);
  });

  it.each([
    ["https://github.com/acme/terraform-aws-x", "ssh://git@github.com/acme/terraform-aws-x.git"],
    ["https://git.acme.io/a/terraform-aws-x", "ssh://git@git.acme.io/a/terraform-aws-x.git"],
  ])("says where %s is pushed to", async (modulesRepository, remote) => {
    const folder = temporaryFolder();
    writeFile(folder, "package.json", JSON.stringify({ modulesRepository }));
    const step = stepOf("artifacts", "Say where");
    const { status, handedOn } = await runStep(step, {}, {}, folder);

    expect({ status, handedOn }).toEqual({ status: 0, handedOn: `remote=${remote}\n` });
  });
});

describeUnless(isElsewhere)("its step that publishes on npm", () => {
  const publish = stepOf("npm", "Publish the package");
  const npm = (has: string) => noting("npm", `if (args[0] === "view") { ${has} }`);
  const missing = npm("console.error('npm error 404'); process.exit(1);");

  it("publishes the tarball that was made, with its provenance", async () => {
    const folder = withArtifacts({ [NPM]: "tarball" });
    const { status } = await runStep(publish, { TAG }, { npm: missing }, folder);

    expect(status).toBe(0);
    expect(callsIn(folder)).toEqual([
      ["npm", "view", "remotion-lambda-terraform@1.2.3", "version"],
      ["npm", "publish", `./${NPM}`, "--access", "public", "--provenance", "--ignore-scripts"],
    ]);
  });

  it("publishes nothing that npm has, so that a job can be run again", async () => {
    const folder = withArtifacts({ [NPM]: "tarball" });
    const has = npm("console.log('1.2.3');");
    const { status, output } = await runStep(publish, { TAG }, { npm: has }, folder);

    expect(status).toBe(0);
    expect(output).toContain("npm has 1.2.3 already: nothing is published.");
    expect(callsIn(folder)).toHaveLength(1);
  });

  it("publishes nothing that is not what was made", async () => {
    const folder = withArtifacts({ [NPM]: "tarball" }, NPM);
    const { status } = await runStep(publish, { TAG }, { npm: missing }, folder);

    expect(status).toBe(1);
    expect(callsIn(folder)).toEqual([]);
  });
});

describeUnless(isElsewhere)("its steps for the modules' repository", () => {
  /** A package whose command writes one file, unless that was edited. */
  const COMMAND = `
    const { existsSync, readFileSync, writeFileSync } = require("node:fs");
    const [command, ...options] = process.argv.slice(2);
    if (command !== "generate" || options.join(" ") !== "--layout registry --out modules") process.exit(99);
    if (existsSync("modules/main.tf") && readFileSync("modules/main.tf", "utf8") === "# edited\\n") process.exit(1);
    writeFileSync("modules/main.tf", "# ${TAG}\\n");
  `;

  const git = (folder: string, ...args: readonly string[]) =>
    execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();

  function tarball(): Buffer {
    const folder = temporaryFolder();
    writeFile(folder, "package/bin/remotion-lambda-terraform.cjs", COMMAND);
    execFileSync("tar", ["-czf", "package.tgz", "package"], { cwd: folder });
    return readFileSync(join(folder, "package.tgz"));
  }

  /** A repository as the host has it, with one commit where files are given. */
  function remote(files: Readonly<Record<string, string>>): string {
    const bare = temporaryFolder();
    git(bare, "init", "--quiet", "--bare", "--initial-branch=main");
    if (Object.keys(files).length > 0) {
      const folder = temporaryFolder();
      git(folder, "clone", "--quiet", bare, "first");
      const first = join(folder, "first");
      for (const [file, text] of Object.entries(files)) {
        writeFile(first, file, text);
      }
      git(first, "add", "--all");
      git(first, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "--quiet", "-m", "first");
      git(first, "push", "--quiet", "origin", "HEAD");
    }
    return bare;
  }

  const push = async (bare: string, tag = TAG) => {
    const folder = withArtifacts({ [`remotion-lambda-terraform-${tag.slice(1)}.tgz`]: tarball() });
    const env = { TAG: tag, REMOTE: bare, HOME: folder };
    return runStep(stepOf("registry", "Commit the tree"), env, {}, folder);
  };

  it.each<[string, Readonly<Record<string, string>>]>([
    ["an empty one", {}],
    [
      "one of an earlier release, with a file of its own",
      { "main.tf": "# v1.2.2\n", "NOTES.md": "mine\n" },
    ],
  ])("commits and tags the tree in %s", async (_name, files) => {
    const bare = remote(files);
    const { status, output } = await push(bare);

    expect(status, output).toBe(0);
    expect(git(bare, "show", "main:main.tf")).toBe(`# ${TAG}`);
    expect(git(bare, "cat-file", "-t", TAG)).toBe("tag");
    expect(git(bare, "rev-parse", `${TAG}^{commit}`)).toBe(git(bare, "rev-parse", "main"));
    expect(git(bare, "log", "-1", "--format=%an: %s", "main")).toBe(
      `github-actions[bot]: chore: release ${TAG}`,
    );
    if ("NOTES.md" in files) {
      expect(git(bare, "show", "main:NOTES.md")).toBe("mine");
    }
  });

  it("pushes nothing twice", async () => {
    const bare = remote({});
    await push(bare);
    const commit = git(bare, "rev-parse", "main");
    const { status, output } = await push(bare);

    expect(status).toBe(0);
    expect(output).toContain(`The modules' repository has ${TAG} already: nothing is pushed.`);
    expect(git(bare, "rev-parse", "main")).toBe(commit);
  });

  it("pushes nothing over what was edited there by hand", async () => {
    const bare = remote({ "main.tf": "# edited\n" });
    const { status } = await push(bare);

    expect(status).toBe(1);
    expect(git(bare, "show", "main:main.tf")).toBe("# edited");
    expect(git(bare, "tag")).toBe("");
  });

  it("keeps the key to itself, knows the host by GitHub's own word, and forgets the key", async () => {
    const gh = noting("gh", 'console.log("ssh-ed25519 AAAA\\nssh-rsa BBBB");');
    const env = { DEPLOY_KEY: "-----BEGIN\nkey\n-----END", GH_TOKEN: "token" };
    const { status, environment, output, folder } = await runStep(
      stepOf("registry", "Use the deploy key"),
      env,
      { gh },
    );

    expect({ status, output }).toEqual({ status: 0, output: "" });
    expect(callsIn(folder)).toEqual([["gh", "api", "meta", "--jq", ".ssh_keys[]"]]);
    const key = join(folder, "deploy-key");
    expect(readFileSync(key, "utf8")).toBe(`${env.DEPLOY_KEY}\n`);
    expect(statSync(key).mode & 0o077).toBe(0);
    expect(readFileSync(join(folder, "known-hosts"), "utf8")).toBe(
      "github.com ssh-ed25519 AAAA\ngithub.com ssh-rsa BBBB\n",
    );
    expect(environment).toBe(
      `GIT_SSH_COMMAND=ssh -i ${key} -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile=${folder}/known-hosts\n`,
    );

    const forget = jobs["registry"]?.steps.find(({ name }) => name === "Forget the key");
    expect(forget?.if).toBe("always()");
    await runStep({ run: forget?.run ?? "" }, {}, {}, folder);
    expect(existsSync(key)).toBe(false);
  });
});

describeUnless(isElsewhere)("its step that publishes on GitHub", () => {
  const publish = stepOf("github", "Publish the archives");
  const files = {
    "release-notes.md": "notes",
    "remotion-user-1.2.3.zip": "zip",
    [NPM]: "tarball",
    "remotion-lambda-terraform-1.2.3.cdx.json": "{}",
  };

  it("makes a release of the tag that is there, with every file and the notes", async () => {
    const folder = withArtifacts(files);
    mkdirSync(join(folder, "artifacts", "terraform-aws-remotion-lambda"));
    const { status } = await runStep(publish, { TAG }, { gh: noting("gh") }, folder);

    expect(status).toBe(0);
    expect(callsIn(folder)).toEqual([
      [
        ...["gh", "release", "create", TAG, "--verify-tag", "--title", TAG],
        ...["--notes-file", "release-notes.md", "SHA256SUMS", "./remotion-user-1.2.3.zip"],
        ...[`./${NPM}`, "./remotion-lambda-terraform-1.2.3.cdx.json"],
      ],
    ]);
  });

  it("publishes nothing that is not what was made", async () => {
    const folder = withArtifacts(files, "remotion-user-1.2.3.zip");
    const { status } = await runStep(publish, { TAG }, { gh: noting("gh") }, folder);

    expect(status).toBe(1);
    expect([...readFolder(folder).keys()]).not.toContain("calls");
  });
});

describe("every script of the workflow", () => {
  it("but npm's own is run by a test above", () => {
    const scripts = Object.values(jobs).flatMap(({ steps }) =>
      steps.flatMap(({ name, run }) => (run === undefined ? [] : [name ?? run])),
    );

    expect(scripts).toEqual([
      "npm ci",
      "Make the artifacts, where this commit may be released",
      "Say where the modules' repository is",
      "Publish the package",
      "Use the deploy key of the modules' repository",
      "Commit the tree there, and tag it",
      "Forget the key",
      "Publish the archives and their sums",
    ]);
  });
});
