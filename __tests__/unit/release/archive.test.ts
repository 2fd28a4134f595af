import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { zipOf } from "../../../scripts/release/archive.js";
import { zipEntries } from "../../support/zip-entries.js";

const FILES: readonly (readonly [string, string])[] = [
  ["remotion-user/main.tf", "# main\n".repeat(1000)],
  ["json/remotion-user/main.tf.json", "{}\n"],
  ["remotion-user/README.md", "é\n"],
];

const zone = process.env["TZ"];
afterEach(() => {
  if (zone === undefined) {
    delete process.env["TZ"];
  } else {
    process.env["TZ"] = zone;
  }
});

describe("an archive", () => {
  it("holds the files that it is made of", () => {
    const entries = zipEntries(Buffer.from(zipOf(new Map(FILES))));

    expect([...entries].map(([name, content]) => [name, content.toString("utf8")])).toEqual(
      [...FILES].sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  });

  // Recorded: another version of the library that compresses otherwise is a change of every archive.
  it.each(["UTC", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati"])(
    "is the same bytes, in whatever order its files come, in %s",
    (timeZone) => {
      process.env["TZ"] = timeZone;
      for (const files of [FILES, FILES.toReversed()]) {
        const sum = createHash("sha256")
          .update(zipOf(new Map(files)))
          .digest("hex");
        expect(sum).toBe("70de4f9f71873717b3ac49f4385467dcbc28634750622cb6455d5e8a7b074de1");
      }
    },
  );

  it("is another one where a file is", () => {
    const other = new Map([...FILES, ["remotion-user/README.md", "e\n"] as const]);

    expect(Buffer.from(zipOf(other)).equals(zipOf(new Map(FILES)))).toBe(false);
  });
});
