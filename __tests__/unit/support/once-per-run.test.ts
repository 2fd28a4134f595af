import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { oncePerRun, RUN_FOLDER } from "../../support/once-per-run.js";
import { temporaryFolder } from "./folder.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("what is made once per run", () => {
  it("is there for all that wait for it, when it is complete", async () => {
    vi.stubEnv(RUN_FOLDER, temporaryFolder());
    let times = 0;
    const made = () =>
      oncePerRun("package", async (folder) => {
        times += 1;
        await new Promise((resolve) => setTimeout(resolve, 200));
        writeFileSync(join(folder, "file"), "complete");
      });

    const folders = await Promise.all([made(), made(), made()]);

    expect(new Set(folders).size).toBe(1);
    expect(readFileSync(join(await made(), "file"), "utf8")).toBe("complete");
    expect(times).toBe(1);
  });

  it("fails for all where it cannot be made", async () => {
    vi.stubEnv(RUN_FOLDER, temporaryFolder());
    const failing = () => oncePerRun("package", () => Promise.reject(new Error("No space left.")));

    const [first, second] = await Promise.allSettled([failing(), failing()]);

    expect(first).toMatchObject({ reason: { message: "No space left." } });
    expect(second).toMatchObject({ reason: { message: expect.stringMatching("^package could") } });
  });

  it("is a process's own where there is no run", async () => {
    vi.stubEnv(RUN_FOLDER, undefined);
    vi.stubEnv("TMPDIR", temporaryFolder());

    const folders = [
      await oncePerRun("own", async () => {}),
      await oncePerRun("own", async () => {}),
    ];

    expect(new Set(folders).size).toBe(2);
    expect(folders.every((folder) => existsSync(folder))).toBe(true);
  });
});
