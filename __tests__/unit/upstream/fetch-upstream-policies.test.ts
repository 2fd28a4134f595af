import { spawn } from "node:child_process";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { UpstreamUnavailableError } from "../../../lib/upstream/errors.js";
import { fetchUpstreamPolicies } from "../../../lib/upstream/fetch-upstream-policies.js";
import { REPOSITORY } from "../../support/repository.js";
import { FakeNpm, manifest, policiesCode } from "./fake-npm.js";

const LAMBDA = "@remotion/lambda";
const CLIENT = "@remotion/lambda-client";

const user = policyFor("arn:aws:s3:::user");
const role = policyFor("arn:aws:s3:::role");
const chinese = {
  user: policyFor("arn:aws-cn:s3:::user"),
  role: policyFor("arn:aws-cn:s3:::role"),
};

describe("a release", () => {
  it("is fetched by dist-tag, with the client of the same version and nothing else", async () => {
    const npm = new FakeNpm()
      .publish(LAMBDA, ["latest"], {
        "package.json": manifest("4.0.527"),
        "policies.js": policiesCode(user, role, `require("${CLIENT}/names");`),
      })
      .publish(CLIENT, ["4.0.527"], { "package.json": manifest("4.0.527"), "names.js": "" });

    const policies = await fetched("latest");

    expect(policies).toEqual({
      version: "4.0.527",
      policies: { aws: { user, role }, "aws-cn": chinese },
    });
    expect(npm.requests).toEqual([`pack ${LAMBDA}@latest`, `pack ${CLIENT}@4.0.527`]);
    expect(npm.leftovers).toEqual([]);
  });

  it("has policies for aws only, where it does not know partitions", async () => {
    const npm = new FakeNpm().publish(LAMBDA, ["4.0.417"], {
      "package.json": manifest("4.0.417"),
      "policies.js": policiesCode(user, role).replaceAll("+ partition +", '+ "aws" +'),
    });

    const policies = await fetched("4.0.417");

    expect(policies).toEqual({ version: "4.0.417", policies: { aws: { user, role } } });
    expect(npm.requests).toEqual([`pack ${LAMBDA}@4.0.417`]);
  });

  it("may be so old that it exports nothing and has no client", async () => {
    const npm = new FakeNpm()
      .publish(LAMBDA, ["3.3.1"], {
        "package.json": JSON.stringify({ version: "3.3.1" }),
        "dist/api/iam-validation/suggested-policy.js": policiesCode(
          user,
          role,
          'require("aws-policies");',
        ),
      })
      .publish("aws-policies", ["1.0.1"], { "index.js": "" });

    const { version, policies } = await fetched("3.3.1");

    expect({ version, aws: policies.aws }).toEqual({ version: "3.3.1", aws: { user, role } });
    expect(npm.requests).toEqual([`pack ${LAMBDA}@3.3.1`, "pack aws-policies@1.0.1"]);
  });

  it("may say more than the registry does about its version", async () => {
    new FakeNpm().publish(LAMBDA, ["3.0.0-rc.15"], {
      "package.json": manifest("3.0.0-rc.15+b361ec694"),
      "policies.js": policiesCode(user, role),
    });

    expect(await fetched("3.0.0-rc.15")).toMatchObject({ version: "3.0.0-rc.15" });
  });
});

