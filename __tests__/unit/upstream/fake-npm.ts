import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { writeFile } from "../support/folder.js";

/** Files of a package: path → content. */
export type PackageFiles = Readonly<Record<string, string>>;

/**
 * A program `npm` on the PATH that knows `pack`, or else `install`, and serves the packages it was
 * given. The temporary folder of the program under test is one of its own, so that a test sees what is
 * left there.
 */
export class FakeNpm {
  readonly #folder = mkdtempSync(join(tmpdir(), "fake-npm-"));

  constructor() {
    onTestFinished(() => {
      vi.unstubAllEnvs();
      rmSync(this.#folder, { recursive: true });
    });
    for (const name of ["bin", "registry", "temporary"]) {
      mkdirSync(join(this.#folder, name));
    }
    this.#install(`
      const name = spec.replace(/[/]/g, "-");
      const served = join(${JSON.stringify(join(this.#folder, "registry"))}, name + ".tgz");
      if (!existsSync(served)) {
        fail("ETARGET");
      }
      copyFileSync(served, join(process.cwd(), name.replace(/@/g, "") + ".tgz"));
      process.stdout.write(name + ".tgz\\n");
    `);
    vi.stubEnv("PATH", `${join(this.#folder, "bin")}${delimiter}${process.env["PATH"]}`);
    vi.stubEnv("TMPDIR", join(this.#folder, "temporary"));
  }

  /** Publishes a package under each of these versions and dist-tags. */
  publish(name: string, versions: readonly string[], files: PackageFiles): this {
    const source = join(this.#folder, "source");
    for (const [file, content] of Object.entries(files)) {
      writeFile(source, join("package", file), content);
    }
    for (const version of versions) {
      spawnSync("tar", ["-czf", this.#tarball(name, version), "-C", source, "package"]);
    }
    rmSync(source, { recursive: true });
    return this;
  }

  /** Publishes something as it is. */
  publishBytes(name: string, version: string, bytes: Uint8Array): this {
    writeFileSync(this.#tarball(name, version), bytes);
    return this;
  }

  /**
   * Installs from now on, by links to what is installed already.
   *
   * @param packages folder of packages
   * @param names another package for one that is not there: asked for → there
   */
  installFrom(packages: string, names: Readonly<Record<string, string>>): this {
    return this.#install(`
      const { mkdirSync, readFileSync, symlinkSync } = require("node:fs");
      const { dirname } = require("node:path");
      const names = ${JSON.stringify(names)};
      const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
      for (const name of Object.keys(dependencies)) {
        const link = join(process.cwd(), "node_modules", name);
        mkdirSync(dirname(link), { recursive: true });
        symlinkSync(join(${JSON.stringify(packages)}, names[name] ?? name), link);
      }
    `);
  }

  /** Fails from now on, as npm does. */
  failWith(code: string): this {
    return this.#install(`fail(${JSON.stringify(code)});`);
  }

  /** Hides every program from the program under test. */
  leaveNothingOnPath(): this {
    vi.stubEnv("PATH", join(this.#folder, "temporary"));
    return this;
  }

  /** Hides every program but npm and these. */
  leaveOnPath(...programs: readonly string[]): this {
    const folders = (process.env["PATH"] ?? "").split(delimiter);
    for (const program of programs) {
      const found = folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
      if (found === undefined) {
        throw new Error(`${program} is not on the PATH.`);
      }
      symlinkSync(found, join(this.#folder, "bin", program));
    }
    vi.stubEnv("PATH", join(this.#folder, "bin"));
    return this;
  }

  /** What was asked for, in order. */
  get requests(): string[] {
    const log = join(this.#folder, "requests");
    return existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : [];
  }

  /** What is left in the temporary folder, and beside it. */
  get leftovers(): string[] {
    const known = ["bin", "registry", "requests", "temporary"];
    return [
      // tsx keeps its cache there.
      ...readdirSync(join(this.#folder, "temporary")).filter((name) => !name.startsWith("tsx-")),
      ...readdirSync(this.#folder).filter((name) => !known.includes(name)),
    ];
  }

  #tarball(name: string, version: string): string {
    return join(this.#folder, "registry", `${name.replaceAll("/", "-")}@${version}.tgz`);
  }

  #install(answer: string): this {
    const npm = join(this.#folder, "bin", "npm");
    const log = JSON.stringify(join(this.#folder, "requests"));
    writeFileSync(
      npm,
      `#!${process.execPath}
      const { appendFileSync, copyFileSync, existsSync } = require("node:fs");
      const { join } = require("node:path");
      const [command, spec] = process.argv.slice(2);
      appendFileSync(${log}, command + " " + spec + "\\n");
      function fail(code) {
        process.stderr.write("npm error code " + code + "\\nnpm error and so on\\n");
        process.exit(1);
      }
      ${answer}
      `,
    );
    chmodSync(npm, 0o755);
    return this;
  }
}

/** `package.json` of a release that says what it exports. */
export function manifest(version: string): string {
  return JSON.stringify({
    version,
    exports: { "./policies": "./policies.js", "./names": "./names.js" },
  });
}

/** `policies.js` that prints these policies for every partition, in its own ARNs. */
export function policiesCode(user: unknown, role: unknown, preamble = ""): string {
  const print = (document: unknown) =>
    `({ partition }) => JSON.stringify(${JSON.stringify(document)}).replaceAll("arn:aws:", "arn:" + partition + ":")`;
  return `${preamble}
    exports.getUserPolicy = ${print(user)};
    exports.getRolePolicy = ${print(role)};`;
}
