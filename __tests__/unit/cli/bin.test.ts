import { type SpawnSyncOptions, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { userPolicy } from "../../../lib/remotion/policies.js";
import upstream from "../../../lib/remotion/upstream-policies.json" with { type: "json" };
import { builtPackage } from "../../support/built-package.js";
import { arn, attached, details, policy, role, version } from "../aws-account/support/answers.js";
import { readFolder, temporaryFolder, writeFile } from "../support/folder.js";

const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));

/* Everything that can be seen without a process of its own is in the other tests. */

let path = join(REPOSITORY, "bin", "remotion-lambda-terraform.cjs");
beforeAll(async () => {
  if (process.env["COMMAND_LINE"] === "bundle") {
    path = (await builtPackage()).commandLine;
  }
});

describe("the binary", () => {
  it("prints results to stdout and nothing to stderr", () => {
    expect(binary(REPOSITORY, "policy", "user", "--partition", "aws-cn")).toEqual({
      status: 0,
      stdout: `${JSON.stringify(upstream.policies["aws-cn"].user, null, 2)}\n`,
      stderr: "",
    });
  });

  it("prints what is wrong with a call to stderr, and ends with 2", () => {
    const { status, stdout, stderr } = binary(REPOSITORY, "generate", "no-such-module");

    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain('There is no module "no-such-module". Choose among remotion-lambda,');
  });

  it("generates into the folder that it is called in, or the one named", () => {
    const folder = temporaryFolder();

    const { status, stdout } = binary(folder, "generate", "remotion-user", "--out", "infra");

    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    expect(readFolder(folder).has(join("infra", "remotion-user", "main.tf"))).toBe(true);
  });

  it("explains itself on stdout", () => {
    const { status, stdout, stderr } = binary(REPOSITORY, "--help");

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const command of [
      "generate",
      "policy",
      "explain",
      "verify",
      "import",
      "denied",
      "upstream",
    ]) {
      expect(stdout).toContain(`remotion-lambda-terraform ${command}`);
    }
  });
});

describe("the program that npm links to", () => {
  const program = "remotion-lambda-terraform.cjs";
  const bundle = 'console.log("the bundle")';
  const cases: { what: string; files: Record<string, string>; status: number; says: RegExp }[] = [
    {
      what: "the bundle where there is nothing else",
      files: { "dist/cli.cjs": bundle },
      status: 0,
      says: /^the bundle$/,
    },
    {
      what: "the sources, and no bundle that has grown stale",
      files: {
        "dist/cli.cjs": bundle,
        "lib/cli/start.ts": 'const who: string = "the sources"; console.log(who);',
        "package.json": '{ "type": "module" }',
      },
      status: 0,
      says: /^the sources$/,
    },
    {
      what: "what to do where no bundle was built",
      files: {},
      status: 2,
      says: /^\S+ has no dist, .* --ignore-scripts=false\.$/,
    },
    {
      what: "what to do in a clone without its packages",
      files: { "dist/cli.cjs": bundle, "lib/cli/start.ts": "", "no-packages": "" },
      status: 2,
      says: /^The packages that this clone needs are not installed: run npm ci in \S+\.$/,
    },
  ];

  it.each(cases)("runs, or says, $what", ({ files, status, says }) => {
    const folder = temporaryFolder();
    const source = readFileSync(join(REPOSITORY, "bin", program), "utf8");
    for (const [file, text] of Object.entries({ ...files, [`bin/${program}`]: source })) {
      writeFile(folder, file, text);
    }
    if (!("no-packages" in files)) {
      symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"), "junction");
    }

    const ended = spawnSync(process.execPath, [join(folder, "bin", program)], { encoding: "utf8" });

    expect(ended.status).toBe(status);
    expect(`${ended.stdout}${ended.stderr}`.trimEnd()).toMatch(says);
  });
});

