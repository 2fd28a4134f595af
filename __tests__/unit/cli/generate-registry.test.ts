import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { addressesOf, type ProjectManifest, registrySource } from "../../../lib/cli/addresses.js";
import { MODULE_NAMES } from "../../support/module-sources.js";
import { type RegistryRepository, registryProblems } from "../../support/registry-rules.js";
import { REPOSITORY } from "../../support/repository.js";
import { describeTerraform } from "../../support/suites.js";
import { Workspace } from "../../support/workspace.js";
import { readFolder, temporaryFolder, writeFile } from "../support/folder.js";
import { runRecorded } from "../support/recording-console.js";

const own = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as ProjectManifest;

const generate = (out: string, ...args: readonly string[]) =>
  runRecorded("generate", "--layout", "registry", "--out", out, ...args);

async function tree(): Promise<string> {
  const out = temporaryFolder();
  expect((await generate(out)).exitCode).toBe(0);
  return out;
}

async function repository(): Promise<RegistryRepository> {
  const files = readFolder(await tree());
  return { name: "terraform-aws-remotion-lambda", tags: ["v0.1.0"], files };
}

describe("generate --layout registry", () => {
  it("writes what the registry's rules want", async () => {
    expect(registryProblems(await repository())).toEqual([]);
  });

  it.each<[string, string | undefined, string]>([
    ["variables.tf", undefined, "variables.tf is missing or empty"],
    ["README.md", "", "README.md is missing or empty"],
    ["LICENSE", undefined, "LICENSE is missing or empty"],
    [
      "modules/remotion-user/README.md",
      undefined,
      "modules/remotion-user/README.md is missing or empty",
    ],
    ["examples/ec2/README.md", undefined, "examples/ec2/README.md is missing or empty"],
    [
      "examples/ec2/main.tf",
      'module "x" {\n  source = "../../modules/remotion-lambda"\n}\n',
      "examples/ec2/main.tf calls ../../modules/remotion-lambda, where no module is",
    ],
    ["outputs.tf", 'output "x" {\n  value = 1\n}\n', "outputs.tf: x has no description"],
  ])("is held to these rules: without its %s it is refused", async (file, text, problem) => {
    const { files, ...rest } = await repository();
    const others = [...files].filter(([path]) => path !== file);
    const broken = new Map([...others, ...(text === undefined ? [] : [[file, text] as const])]);

    expect(registryProblems({ ...rest, files: broken })).toEqual([problem]);
  });

  it.each([
    [{ name: "terraform-remotion" }, "terraform-remotion is not terraform-PROVIDER-NAME"],
    [{ tags: ["release-1", "v1.0"] }, "no tag is a semantic version"],
  ])("is held to these rules: %o", async (other, problem) => {
    expect(registryProblems({ ...(await repository()), ...other })).toEqual([problem]);
  });

  it("has every module, word for word but for its README", async () => {
    const files = readFolder(await tree());
    for (const name of MODULE_NAMES) {
      const folder = name === "remotion-lambda" ? "" : `modules/${name}`;
      for (const [file, text] of readFolder(join(REPOSITORY, "modules", name))) {
        if (file !== "README.md") {
          expect(files.get(posix.join(folder, file))).toBe(text);
        }
      }
    }
  });

  it("says in its READMEs how the registry knows each module", async () => {
    const files = readFolder(await tree());

    for (const name of MODULE_NAMES) {
      const folder = name === "remotion-lambda" ? "" : `modules/${name}`;
      const readme = files.get(posix.join(folder, "README.md")) ?? "";
      const source = registrySource(own.modulesRepository, folder);
      expect(readme).toContain(`  source  = "${source}"\n  version = "${own.version}"\n`);
      expect(readme).not.toMatch(/source += "\.\/modules/);
      expect(readme).toContain(
        `source = "./${posix.join(".terraform/modules/NAME", folder, "tests/mocks")}" #`,
      );
    }
    const root = files.get("README.md") ?? "";
    expect(root).toMatch(/^# terraform-aws-remotion-lambda\n/);
    for (const file of files.keys()) {
      const [, folder] = /^((?:modules|examples)\/[^/]+)\/main\.tf$/.exec(file) ?? [];
      if (folder !== undefined) {
        expect(root).toContain(`](${folder})`);
      }
    }
  });

  it("has the mocks that tests of its examples take, and these tests for OpenTofu", async () => {
    const files = readFolder(await tree());
    const tests = [...files].flatMap(([file, text]) => {
      const [, example] = /^(examples\/[^/]+)\/tests\/[^/]+\.tftest\.hcl$/.exec(file) ?? [];
      return example === undefined ? [] : [{ file, example, text }];
    });

    expect(tests).not.toEqual([]);
    for (const { file, example, text } of tests) {
      const mocks = Array.from(text.matchAll(/^ {2}source = "(.*)"$/gm), ([, path = ""]) => path);
      expect(mocks).toHaveLength(1);
      for (const mock of mocks) {
        expect([...files.keys()]).toContain(posix.join(example, mock, "aws.tfmock.hcl"));
      }
      expect([...files.keys()]).toContain(file.replace(".tftest.", ".tofutest."));
    }
  });

  it("links to what is in it, or to this repository as it is released", async () => {
    const files = readFolder(await tree());
    const paths = [...files.keys()];
    const links = [...files].flatMap(([page, text]) =>
      page.endsWith(".md")
        ? Array.from(text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g), ([, link = ""]) => ({ page, link }))
        : [],
    );
    const wrong = links.filter(({ page, link }) => {
      if (/^https?:/.test(link)) {
        const released = `${addressesOf(own).repository}/blob/v${own.version}/`;
        return (
          link.startsWith(released) && !existsSync(join(REPOSITORY, link.slice(released.length)))
        );
      }
      const target = posix.join(posix.dirname(page), link);
      return !paths.some((path) => path === target || path.startsWith(`${target}/`));
    });

    expect(links.length).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });

  it("is checked and brought up to date as it was written, without the layout being said", async () => {
    const out = await tree();
    const before = readFolder(out);
    rmSync(join(out, "modules", "remotion-user"), { recursive: true });

    const checked = await runRecorded("generate", "--check", "--out", out);
    expect(checked.exitCode).toBe(1);
    expect(checked.notes).toContain(`generate --layout registry --out ${out}`);
    expect((await runRecorded("generate", "--out", out)).exitCode).toBe(0);
    expect(readFolder(out)).toEqual(before);
    expect((await runRecorded("generate", "--check", "--out", out)).exitCode).toBe(0);
  });

  it("keeps what else is in the repository, and tells what would change a module", async () => {
    const out = await tree();
    const own = [".git/config", ".github/dependabot.yml", "NOTES.md", "mine.tf"];
    for (const file of [...own, "modules/mine/main.tf"]) {
      writeFile(out, file, "# mine\n");
    }
    const { manifest, ...rest } = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
    expect({ manifest, layout: rest.layout }).toEqual({ manifest: undefined, layout: "registry" });
    rmSync(join(out, "main.tf"));

    const { exitCode, notes } = await generate(out);
    expect(exitCode).toBe(0);
    expect(notes).toContain(`Left alone, not generated: ${out}/mine.tf\n`);
    expect(notes).toContain(`Left alone, not generated: ${out}/modules/mine/main.tf\n`);
    for (const file of own) {
      expect(readFolder(out).get(file)).toBe("# mine\n");
    }
    expect((await generate(out, "--check")).exitCode).toBe(1);
  });

  it("overwrites no file that was edited by hand, without --force", async () => {
    const out = await tree();
    const before = readFolder(out);
    writeFile(out, "README.md", "# mine\n");
    rmSync(join(out, "main.tf"));

    const { exitCode, notes } = await generate(out);
    expect({ exitCode, main: readFolder(out).has("main.tf") }).toEqual({
      exitCode: 1,
      main: false,
    });
    expect(notes).toContain(`${out}/README.md`);
    expect((await generate(out, "--force")).exitCode).toBe(0);
    expect(readFolder(out)).toEqual(before);
  });

  it.each([
    [["remotion-user"], '--layout registry is asked for with "remotion-user"'],
    [["--format", "both"], "--layout registry is asked for with --format both"],
  ])("has no use for %o", async (args, message) => {
    const { exitCode, notes } = await generate(temporaryFolder(), ...args);

    expect(exitCode).toBe(2);
    expect(notes).toContain(message);
  });

  it("is not mixed with the other layout", async () => {
    const [one, other] = [await tree(), temporaryFolder()];
    await runRecorded("generate", "remotion-user", "--out", other);

    const modules = await runRecorded("generate", "--layout", "modules", "--out", one);
    const registry = await generate(other);
    expect([modules.exitCode, registry.exitCode]).toEqual([2, 2]);
    expect(modules.notes).toContain("was generated with --layout registry: name another folder");
    expect(registry.notes).toContain("was generated with --layout modules: name another folder");
  });
});

describeTerraform("Terraform", () => {
  it("finds in the tree each module that the examples call, and formats nothing", async () => {
    const workspace = new Workspace();
    try {
      await generate(workspace.path);
      const { output } = await workspace.run("terraform", ["fmt", "-check", "-recursive"]);
      expect(output).toBe("");
      const examples = [...readFolder(workspace.path).keys()].flatMap(
        (file) => /^(examples\/[^/]+)\/main\.tf$/.exec(file)?.[1] ?? [],
      );
      expect(examples.length).toBeGreaterThan(5);
      for (const example of examples) {
        await workspace.run("terraform", ["get"], example);
      }
    } finally {
      workspace.remove();
    }
  });
});
