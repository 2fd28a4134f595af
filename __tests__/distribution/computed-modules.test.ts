import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileFilter } from "../../scripts/build/computed-modules.js";
import { REPOSITORY } from "../support/repository.js";

describe("the filter for a file of the repository", () => {
  it.each(["lib/cli/version.ts", "lib/über uns/a-b+c (d)[e]{f}$^.ts"])(
    "is one that esbuild's Go takes, too, and takes that file alone: %s",
    (path) => {
      const { source } = fileFilter(path);
      // Go refuses to escape a character that means nothing, and so does JavaScript with this flag.
      const strict = new RegExp(source, "u");

      expect(strict.test(join(REPOSITORY, path))).toBe(true);
      expect(strict.test(join(REPOSITORY, path.replace(".ts", "xts")))).toBe(false);
      expect(strict.test(`${join(REPOSITORY, path)}x`)).toBe(false);
    },
  );
});
