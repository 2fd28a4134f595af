import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect } from "vitest";
import { moduleFiles } from "../../lib/cli/module-files.js";
import { cloneWorkingTree } from "../../scripts/node-versions/clone.js";
import { zipOf } from "../../scripts/release/archive.js";
import { requirePrepared } from "../../scripts/release/prepare.js";
import { release } from "../../scripts/release/release.js";
import { AUTHOR, git } from "../support/git.js";
import { MODULE_NAMES } from "../support/module-sources.js";
import { partOf, TORTURE } from "../support/part.js";
import { registryProblems } from "../support/registry-rules.js";
import { REPOSITORY } from "../support/repository.js";
import { itUnless } from "../support/suites.js";
import { zipEntries } from "../support/zip-entries.js";
import { readFolder, temporaryFolder } from "../unit/support/folder.js";

const VERSION = "99.1.0";
const DATE = "2026-12-01";
const TREE = "terraform-aws-remotion-lambda";

const FOLDERS: string[] = [];
afterAll(() => {
  for (const folder of FOLDERS) {
    rmSync(folder, { recursive: true });
  }
});

/** A folder for all tests of this file. */
function lastingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "remotion-release-"));
  FOLDERS.push(folder);
  return folder;
}

/** A clean clone with something to release, whatever was released before. */
function clone(folder = join(temporaryFolder(), "clone")): string {
  cloneWorkingTree(REPOSITORY, folder);
  symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"));
  const changelog = join(folder, "CHANGELOG.md");
  const text = readFileSync(changelog, "utf8");
  writeFileSync(changelog, text.replace(/^## Unreleased$/m, "$&\n\n- Something new."));
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "everything");
  return folder;
}

interface Released {
  readonly out: string;
  readonly sums: string;
  readonly notes: string;
}

/** `npm run release`, dry, as somebody types it. */
async function releaseDry(
  folder: string,
  { umask = "022", ...environment }: Readonly<Record<string, string>>,
): Promise<Released> {
  const out = join(lastingFolder(), "made");
  const script = `umask ${umask} && exec npm run -s release -- ${VERSION} --date ${DATE} --out "$0"`;
  const { stdout, stderr } = await promisify(execFile)("bash", ["-c", script, out], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  return { out, sums: stdout, notes: stderr };
}

let elsewhere: Promise<Released> | undefined;

/** Another folder, umask, time zone, language and day; once for all tests. */
function releaseElsewhere(): Promise<Released> {
  elsewhere ??= makeElsewhere();
  return elsewhere;
}

async function makeElsewhere(): Promise<Released> {
  const folder = join(lastingFolder(), "another folder", "with spaces é");
  mkdirSync(folder, { recursive: true });
  const clock = fileURLToPath(new URL("support/other-clock.cjs", import.meta.url));
  return releaseDry(clone(join(folder, "x")), {
    // The copy that the release is made of lies there.
    TMPDIR: folder,
    umask: "077",
    TZ: "Pacific/Kiritimati",
    LANG: "tr_TR.UTF-8",
    SOURCE_DATE_EPOCH: "1",
    NODE_OPTIONS: `--require ${JSON.stringify(clock)}`,
  });
}

/** A release takes a quarter of a minute: each run makes one in one way. */
const PLAYED = partOf("ways to release", ["dry", "write"], 2);

const unlessPlayed = (way: string) =>
  process.platform !== "linux"
    ? "A release is made on Linux, with its programs."
    : PLAYED.includes(way)
      ? undefined
      : `Another day's run releases ${way === "dry" ? "dry" : "with --write"}.`;

describe("a release, made dry", () => {
  itUnless(unlessPlayed("dry"))(
    "has every artifact, with its sum, made alike wherever",
    async () => {
      const { out, sums, notes } = await releaseElsewhere();

      const names = sums
        .trim()
        .split("\n")
        .map((line) => line.slice(66));
      expect(names).toEqual(
        [
          "release-notes.md",
          `remotion-lambda-terraform-${VERSION}.cdx.json`,
          `remotion-lambda-terraform-${VERSION}.tgz`,
          `${TREE}-${VERSION}.zip`,
          ...MODULE_NAMES.map((name) => `${name}-${VERSION}.zip`),
        ].sort(),
      );
      expect(readFileSync(join(out, "SHA256SUMS"), "utf8")).toBe(sums);
      expect(
        execFileSync("sha256sum", ["--check", "SHA256SUMS"], { cwd: out, encoding: "utf8" }),
      ).toBe(names.map((name) => `${name}: OK\n`).join(""));
      expect(readFileSync(join(out, "release-notes.md"), "utf8")).toContain("- Something new.\n");
      expect(notes).toMatch(/^ {2}package-lock\.json$/m);
      expect(notes).toMatch(/^ {2}modules\/remotion-lambda\/versions\.tf$/m);
      expect(notes).toContain(`the tag v${VERSION}`);

      // An archive that is made here, of the files in it, is the same one.
      for (const name of MODULE_NAMES) {
        const archive = readFileSync(join(out, `${name}-${VERSION}.zip`));
        const files = [...zipEntries(archive)].map(
          ([path, content]) => [path, `${content}`] as const,
        );
        expect(archive.equals(zipOf(new Map(files)))).toBe(true);
        const folders = [name, `json/${name}`];
        expect(files.map(([path]) => path).sort()).toEqual(
          folders
            .flatMap((folder) => [...moduleFiles(folder).keys()].map((file) => `${folder}/${file}`))
            .sort(),
        );
      }
      expect(tarHeaders(join(out, `remotion-lambda-terraform-${VERSION}.tgz`))).toEqual(
        new Set(["644 0 0 499162500", "755 0 0 499162500"]),
      );

      // And the tree is what the registry takes.
      const files = readFolder(join(out, TREE));
      expect(registryProblems({ name: TREE, tags: [`v${VERSION}`], files })).toEqual([]);
      expect(files.get("versions.tf")).toContain(`Module remotion-lambda ${VERSION} of`);
      expect(files.get("README.md")).toContain(`  version = "${VERSION}"\n`);
      expect(files.get("CHANGELOG.md")).toContain(`## ${VERSION} - ${DATE}\n`);
    },
  );

  itUnless(
    TORTURE ? unlessPlayed("dry") : "One more release takes time: npm run torture makes it.",
  )("is the same bytes in another folder, umask, time zone and day", async () => {
    const here = clone();
    const first = await releaseDry(here, { TZ: "America/Los_Angeles", umask: "002" });
    const second = await releaseElsewhere();

    expect(second.sums).toBe(first.sums);
    expect(git(here, "status", "--porcelain")).toBe("");
  });
});

describe("a release, written", () => {
  itUnless(unlessPlayed("write"))(
    "is a commit with a tag, once the addresses are put in and all is committed",
    async () => {
      const folder = clone();
      useAddresses(folder, "https://example.com/OWNER");
      await expect(write(folder)).rejects.toThrow(
        "repository of package.json is https://example.com/OWNER/remotion-lambda-terraform, which is a placeholder",
      );
      useAddresses(folder, "https://github.com/acme");
      writeFileSync(join(folder, "new.txt"), "");
      await expect(write(folder)).rejects.toThrow("this is not committed:\n?? new.txt\n");
      rmSync(join(folder, "new.txt"));

      expect(await write(folder)).toContain(`git push --atomic origin HEAD v${VERSION}`);
      expect(git(folder, "status", "--porcelain")).toBe("");
      expect(git(folder, "log", "-1", "--format=%s")).toBe(`chore: release v${VERSION}\n`);
      expect(git(folder, "cat-file", "-t", `v${VERSION}`)).toBe("tag\n");
      expect(() => requirePrepared(folder, VERSION)).not.toThrow();
      await expect(write(folder)).rejects.toThrow(`a section for ${VERSION} already`);

      // What the workflow refuses, all at once.
      useAddresses(folder, "https://example.com/OWNER");
      writeFileSync(join(folder, "modules", "remotion-user", "main.tf"), "# edited\n");
      writeFileSync(join(folder, "README.md"), "git::https://x.git//modules/x?ref=v0.0.0\n");
      const refused = [
        "This commit cannot be released:",
        "  repository of package.json is .*, which is a placeholder: .*",
        "  modulesRepository of package.json is .*, which is a placeholder: .*",
        `  package.json has version ${VERSION}, and the tag is of 99.2.0.`,
        "  The commit does not have the tag v99.2.0.",
        "  There are changes that are not committed: M README.md\n M modules/remotion-user/main.tf",
        "  CHANGELOG.md has no section for 99.2.0 .*",
        "  README.md has another address or version: npm run write-addresses.",
        "  .* generate --check failed:\n(.|\n)*# edited(.|\n)*",
      ];
      expect(() => requirePrepared(folder, "99.2.0")).toThrow(
        new RegExp(`^${refused.join("\n")}$`),
      );
    },
  );
});

const write = async (folder: string) => {
  const before = { ...process.env };
  Object.assign(process.env, AUTHOR);
  try {
    return await release(
      { version: VERSION, date: DATE, mode: "write", out: "unused" },
      folder,
      () => undefined,
    );
  } finally {
    for (const name of Object.keys(AUTHOR)) {
      delete process.env[name];
    }
    Object.assign(process.env, before);
  }
};

/** Puts addresses in, as whoever publishes this does. */
function useAddresses(folder: string, owner: string): void {
  const path = join(folder, "package.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  manifest.repository.url = `git+${owner}/remotion-lambda-terraform.git`;
  manifest.modulesRepository = `${owner}/${TREE}`;
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
  execFileSync("npm", ["run", "-s", "write-addresses"], { cwd: folder });
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--allow-empty", "--message", "addresses");
}

/** Mode, owner, group and time of each file in a tarball. */
function tarHeaders(path: string): Set<string> {
  const tar = gunzipSync(readFileSync(path));
  const headers = new Set<string>();
  for (let at = 0; tar[at] !== 0; ) {
    const field = (from: number, length: number) =>
      tar.toString("latin1", at + from, at + from + length).replace(/[\0 ]+$/, "");
    const number = (text: string) => Number.parseInt(text || "0", 8);
    const mode = number(field(100, 8)).toString(8);
    const [owner, group, size, time] = [
      field(108, 8),
      field(116, 8),
      field(124, 12),
      field(136, 12),
    ];
    headers.add([mode, number(owner), number(group), number(time)].join(" "));
    at += 512 + Math.ceil(number(size) / 512) * 512;
  }
  return headers;
}
