import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readFolder, temporaryFolder, writeFile } from "../support/folder.js";
import { generatedModules } from "../support/generated-modules.js";
import { runRecorded } from "../support/recording-console.js";

const generated = generatedModules();

type Change = (out: string) => void;

describe("generate --check", () => {
  it("finds nothing in a folder as it was generated", async () => {
    const out = generated();

    expect(await check(out)).toEqual({ exitCode: 0, results: "", notes: `${out} is up to date.` });
  });

  interface Stale {
    readonly change: Change;
    /** What the report holds. */
    readonly says: readonly string[];
    /** What is checked; nothing is everything. @default one module, to be quick */
    readonly modules?: readonly string[];
  }

  const changes: Record<string, Stale> = {
    "an edited HCL file": {
      change: edit("remotion-user/main.tf", 'resource "aws_iam_user" "this"', "# gone"),
      says: ["remotion-user/main.tf", '\n-# gone {\n+resource "aws_iam_user" "this" {\n'],
    },
    "an edit that a terminal would obey": {
      change: edit(
        "remotion-user/main.tf",
        'resource "aws_iam_user" "this"',
        "::error::\u001b[31m\u202e\tx",
      ),
      says: ["\n-::error::\\u001b[31m\\u202e\tx {\n"],
    },
    "an edited JSON file": {
      change: edit(
        "json/remotion-user/user_statements.tf.json",
        '"Sid": "HandleQuotas"',
        '"Sid": "Other"',
      ),
      says: [
        "json/remotion-user/user_statements.tf.json",
        '"Sid": "Other"',
        '"Sid": "HandleQuotas"',
      ],
    },
    "an edited README": {
      change: edit("remotion-user/README.md", "# remotion-user", "# mine"),
      says: ["remotion-user/README.md", "\n-# mine\n+# remotion-user\n"],
    },
    "an edited record": {
      change: edit("manifest.json", "sha256:", "sha1:"),
      says: ["manifest.json"],
      modules: [],
    },
    "a file without its last line break": {
      change: (out) => {
        const text = readFolder(out).get("remotion-user/outputs.tf") ?? "";
        writeFile(out, "remotion-user/outputs.tf", text.trimEnd());
      },
      says: ["remotion-user/outputs.tf", "\\ No newline at end of file"],
    },
    "a removed file": {
      change: (out) => rmSync(join(out, "remotion-user", "main.tf")),
      says: ["--- /dev/null", "remotion-user/main.tf", '+resource "aws_iam_user" "this" {'],
    },
    "a removed module": {
      change: (out) => rmSync(join(out, "json", "remotion-user"), { recursive: true }),
      says: ["json/remotion-user/main.tf.json", "json/remotion-user/versions.tf.json"],
    },
    "a removed record": {
      change: (out) => rmSync(join(out, "manifest.json")),
      says: ["--- /dev/null", "manifest.json"],
    },
    "an added file": {
      change: (out) => writeFile(out, "remotion-user/extra.tf", "# extra\n"),
      says: ["Not generated, but there", "remotion-user/extra.tf"],
    },
    "an added file whose name a terminal would obey": {
      change: (out) => writeFile(out, "remotion-user/\u001b[2J.tf", "# extra\n"),
      says: ["remotion-user/\\u001b[2J.tf"],
    },
  };

  it.each(Object.entries(changes))("reports %s, and changes nothing", async (_what, given) => {
    const out = generated();
    given.change(out);
    const before = readFolder(out);

    const { modules = ["remotion-user"] } = given;
    const { exitCode, results, notes } = await check(out, ...modules);

    expect(exitCode).toBe(1);
    for (const text of given.says) {
      expect(results).toContain(text);
    }
    expect(notes).toMatch(
      /is stale, [1-9]\d* files differ: run `remotion-lambda-terraform generate .*` and commit/,
    );
    expect(readFolder(out)).toEqual(before);
  });

  it("shows the lines around a change, and not the whole file", async () => {
    const out = generated();
    edit("remotion-user/user_statements.tf", "HandleQuotas", "Other")(out);

    expect((await check(out, "remotion-user")).results.split("\n").length).toBeLessThan(20);
  });

  it.each([
    ["that is not there", () => {}],
    ["that has nothing of ours", (out: string) => writeFile(out, "README.md", "# Ours\n")],
  ])("says in a sentence that nothing is generated in a folder %s", async (_what, change) => {
    const parent = temporaryFolder();
    const out = join(parent, "modules");
    change(out);
    const before = readFolder(parent);

    const { exitCode, results, notes } = await check(out);

    expect({ exitCode, results }).toEqual({ exitCode: 1, results: "" });
    expect(notes).toBe(
      `Nothing is generated in ${out}: run \`remotion-lambda-terraform generate --out ${out}\` and commit the result, or name the folder that has it with --out.`,
    );
    expect(readFolder(parent)).toEqual(before);
  });

  it.each([
    ".terraform/providers/aws",
    ".terraform.lock.hcl",
    "remotion-user/.terraform/modules/modules.json",
    "remotion-user/.terraform.lock.hcl",
  ])("does not mind %s, which Terraform leaves behind", async (file) => {
    const out = generated();
    writeFile(out, file, "x");

    expect((await check(out)).exitCode).toBe(0);
  });

  it.each(["remotion-other", "json/remotion-other"])(
    "notes a module that it knows nothing of, and does not mind it: %s",
    async (folder) => {
      const out = generated();
      writeFile(out, `${folder}/main.tf`, "# other\n");

      for (const option of ["--check", "--force"]) {
        const { exitCode, results, notes } = await runRecorded("generate", option, "--out", out);

        expect({ exitCode, results }).toEqual({ exitCode: 0, results: "" });
        expect(notes).toBe(
          [
            `Left alone, not generated: ${out}/${folder}`,
            option === "--check" ? `${out} is up to date.` : `${out} is up to date: 6 modules.`,
          ].join("\n"),
        );
      }
    },
  );

  it("does not mind other line ends, in any file", async () => {
    const out = generated();
    for (const [file, text] of readFolder(out)) {
      writeFile(out, file, text.replaceAll("\n", "\r\n"));
    }
    const before = readFolder(out);

    expect((await check(out)).exitCode).toBe(0);
    expect((await runRecorded("generate", "--out", out)).exitCode).toBe(0);
    expect(readFolder(out)).toEqual(before);
  });

  it("shows only what else differs in a file with other line ends", async () => {
    const out = generated();
    edit("remotion-user/user_statements.tf", "HandleQuotas", "Other")(out);
    const file = "remotion-user/user_statements.tf";
    writeFile(out, file, (readFolder(out).get(file) ?? "").replaceAll("\n", "\r\n"));

    expect((await check(out, "remotion-user")).results.split("\n").length).toBeLessThan(20);
  });

  it("does not mind files beside the modules' folders", async () => {
    const out = generated();
    writeFile(out, "README.md", "# Ours\n");

    expect((await check(out)).exitCode).toBe(0);
  });
});

