import { describe, expect, it } from "vitest";
import { runPolicies } from "../../../lib/upstream/run-policies.js";
import { temporaryFolder, writeFile } from "../support/folder.js";
import { manifest } from "./fake-npm.js";

describe("policies that never end", () => {
  it("are ended", async () => {
    const folder = temporaryFolder();
    writeFile(folder, "node_modules/@remotion/lambda/package.json", manifest("4.0.600"));
    writeFile(folder, "node_modules/@remotion/lambda/policies.js", "for (;;);");

    await expect(
      runPolicies("4.0.600", folder, new AbortController().signal, 1000),
    ).rejects.toThrow(
      "The policies of Remotion 4.0.600 cannot be read: they took longer than 1 seconds.",
    );
  });
});
