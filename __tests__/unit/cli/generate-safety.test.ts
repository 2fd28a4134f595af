import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hashOf, readManifest, writeManifest } from "../../../lib/cli/manifest.js";
import { readFolder, temporaryFolder, writeFile } from "../support/folder.js";
import { generatedModules } from "../support/generated-modules.js";
import { runRecorded } from "../support/recording-console.js";

const generated = generatedModules();

const MAIN = "remotion-user/main.tf";

describe("a file that was edited by hand", () => {
  it("is not overwritten, and neither is anything else written", async () => {
    const out = generated();
    writeFile(out, MAIN, "# mine\n");
    rmSync(join(out, "remotion-user", "outputs.tf"));
    const before = readFolder(out);

    const { exitCode, results, notes } = await generate(out, "remotion-user");

    expect({ exitCode, results }).toEqual({ exitCode: 1, results: "" });
    expect(notes).toContain(`${out}/${MAIN}`);
    expect(notes).toContain("Move the change into the source and run again");
    expect(notes).toContain("--force");
    expect(readFolder(out)).toEqual(before);
  });

  it("is overwritten with --force", async () => {
    const out = generated();
    const before = readFolder(out);
    writeFile(out, MAIN, "# mine\n");

    const { exitCode } = await generate(out, "remotion-user", "--force");

    expect(exitCode).toBe(0);
    expect(readFolder(out)).toEqual(before);
  });

  it("is noticed without a record of what was generated", async () => {
    const out = generated();
    rmSync(join(out, "manifest.json"));
    writeFile(out, MAIN, "# mine\n");

    expect((await generate(out, "remotion-user")).exitCode).toBe(1);
    expect(readFolder(out).get(MAIN)).toBe("# mine\n");
  });

  it("does not keep the other modules from being generated", async () => {
    const out = generated();
    writeFile(out, MAIN, "# mine\n");

    expect((await generate(out, "remotion-lambda-role")).exitCode).toBe(0);
    expect(readFolder(out).get(MAIN)).toBe("# mine\n");
  });
});

describe("a file of an earlier run", () => {
  it("is overwritten when it is as the generator left it", async () => {
    const out = generated();
    const before = readFolder(out);
    record(out, MAIN, "# as an earlier release wrote it\n");

    const { exitCode } = await generate(out);

    expect(exitCode).toBe(0);
    expect(readFolder(out)).toEqual(before);
  });

  it.each(["remotion-user/obsolete.tf", "json/obsolete/main.tf.json"])(
    "is removed when it is no longer generated: %s",
    async (file) => {
      const out = generated();
      const before = readFolder(out);
      record(out, file, "# obsolete\n");

      const { exitCode } = await generate(out);

      expect(exitCode).toBe(0);
      expect(readFolder(out)).toEqual(before);
    },
  );

  it("is not removed when it was edited since", async () => {
    const out = generated();
    record(out, "remotion-user/obsolete.tf", "# obsolete\n");
    writeFile(out, "remotion-user/obsolete.tf", "# mine now\n");

    const { exitCode, notes } = await generate(out);

    expect(exitCode).toBe(1);
    expect(notes).toContain(`${out}/remotion-user/obsolete.tf`);
    expect(readFolder(out).get("remotion-user/obsolete.tf")).toBe("# mine now\n");
  });

  it("of another module is not removed when modules are named", async () => {
    const out = generated();
    record(out, "obsolete/main.tf", "# obsolete\n");

    await generate(out, "remotion-user");

    expect(readFolder(out).has("obsolete/main.tf")).toBe(true);
  });
});

describe("a file that the generator knows nothing of", () => {
  it.each(["remotion-user/mine.tf", "mine/main.tf", "README.md"])(
    "is left alone, also with --force: %s",
    async (file) => {
      const out = generated();
      writeFile(out, file, "# mine\n");

      for (const force of [[], ["--force"]]) {
        expect((await generate(out, ...force)).exitCode).toBe(0);
        expect(readFolder(out).get(file)).toBe("# mine\n");
      }
    },
  );

  it("is named when it lies in a module's folder", async () => {
    const out = generated();
    writeFile(out, "remotion-user/mine.tf", "# mine\n");

    expect((await generate(out)).notes).toContain(
      `Left alone, not generated: ${out}/remotion-user/mine.tf`,
    );
  });
});

