import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hclEdition } from "../../../lib/module/hcl-edition.js";
import { jsonEdition } from "../../../lib/module/json-edition.js";
import { PUBLISHED_MODULES } from "../../../stacks/modules/index.js";
import { REPOSITORY } from "../../support/repository.js";
import { readFolder, temporaryFolder, writeFile } from "../support/folder.js";
import { runRecorded } from "../support/recording-console.js";

const MODULES = [...PUBLISHED_MODULES.keys()];
/** The files that every module has, and those that stand beside them in the large ones. */
const STRUCTURE = ["main", "outputs", "variables", "versions"];
const CONCERNS: Readonly<Record<string, readonly string[]>> = {
  "remotion-lambda": [
    "bucket_grants",
    "execution_role",
    "executionrole_policy",
    "lambda_role",
    "log_policy",
    "lambda_role_statements",
    "trusted_oidc",
    "user",
    "user_statements",
  ],
  "remotion-user": ["bucket_grants", "user_statements"],
  "remotion-lambda-role": ["bucket_grants", "lambda_role_statements"],
  "remotion-executionrole-policy": ["bucket_grants", "user_statements"],
  "remotion-execution-role": ["log_policy", "trusted_oidc"],
  "remotion-bucket-grants": ["packing"],
};
/** The tests beside each module, in both editions. */
const TESTS = [
  ...["defaults", "options", "refusals"].map((file) => `tests/${file}.tftest.hcl`),
  "tests/mocks/aws.tfmock.hcl",
  "tests/mocks/aws.tofutest.hcl",
];
const FILES = MODULES.flatMap((name) => {
  const files = [...STRUCTURE, ...(CONCERNS[name] ?? [])];
  return [
    ...["LICENSE", "README.md", ...TESTS, ...files.map((file) => `${file}.tf`)].map(
      (file) => `${name}/${file}`,
    ),
    ...["LICENSE", "README.md", ...TESTS, ...files.map((file) => `${file}.tf.json`)].map(
      (file) => `json/${name}/${file}`,
    ),
  ];
});

describe("generate", () => {
  it("writes both editions of every module, and a record of them", async () => {
    const out = temporaryFolder();

    const { exitCode, notes } = await runRecorded("generate", "--out", out);

    expect(exitCode).toBe(0);
    expect(notes).toBe(
      `Generated ${MODULES.length} modules in ${out}: ${FILES.length + 1} files changed.`,
    );
    expect([...readFolder(out).keys()]).toEqual(["manifest.json", ...FILES].sort());
  });

  it("counts one module as one", async () => {
    const args = ["generate", "remotion-user", "--format", "hcl", "--out", temporaryFolder()];

    expect((await runRecorded(...args)).notes).toMatch(/^Generated 1 module in /);
    expect((await runRecorded(...args)).notes).toMatch(/ is up to date: 1 module\.$/);
  });

  it("writes the editions of the module's document", async () => {
    const out = await generated("remotion-user");
    const document = PUBLISHED_MODULES.get("remotion-user")?.().toDocument();
    if (document === undefined) {
      throw new Error("There is no module remotion-user.");
    }
    const files = readFolder(out);

    for (const [file, text] of hclEdition(document)) {
      expect(files.get(`remotion-user/${file}`)).toBe(text);
    }
    for (const [file, text] of jsonEdition(document)) {
      expect(files.get(`json/remotion-user/${file}`)).toBe(text);
    }
  });

  it("puts the licence into every folder, word for word", async () => {
    const files = readFolder(await generated());
    const licence = readFileSync(join(REPOSITORY, "LICENSE"), "utf8");

    for (const folder of MODULES.flatMap((name) => [name, `json/${name}`])) {
      expect(files.get(`${folder}/LICENSE`)).toBe(licence);
    }
  });

  it("writes the same bytes every time", async () => {
    const [first, second] = [await generated(), await generated()];

    expect(readFolder(second)).toEqual(readFolder(first));
  });

  it("touches no file that is up to date", async () => {
    const out = await generated();
    const before = modificationTimes(out);

    const { exitCode, notes } = await runRecorded("generate", "--out", out);

    expect(exitCode).toBe(0);
    expect(notes).toBe(`${out} is up to date: ${MODULES.length} modules.`);
    expect(modificationTimes(out)).toEqual(before);
  });

  it("restores files that are missing", async () => {
    const out = await generated();
    const before = readFolder(out);
    rmSync(join(out, "remotion-user"), { recursive: true });
    rmSync(join(out, "manifest.json"));

    await runRecorded("generate", "--out", out);

    expect(readFolder(out)).toEqual(before);
  });

  it("makes the output folder and the folders above it", async () => {
    const out = join(temporaryFolder(), "infra", "modules");

    const { exitCode } = await runRecorded("generate", "remotion-user", "--out", out);

    expect(exitCode).toBe(0);
    expect(readFolder(out).has("remotion-user/main.tf")).toBe(true);
  });

  it("leaves out no module that the project publishes", () => {
    expect(MODULES).toEqual(
      expect.arrayContaining([
        "remotion-user",
        "remotion-lambda-role",
        "remotion-executionrole-policy",
        "remotion-bucket-grants",
        "remotion-lambda",
      ]),
    );
  });
});

