import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import {
  findIsolation,
  isolationEnvironment,
  type NodeRunner,
  notIsolated,
} from "../../../lib/upstream/isolation.js";
import { runProgram } from "../../../lib/upstream/run-program.js";
import { recordPlayed } from "../../support/played.js";
import { unlessRequired } from "../../support/required.js";
import { describeUnless } from "../../support/suites.js";
import { temporaryFolder } from "../support/folder.js";

const { signal } = new AbortController();

/** A folder for all that needs none of its own, so that what isolates is found once. */
const SHARED_FOLDER = join(tmpdir(), `remotion-isolation-${process.pid}`);
mkdirSync(SHARED_FOLDER, { recursive: true });
afterAll(() => rmSync(SHARED_FOLDER, { recursive: true }));

const found = await findIsolation(SHARED_FOLDER, signal);

const missing = unlessRequired(
  "REQUIRE_ISOLATION",
  "namespaces",
  "missing" in found ? found.missing : undefined,
);

/**
 * What foreign code tries with all that Node.js has, as if nothing but the namespaces held it, and what comes of
 * it. Each is tried without them as well, where it succeeds: so that the attempt is known to be one.
 */
describeUnless(missing)("foreign code that is isolated", () => {
  let attempts = 0;
  afterEach(() => {
    attempts += 1;
  });
  afterAll(() => recordPlayed("things that a package tries to reach", { cases: attempts }));

  describe("reaches no network", () => {
    it.each([
      { over: "TCP", address: () => ({ port: 0, host: "127.0.0.1" }) },
      {
        over: "a socket in a folder",
        address: () => ({ path: join(temporaryFolder(), "socket") }),
      },
      { over: "a socket without a file", address: () => ({ path: `\0isolation-${process.pid}` }) },
    ])("over $over", async ({ address }) => {
      const seen: string[] = [];
      const server = createServer((socket) => {
        socket.on("data", (data) => seen.push(data.toString())).on("error", () => {});
      });
      server.listen(address());
      await once(server, "listening");
      onTestFinished(() => void server.close());
      const at = server.address();
      const target = typeof at === "string" ? { path: at } : { port: at?.port, host: "127.0.0.1" };
      const code = `
        const socket = require("node:net").connect(${JSON.stringify(target)});
        socket.on("error", ({ code }) => console.log(code)).end("secret");`;

      expect(await outcome(code, notIsolated)).toBe("");
      await expect.poll(() => seen).toEqual(["secret"]);
      expect(await outcome(code)).toMatch(/^(ECONNREFUSED|ENETUNREACH|ENOENT)$/);
      expect(seen).toEqual(["secret"]);
    });
  });

  describe("signals no process", () => {
    it("by its number", async () => {
      const other = sleeper();
      const code = tried(`process.kill(${other.pid}, "SIGTERM")`);

      expect(await outcome(code)).toBe("ESRCH");
      expect(other).toMatchObject({ exitCode: null, signalCode: null });
      expect(await outcome(code, notIsolated)).toBe("true");
      await expect.poll(() => other.signalCode).toBe("SIGTERM");
    });

    it("by the group of processes that has started it", async () => {
      // A signal that nobody minds who does not listen for it: this one is sent to the tests, too.
      const listener = spawn(process.execPath, [
        "-e",
        'process.on("SIGWINCH", () => console.log("heard")); setInterval(() => {}, 1000); console.log("ready");',
      ]);
      onTestFinished(() => void listener.kill("SIGKILL"));
      let heard = "";
      listener.stdout.on("data", (data) => {
        heard += data;
      });
      await expect.poll(() => heard, { timeout: 20_000 }).toBe("ready\n");
      const code = tried('process.kill(0, "SIGWINCH")');

      expect(await outcome(code)).toBe("true");
      expect(await outcome(code, notIsolated)).toBe("true");
      await expect.poll(() => heard, { timeout: 20_000 }).toBe("ready\nheard\n");
    });

    it("by its parent, of which it has none", async () => {
      expect(await outcome("console.log(process.ppid)")).toBe("1");
      expect(await outcome("console.log(process.ppid)", notIsolated)).toBe(`${process.pid}`);
    });
  });

  describe("finds no files but its own, and writes none", () => {
    const secret = () => {
      const file = join(temporaryFolder(), "secret");
      writeFileSync(file, "secret");
      return file;
    };
    it.each([
      { does: "reads a file", code: (file: string) => `fs.readFileSync("${file}", "utf8")` },
      { does: "changes a file", code: (file: string) => `fs.appendFileSync("${file}", "!")` },
      { does: "removes a file", code: (file: string) => `fs.unlinkSync("${file}")` },
      {
        does: "lists processes",
        code: () => `fs.readFileSync("/proc/${process.pid}/cmdline").length > 0`,
      },
    ])("$does", async ({ code }) => {
      const file = secret();

      expect(await outcome(tried(code(file)))).toBe("ENOENT");
      expect(await outcome(tried(code(file)), notIsolated)).toMatch(/^(secret|true|undefined)$/);
    });

    it.each([
      { does: "writes", code: 'fs.writeFileSync(folder + "/new", "")' },
      { does: "changes", code: 'fs.appendFileSync(folder + "/own", "!")' },
      { does: "removes", code: 'fs.unlinkSync(folder + "/own")' },
      { does: "makes a folder", code: 'fs.mkdirSync(folder + "/new-folder")' },
    ])("$does in its own folder", async ({ code }) => {
      const folder = folderWithFile();
      const source = tried(code.replace("folder", JSON.stringify(folder)));

      expect(await outcome(source, undefined, folder)).toBe("EROFS");
      expect(await outcome(source, notIsolated, folder)).toBe("undefined");
    });

    it.each(["/", "/usr", "/tmp", process.execPath])("writes %s", async (path) => {
      const target = path === process.execPath ? path : join(path, "new");
      expect(await outcome(tried(`fs.closeSync(fs.openSync("${target}", "a"))`))).toMatch(
        /^(EROFS|ETXTBSY|ENOENT|EACCES)$/,
      );
      expect(existsSync(join(path, "new"))).toBe(false);
    });
  });

  it("has no environment", async () => {
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    const code = "console.log(JSON.stringify(process.env))";

    expect(await outcome(code)).toBe("{}");
    expect(await outcome(code, notIsolated)).toContain("PATH");
  });

  it("has a bound for memory outside of the heap", async () => {
    const code = `
      const taken = [];
      try {
        while (taken.length < 64) taken.push(Buffer.alloc(2 ** 25));
        console.log("2 GiB");
      } catch {
        console.log(taken.length < 32 ? "less than 1 GiB" : "more than 1 GiB");
      }`;

    expect(await outcome(code)).toBe("less than 1 GiB");
    expect(await outcome(code, notIsolated)).toBe("2 GiB");
  });

  it("has no rights of an administrator, and gets none", async () => {
    const unshare = existsSync("/usr/bin/unshare") ? "/usr/bin/unshare" : "unshare";
    const code = tried(`[process.getuid(), process.getgid(), process.setuid(0)].join()`);

    expect(await outcome(code)).toBe("EINVAL");
    expect(await outcome("console.log(process.getuid(), process.getgid())")).toBe("65534 65534");
    // Programs are not there to be started, either.
    expect(await outcome(tried(`child.execFileSync("${unshare}", ["--user", "true"])`))).toBe(
      "ENOENT",
    );
  });
});