describe("the code of a release", () => {
  it("has neither our environment nor our arguments, and may print what it likes", async () => {
    new FakeNpm().publish(LAMBDA, ["latest"], {
      "package.json": manifest("4.0.600"),
      "policies.js": policiesCode(
        user,
        { ...role, Id: "ENVIRONMENT" },
        'console.log("{}"); setInterval(() => {}, 1000);',
      ).replaceAll(
        '"ENVIRONMENT"',
        "Object.keys(process.env).concat(process.argv.slice(2)).join()",
      ),
    });

    const { policies } = await fetched("latest");

    expect(policies.aws?.role).toEqual({ ...role, Id: "" });
  });

  it.each([
    {
      does: "writes a file",
      code: 'require("node:fs").writeFileSync("escaped", "")',
      says: "restricted",
    },
    {
      does: "writes beside its folder",
      code: 'require("node:fs").writeFileSync("../escaped", "")',
      says: "restricted",
    },
    {
      does: "reads our files",
      code: 'require("node:fs").readFileSync("/etc/passwd")',
      says: "restricted",
    },
    {
      does: "starts a program",
      code: 'require("node:child_process").execSync("id")',
      says: "restricted",
    },
    {
      does: "throws",
      code: 'throw new Error("no luck\\u001b[2J\\nat all")',
      says: '"no luck?[2J"',
    },
    { does: "throws what is no error", code: "throw null", says: '"null"' },
    { does: "ends at once", code: "process.exit(0)", says: "there was no answer" },
    { does: "ends with a code", code: "process.exit(7)", says: "there was no answer" },
    {
      does: "answers in our place",
      code: 'console.log("{\\"policies\\":{}}"); process.exit(0)',
      says: "those for aws are something else",
    },
    {
      does: "answers nothing in our place",
      code: 'console.log("{\\"policies\\":{\\"aws\\":null}}"); process.exit(0)',
      says: "those for aws are something else",
    },
    {
      does: "answers nonsense",
      code: 'console.log("[null]"); process.exit(0)',
      says: "there was no answer",
    },
    {
      does: "floods us",
      code: 'for (;;) require("node:fs").writeSync(1, "x".repeat(100_000))',
      says: "there was no answer",
    },
  ])("is given up when it $does", async ({ code, says }) => {
    const npm = new FakeNpm().publish(LAMBDA, ["latest"], {
      "package.json": manifest("4.0.600"),
      "policies.js": policiesCode(user, role, `${code};`),
    });

    const error = await fetched("latest").catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(UpstreamUnavailableError);
    expect(String(error)).toContain("The policies of Remotion 4.0.600 cannot be read: ");
    expect(String(error)).toContain(says);
    expect(npm.leftovers).toEqual([]);
  });

  it.each([
    { prints: "no JSON", code: "exports.getUserPolicy = exports.getRolePolicy = () => 'x';" },
    { prints: "nothing", code: "exports.getUserPolicy = exports.getRolePolicy = () => {};" },
    { prints: "no policy", code: "exports.getUserPolicy = exports.getRolePolicy = () => '{}';" },
  ])("is given up when it prints $prints", async ({ code }) => {
    new FakeNpm().publish(LAMBDA, ["latest"], {
      "package.json": manifest("4.0.600"),
      "policies.js": code,
    });

    await expect(fetched("latest")).rejects.toThrow(
      "The policies of Remotion 4.0.600 cannot be read: those for aws are something else.",
    );
  });

  it("cannot have packages fetched that we do not know", async () => {
    const npm = new FakeNpm().publish(LAMBDA, ["latest"], {
      "package.json": manifest("4.0.600"),
      "policies.js": 'require("left-pad/index.js");',
    });

    await expect(fetched("latest")).rejects.toThrow(
      'The policies of Remotion 4.0.600 need "left-pad/index.js", which is not fetched: only packages that are listed in lib/upstream/packages.ts are.',
    );
    expect(npm.requests).toEqual([`pack ${LAMBDA}@latest`]);
    expect(npm.leftovers).toEqual([]);
  });

  it("has a package fetched once only", async () => {
    const npm = new FakeNpm()
      .publish(LAMBDA, ["latest"], {
        "package.json": manifest("4.0.600"),
        "policies.js": 'require("remotion/no-react");',
      })
      .publish("remotion", ["4.0.600"], { "index.js": "" });

    await expect(fetched("latest")).rejects.toThrow(
      'cannot be read: "remotion/no-react" is not in its package.',
    );
    expect(npm.requests).toEqual([`pack ${LAMBDA}@latest`, "pack remotion@4.0.600"]);
  });
});