describe("standard input", () => {
  const fixture = (name: string) =>
    readFileSync(join(REPOSITORY, "__tests__", "unit", "terraform", "fixtures", name), "utf8");

  it.each([
    { command: ["verify", "-"] },
    { command: ["verify", "-", "--principal", "remotion-user"] },
    { command: ["verify", "--json", "-"] },
  ])("is what $command reads", ({ command }) => {
    const { status, stdout } = binaryWith(fixture("everything.hcl.plan.json"), ...command);

    expect(status).toBe(0);
    expect(stdout).toContain("remotion-user");
  });

  it.each([{ state: ["--state", "-"] }, { state: ["--state=-"] }])(
    "is what import reads with $state",
    ({ state }) => {
      const command = ["import", "--address", "module.remotion", ...state];
      const { status, stderr } = binaryWith(fixture("every-grant.state.json"), ...command);

      expect(status).toBe(2);
      expect(stderr).toContain("The state has none of remotion-user");
    },
  );

  describe("that is an account", () => {
    // Of whom the policy is, comes before the policy: so the account is read twice.
    const account = details({
      RoleDetailList: [
        role("bystander"),
        role("caller", { AttachedManagedPolicies: [attached(arn("policy", "of-callers"))] }),
      ],
      Policies: [policy("of-callers", { PolicyVersionList: [version("v1", userPolicy(), true)] })],
    });
    const answer = (folder: string) => {
      const env = { TMPDIR: folder, TEMP: folder };
      const { status, stdout, stderr } = called({ cwd: REPOSITORY, input: account, env }, [
        "verify",
        "-",
      ]);
      return { status, stdout: stdout.split(":")[0], bystander: /bystander/.test(stderr) };
    };

    it("is read twice, and nothing of it stays behind", () => {
      const folder = temporaryFolder();
      expect(answer(folder)).toMatchObject({ status: 0, bystander: true });
      // From its sources the command line runs with what a compiler keeps there.
      expect(readdirSync(folder).filter((name) => !name.startsWith("tsx-"))).toEqual([]);
    });

    it("is held as a whole where there is no place for temporary files", () => {
      const folder = temporaryFolder();
      expect(answer(join(folder, "not-there"))).toEqual(answer(folder));
    });

    it.each([
      {
        account: details({ RoleDetailList: Array.from({ length: 20 }, (_, n) => role(`b${n}`)) }),
        status: 3,
        says: /b0, b1/,
      },
      { account, status: 2, says: /has to be read twice, .*TMPDIR/ },
    ])(
      "says where there is no room for it, if it is needed: $status",
      ({ account, status, says }) => {
        const ended = spawnSync(
          "sh",
          ["-c", 'ulimit -f 1; exec "$0" "$@"', process.execPath, path, "verify", "-"],
          {
            cwd: REPOSITORY,
            input: account,
            encoding: "utf8",
            env: { ...process.env, NODE_OPTIONS: "" },
          },
        );
        expect(ended.stderr).toMatch(says);
        expect(ended.status).toBe(status);
      },
    );
  });

  it("that is empty is said to be so", () => {
    const { status, stderr } = binaryWith("", "verify", "-");

    expect(status).toBe(2);
    expect(stderr).toContain("The file is empty");
  });
});

describe("the help of import", () => {
  it("has an example of each way, and says where the output belongs", () => {
    const { status, stdout } = binary(REPOSITORY, "import", "--help");
    const text = stdout.replace(/\s+/g, " ");

    expect(status).toBe(0);
    expect(text).toContain("--account 123456789012");
    expect(text).toContain("--state - >");
    expect(text).toContain("belong in the root module");
  });
});

describe("the committed modules", () => {
  it("are what the sources generate", () => {
    const { status, stdout } = binary(REPOSITORY, "generate", "--check");

    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});

function binary(cwd: string, ...args: readonly string[]) {
  return called({ cwd }, args);
}

function binaryWith(input: string, ...args: readonly string[]) {
  return called({ cwd: REPOSITORY, input }, args);
}

function called(options: SpawnSyncOptions, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    ...options,
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "", ...options.env },
  });
  return { status, stdout, stderr };
}