describe("where code cannot be isolated", () => {
  it("says why: another system", async () => {
    vi.spyOn(process, "platform", "get").mockReturnValue("darwin");
    onTestFinished(() => void vi.restoreAllMocks());

    expect(await findIsolation(temporaryFolder(), signal)).toEqual({
      missing: "this system has no namespaces as Linux has",
    });
  });

  const describeLinux = describeUnless(
    process.platform === "linux" ? undefined : "unshare is a program of Linux.",
  );
  describeLinux("on Linux", () => {
    it.each([
      { why: "no unshare", script: undefined, says: "unshare, of util-linux, is not on the PATH" },
      {
        why: "a system that forbids it",
        script: "echo 'unshare: unshare failed: Operation not permitted' >&2; exit 1",
        says: 'unshare says "unshare: unshare failed: Operation not permitted"',
      },
      {
        why: "a program that says something else",
        script: "printf '\\033[2Jhello' >&2",
        says: 'unshare says "?[2Jhello"',
      },
      { why: "a program that does nothing", script: "exit 0", says: "unshare says nothing" },
    ])("says why: $why", async ({ script, says }) => {
      const bin = join(temporaryFolder(), "bin");
      mkdirSync(bin);
      if (script !== undefined) {
        writeFileSync(join(bin, "unshare"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      }
      vi.stubEnv("PATH", bin);
      onTestFinished(() => void vi.unstubAllEnvs());

      expect(await findIsolation(temporaryFolder(), signal)).toEqual({ missing: says });
    });
  });
});

/** What a program prints. Isolated unless told otherwise. */
async function outcome(
  source: string,
  runner?: NodeRunner,
  folder = SHARED_FOLDER,
): Promise<string> {
  const isolation = folder === SHARED_FOLDER ? found : await findIsolation(folder, signal);
  if ("missing" in isolation) {
    throw new Error(isolation.missing);
  }
  const [program, ...args] = (runner ?? isolation.run)(["--eval", source]);
  const environment = runner === undefined ? isolationEnvironment() : process.env;
  const { stdout, stderr } = await runProgram(program, args, {
    folder,
    environment,
    timeout: 60_000,
    signal,
  });
  expect(stderr).toBe("");
  return stdout.trim();
}

/** Source that prints the value of an expression, or the code of what it throws. */
function tried(expression: string): string {
  return `
    const [fs, child] = [require("node:fs"), require("node:child_process")];
    try { console.log(${expression}); } catch ({ code }) { console.log(code); }`;
}

function sleeper(): ChildProcess {
  const other = spawn("sleep", ["60"], { stdio: "ignore" });
  onTestFinished(() => void other.kill("SIGKILL"));
  return other;
}

function folderWithFile(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "own"), "own");
  return folder;
}