describe("what cannot be had", () => {
  it.each([
    {
      what: "a version that is not published",
      prepare: (npm: FakeNpm) => npm,
      says: "@remotion/lambda@99.99.99 is not on the npm registry (ETARGET): name a published release,",
    },
    {
      what: "a package that the registry does not know",
      prepare: (npm: FakeNpm) => npm.failWith("E404"),
      says: "@remotion/lambda@99.99.99 is not on the npm registry (E404)",
    },
    {
      what: "a registry that is not there",
      prepare: (npm: FakeNpm) => npm.failWith("ENOTFOUND"),
      says: "npm could not fetch @remotion/lambda@99.99.99 (ENOTFOUND): the registry must be reachable. Check the network,",
    },
    {
      what: "npm",
      prepare: (npm: FakeNpm) => npm.leaveNothingOnPath(),
      says: "npm is not on the PATH, and the packages of Remotion are fetched with it: install Node.js with npm.",
    },
    {
      what: "a tarball that is none",
      prepare: (npm: FakeNpm) => npm.publishBytes(LAMBDA, "99.99.99", Buffer.from("<html>")),
      says: "@remotion/lambda@99.99.99 was fetched and cannot be used: ",
    },
    {
      what: "a tarball that writes elsewhere",
      prepare: (npm: FakeNpm) =>
        npm.publishBytes(LAMBDA, "99.99.99", tarball("package/../../../../../../../escaped")),
      says: "@remotion/lambda@99.99.99 was fetched and cannot be used: ",
    },
    {
      what: "a package without a package.json",
      prepare: (npm: FakeNpm) => npm.publish(LAMBDA, ["99.99.99"], { "index.js": "" }),
      says: "@remotion/lambda@99.99.99 was fetched and cannot be used: it has no package.json.",
    },
    {
      what: "a package whose version is a command",
      prepare: (npm: FakeNpm) =>
        npm.publish(LAMBDA, ["99.99.99"], { "package.json": manifest("--help") }),
      says: 'was fetched and cannot be used: it says that its version is "--help".',
    },
    {
      what: "a release without policies",
      prepare: (npm: FakeNpm) =>
        npm.publish(LAMBDA, ["99.99.99"], { "package.json": '{"version":"2.1.2"}' }),
      says: "Remotion 2.1.2 publishes no policies that can be run: releases from 3.0.0 on do.",
    },
    {
      what: "a release whose policies are called otherwise",
      prepare: (npm: FakeNpm) =>
        npm.publish(LAMBDA, ["99.99.99"], {
          "package.json": manifest("99.99.99"),
          "policies.js": "",
        }),
      says: "Remotion 99.99.99 publishes no policies that can be run",
    },
    {
      what: "a client that is not published",
      prepare: (npm: FakeNpm) =>
        npm.publish(LAMBDA, ["99.99.99"], {
          "package.json": manifest("99.99.99"),
          "policies.js": `require("${CLIENT}");`,
        }),
      says: "@remotion/lambda-client@99.99.99 is not on the npm registry (ETARGET)",
    },
  ])("is said to be: $what", async ({ prepare, says }) => {
    const npm = prepare(new FakeNpm());

    const error = await fetched("99.99.99").catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(UpstreamUnavailableError);
    expect(String(error)).toContain(says);
    expect(npm.leftovers).toEqual([]);
  });

  it.each(["../elsewhere", "--help", "4.0.527; id", "file:package.tgz"])(
    "is not asked for where it is no release: %s",
    async (release) => {
      const npm = new FakeNpm();

      await expect(fetched(release)).rejects.toThrow(
        `${JSON.stringify(release)} is not a Remotion release: give a version such as`,
      );
      expect(npm.requests).toEqual([]);
    },
  );
});

describe("an interruption", () => {
  it("leaves nothing behind, and ends the program as it would have", async () => {
    const npm = new FakeNpm().publish(LAMBDA, ["latest"], {
      "package.json": manifest("4.0.600"),
      "policies.js": "for (;;);",
    });
    const source =
      'import("./lib/upstream/fetch-upstream-policies.ts").then((m) => m.fetchUpstreamPolicies("latest", { runPackage: true }))';
    const child = spawn(process.execPath, ["--import", "tsx", "-e", source], {
      cwd: REPOSITORY,
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => {
      child.once("exit", (_, signal) => resolve(signal));
    });
    await expect.poll(() => npm.requests, { timeout: 60_000 }).not.toEqual([]);

    child.kill("SIGTERM");

    expect(await ended).toBe("SIGTERM");
    expect(npm.leftovers).toEqual([]);
  });
});

/** Isolated where it can be: what must hold where it cannot, too. */
function fetched(release: string) {
  return fetchUpstreamPolicies(release, { runPackage: true });
}

function policyFor(resource: string) {
  return {
    Version: "2012-10-17",
    Statement: [{ Sid: "A", Effect: "Allow", Action: ["s3:GetObject"], Resource: [resource] }],
  };
}

/** A tarball of one empty file with a name that `tar` would not give it. */
function tarball(name: string): Uint8Array {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write("0000644\0", 100);
  header.write("0000000\0", 108);
  header.write("0000000\0", 116);
  header.write("00000000000\0", 124);
  header.write("00000000000\0", 136);
  header.write("        0ustar\x0000", 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return gzipSync(Buffer.concat([header, Buffer.alloc(1024)]));
}