describe("generate --check without modules or a format", () => {
  interface Asked {
    /** What was generated before. */
    readonly calls: readonly (readonly string[])[];
    /** What the check then names where something is missing. */
    readonly hint: string;
  }

  const cases: readonly Asked[] = [
    {
      calls: [["remotion-lambda", "--format", "hcl"]],
      hint: "generate remotion-lambda --format hcl",
    },
    {
      calls: [["remotion-user", "--format", "json"]],
      hint: "generate remotion-user --format json",
    },
    { calls: [["remotion-user"]], hint: "generate remotion-user" },
    {
      calls: [["remotion-user"], ["remotion-lambda-role", "--format", "hcl"]],
      hint: "generate remotion-lambda-role remotion-user --format hcl --out OUT && remotion-lambda-terraform generate remotion-user --format json",
    },
    { calls: [["--format", "hcl"]], hint: "generate --format hcl" },
    { calls: [["remotion-user"], []], hint: "generate" },
  ];

  it.each(cases)("compares what was generated: $hint", async ({ calls, hint }) => {
    const out = temporaryFolder();
    for (const call of calls) {
      await runRecorded("generate", ...call, "--out", out);
    }

    expect(await check(out)).toMatchObject({ exitCode: 0, results: "" });

    const file = [...readFolder(out).keys()].find((path) => /main\.tf/.test(path)) ?? "";
    rmSync(join(out, file));
    const { exitCode, notes } = await check(out);

    expect(exitCode).toBe(1);
    expect(notes).toContain(
      `1 files differ: run \`remotion-lambda-terraform ${hint.replace("OUT", out)} --out ${out}\``,
    );
  });

  it("misses what is named and was not generated", async () => {
    const out = temporaryFolder();
    await runRecorded("generate", "remotion-user", "--format", "hcl", "--out", out);

    for (const named of [["remotion-lambda-role"], ["--format", "json"]]) {
      const { exitCode, results } = await check(out, ...named);
      expect(exitCode).toBe(1);
      expect(results).toContain("--- /dev/null");
    }
    expect((await check(out, "remotion-user")).exitCode).toBe(0);
  });

  it("finds a module that is published since, where all were generated", async () => {
    const out = generated();
    rmSync(join(out, "remotion-user"), { recursive: true });
    const { files, ...rest } = JSON.parse(readFolder(out).get("manifest.json") ?? "");
    const older = Object.entries(files).filter(([path]) => !path.startsWith("remotion-user/"));
    const text = JSON.stringify({ ...rest, files: Object.fromEntries(older) }, null, 2);
    writeFile(out, "manifest.json", `${text}\n`);

    const { exitCode, results } = await check(out);

    expect(exitCode).toBe(1);
    expect(results).toContain("remotion-user/main.tf");
  });

  it("goes by the files of a record that does not say what was asked for", async () => {
    const out = temporaryFolder();
    await runRecorded("generate", "remotion-user", "--format", "hcl", "--out", out);
    const { generated: _asked, ...older } = JSON.parse(readFolder(out).get("manifest.json") ?? "");
    writeFile(out, "manifest.json", `${JSON.stringify(older, null, 2)}\n`);

    const { exitCode, results } = await check(out);

    expect(exitCode).toBe(1);
    expect(results).toContain('+  "generated": {');
    expect(results).not.toContain("main.tf.json");
  });
});

function check(out: string, ...modules: readonly string[]) {
  return runRecorded("generate", ...modules, "--check", "--out", out);
}

/** Replaces the first occurrence of a text, which must be there. */
function edit(file: string, text: string, replacement: string): Change {
  return (out) => {
    const before = readFolder(out).get(file) ?? "";
    const after = before.replace(text, replacement);
    expect(after).not.toBe(before);
    writeFile(out, file, after);
  };
}