describe("a symbolic link out of the folder", () => {
  it.each([
    { what: "in place of a module's folder", link: "remotion-user", type: "dir" },
    { what: "in place of the JSON editions' folder", link: "json", type: "dir" },
    { what: "in place of a file", link: MAIN, type: "file" },
    { what: "in place of the record", link: "manifest.json", type: "file" },
    { what: "that leads nowhere", link: MAIN, type: "nowhere" },
  ])("$what is not followed, with --force neither", async ({ link, type }) => {
    const out = generated();
    const elsewhere = temporaryFolder();
    const target = join(elsewhere, "target");
    if (type === "dir") {
      mkdirSync(target);
    } else if (type === "file") {
      writeFile(elsewhere, "target", "theirs\n");
    }
    rmSync(join(out, link), { recursive: true });
    symlinkSync(target, join(out, link));
    const before = readFolder(elsewhere);

    for (const option of [[], ["--force"], ["--check"]]) {
      const { exitCode, notes } = await generate(out, "remotion-user", ...option);
      expect(exitCode).toBe(1);
      expect(notes).toContain("symbolic link");
      expect(notes).toContain(`${out}/${link}`);
    }
    expect(readFolder(elsewhere)).toEqual(before);
  });

  it("is never written through by a record that names files above the folder", async () => {
    const parent = temporaryFolder();
    const out = join(parent, "modules");
    writeFile(parent, "precious.tf", "# precious\n");
    await generate(out);
    const files = new Map([["../precious.tf", hashOf("# precious\n")]]);
    writeFile(
      out,
      "manifest.json",
      writeManifest({ layout: "modules", generated: { hcl: "all", json: "all" }, files }),
    );

    await generate(out, "--force");

    expect(existsSync(join(parent, "precious.tf"))).toBe(true);
  });
});

describe("a record that was cut", () => {
  const cuts = [0, 1, 20, 60, 200, 5_000, -1, -3];

  it.each(cuts)("is written anew, where every file is as it was generated: at %d", async (end) => {
    const out = generated();
    const before = readFolder(out);
    writeFile(out, "manifest.json", (before.get("manifest.json") ?? "").slice(0, end));

    expect((await generate(out, "remotion-user")).exitCode).toBe(0);
    expect((await generate(out)).exitCode).toBe(0);
    expect(readFolder(out)).toEqual(before);
  });

  it("does not lose the modules that are not generated this time", async () => {
    const out = generated();
    const before = readFolder(out);
    writeFile(out, "manifest.json", "");

    expect((await generate(out, "remotion-user")).exitCode).toBe(0);

    const files = (text = "") => Object.keys(JSON.parse(text).files);
    expect(files(readFolder(out).get("manifest.json"))).toEqual(files(before.get("manifest.json")));
  });

  it.each(cuts)("lets nothing be overwritten that was edited: at %d", async (end) => {
    const out = generated();
    const before = readFolder(out);
    writeFile(out, "manifest.json", (before.get("manifest.json") ?? "").slice(0, end));
    writeFile(out, MAIN, "# mine\n");
    const edited = readFolder(out);

    const { exitCode, notes } = await generate(out, "remotion-user");

    expect(exitCode).toBe(1);
    expect(notes).toContain(`${out}/${MAIN}`);
    expect(readFolder(out)).toEqual(edited);
    expect((await generate(out, "--force")).exitCode).toBe(0);
    expect(readFolder(out)).toEqual(before);
  });

  it("still knows the files whose lines it has: after a merge of two versions", async () => {
    const out = generated();
    const before = readFolder(out);
    record(out, MAIN, "# as an earlier release wrote it\n");
    const text = readFolder(out).get("manifest.json") ?? "";
    writeFile(out, "manifest.json", `<<<<<<< HEAD\n${text}=======\n>>>>>>> main\n`);

    expect((await generate(out)).exitCode).toBe(0);
    expect(readFolder(out)).toEqual(before);
  });
});

describe("a file with the record's name that something else made", () => {
  it.each(["not JSON", "null", "[]", "{}", '{"files": null}', '{"name": "app"}'])(
    "counts as edited by hand: %s",
    async (record) => {
      const out = generated();
      const whole = readFolder(out);
      writeFile(out, "manifest.json", record);
      const before = readFolder(out);

      const { exitCode, notes } = await generate(out, "remotion-user");

      expect(exitCode).toBe(1);
      expect(notes).toContain(join(out, "manifest.json"));
      expect(readFolder(out)).toEqual(before);
      expect((await generate(out, "--force")).exitCode).toBe(0);
      expect(readFolder(out)).toEqual(whole);
    },
  );
});

function generate(out: string, ...args: readonly string[]) {
  return runRecorded("generate", ...args, "--out", out);
}

/** Puts a file into the folder as if an earlier run had written it. */
function record(out: string, file: string, content: string): void {
  const { manifest } = readManifest(readFolder(out).get("manifest.json"));
  writeFile(out, file, content);
  const files = new Map([...manifest.files, [file, hashOf(content)]]);
  writeFile(out, "manifest.json", writeManifest({ ...manifest, files }));
}