describe("generate of some modules or one edition", () => {
  it.each([
    { args: ["remotion-user"], folders: ["json/remotion-user", "remotion-user"] },
    { args: ["remotion-user", "--format", "hcl"], folders: ["remotion-user"] },
    { args: ["remotion-user", "--format", "json"], folders: ["json/remotion-user"] },
    {
      args: ["remotion-lambda-role", "remotion-user", "--format", "hcl"],
      folders: ["remotion-lambda-role", "remotion-user"],
    },
    { args: ["--format", "json"], folders: MODULES.map((name) => `json/${name}`) },
  ])("$args writes $folders", async ({ args, folders }) => {
    const out = await generated(...args);
    const written = [...readFolder(out).keys()].filter((file) => file.includes("/"));

    expect(
      new Set(written.map((file) => file.replace(/(\/tests(\/mocks)?)?\/[^/]+$/, ""))),
    ).toEqual(new Set(folders));
  });

  it("leaves the others, and their record, as they are", async () => {
    const out = await generated();
    const before = readFolder(out);

    for (const args of [["remotion-user"], ["--format", "hcl"], ["--format", "json"]]) {
      expect((await runRecorded("generate", ...args, "--out", out)).exitCode).toBe(0);
      expect(readFolder(out)).toEqual(before);
    }
  });

  it("adds up to the whole, in any order", async () => {
    const out = temporaryFolder();
    for (const name of MODULES.toReversed()) {
      await runRecorded("generate", name, "--out", out, "--format", "json");
      await runRecorded("generate", name, "--out", out, "--format", "hcl");
    }

    expect(readFolder(out)).toEqual(readFolder(await generated()));
  });

  it("checks what is named and nothing else", async () => {
    const out = await generated();
    writeFile(out, "remotion-user/main.tf", "# edited\n");

    const check = async (...args: string[]) =>
      (await runRecorded("generate", ...args, "--check", "--out", out)).exitCode;

    expect(await check("remotion-lambda-role")).toBe(0);
    expect(await check("--format", "json")).toBe(0);
    expect(await check("remotion-user")).toBe(1);
  });
});

describe("generate --json", () => {
  it("reports what was written, removed and left alone", async () => {
    const out = await generated("remotion-user", "--format", "hcl");
    rmSync(join(out, "remotion-user", "main.tf"));
    writeFile(out, "remotion-user/mine.tf", "# mine\n");

    const outcome = await runRecorded(
      ...["generate", "remotion-user", "--format", "hcl", "--json", "--out", out],
    );

    expect(outcome).toMatchObject({ exitCode: 0, notes: "" });
    expect(JSON.parse(outcome.results)).toEqual({
      written: ["remotion-user/main.tf"],
      removed: [],
      foreign: ["remotion-user/mine.tf"],
    });
  });

  it("with --check says whether the folder is up to date, and where it is not", async () => {
    const out = await generated();
    const check = () => runRecorded("generate", "--check", "--json", "--out", out);

    const clean = await check();
    writeFile(out, "remotion-user/main.tf", "# edited\n");
    const edited = await check();

    expect(clean).toMatchObject({ exitCode: 0, notes: "" });
    expect(JSON.parse(clean.results)).toEqual({
      upToDate: true,
      different: [],
      removed: [],
      foreign: [],
    });
    expect(edited.exitCode).toBe(1);
    expect(JSON.parse(edited.results)).toMatchObject({
      upToDate: false,
      different: ["remotion-user/main.tf"],
    });
  });
});

describe("generate refuses, as bad usage,", () => {
  it.each([
    { what: "an unknown module", args: ["remotion-usr"], says: ["remotion-usr", "remotion-user"] },
    { what: "an unknown format", args: ["--format", "yaml"], says: ["yaml", "hcl", "json"] },
    { what: "an unknown option", args: ["--chekc"], says: ["chekc"] },
    { what: "an output folder that is a file", args: ["--out", "package.json"], says: ["a file"] },
    { what: "two output folders", args: ["--out", "a", "--out", "b"], says: ["out"] },
  ])("$what", async ({ args, says }) => {
    const out = args.includes("--out") ? [] : ["--out", temporaryFolder()];

    const { exitCode, results, notes } = await runRecorded("generate", ...args, ...out);

    expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
    for (const word of says) {
      expect(notes).toContain(word);
    }
    expect(notes).toContain("Try remotion-lambda-terraform generate --help.");
  });
});

/** A folder with what `generate` writes there. */
async function generated(...args: readonly string[]): Promise<string> {
  const out = temporaryFolder();
  await runRecorded("generate", ...args, "--out", out);
  return out;
}

function modificationTimes(folder: string): number[] {
  return [...readFolder(folder).keys()].map((file) => statSync(join(folder, file)).mtimeMs);
}
