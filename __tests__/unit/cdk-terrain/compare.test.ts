import { describe, expect, it } from "vitest";
import { compareFolders, compareStacks } from "../../../scripts/cdk-terrain/compare.js";

describe("comparing folders", () => {
  const folder = (files: Readonly<Record<string, string>>) =>
    new Map(Object.entries(files).map(([file, text]) => [file, Buffer.from(text, "latin1")]));
  const ours = folder({ "a/main.tf": "a = 1\n", "b/main.tf": "b = 2\n" });

  it("finds identical folders identical", () => {
    expect(compareFolders(ours, new Map([...ours].reverse()))).toEqual({ files: 2, patches: [] });
  });

  const changes: Record<string, readonly [ReturnType<typeof folder>, string]> = {
    "another line": [folder({ "a/main.tf": "a = 1\n", "b/main.tf": "b = 3\n" }), "-b = 2\n+b = 3"],
    "a missing file": [folder({ "a/main.tf": "a = 1\n" }), "+++ /dev/null"],
    "a further file": [
      folder({ "a/main.tf": "a = 1\n", "b/main.tf": "b = 2\n", "c/main.tf": "" }),
      "--- /dev/null",
    ],
    "another end of line": [folder({ "a/main.tf": "a = 1\r\n", "b/main.tf": "b = 2\n" }), "a/main"],
    "no last end of line": [
      folder({ "a/main.tf": "a = 1", "b/main.tf": "b = 2\n" }),
      "No newline at end of file",
    ],
    "bytes that are no text": [
      folder({ "a/main.tf": "a = 1\xff\n", "b/main.tf": "b = 2\n" }),
      "+a = 1\ufffd",
    ],
  };

  it.each(Object.entries(changes))("finds %s", (_case, [theirs, patch]) => {
    const { patches } = compareFolders(ours, theirs);

    expect(patches).toHaveLength(1);
    expect(patches[0]).toContain(patch);
  });
});

describe("comparing synthesized stacks", () => {
  const synthesized = (version: string, provider: string, list: string) => `{
  "//": {
    "metadata": {
      "overrides": {
        "stack": [
          "terraform"
        ]
      },
      "stackName": "x",
      "version": "${version}"
    }
  },
  "terraform": {
    "required_providers": {
      "aws": {
      "version": "${provider}"
      }
    }
  },
  "variable": ${list}
}`;
  const ours = synthesized("0.21.0", ">= 5.0", "[\n  ]");
  const whats = (theirs: string) => compareStacks(ours, theirs).known.map(({ what }) => what);

  it("finds identical stacks identical", () => {
    expect(compareStacks(ours, ours)).toEqual({ known: [], patch: undefined });
  });

  it.each([
    { theirs: synthesized("0.24.0", ">= 5.0", "[\n  ]"), known: [/version/] },
    { theirs: synthesized("0.21.0", ">= 5.0", "[]"), known: [/empty/] },
    { theirs: synthesized("0.24.0", ">= 5.0", "[]"), known: [/version/, /empty/] },
  ])("names what it knows, and only what is there: $known", ({ theirs, known }) => {
    expect(compareStacks(ours, theirs).patch).toBeUndefined();
    expect(whats(theirs)).toEqual(known.map((what) => expect.stringMatching(what)));
  });

  it.each([
    { change: "a provider's version", theirs: synthesized("0.24.0", ">= 6.0", "[]") },
    { change: "a list that is not empty", theirs: synthesized("0.24.0", ">= 5.0", "[1]") },
    { change: "another form", theirs: synthesized("0.24.0", ">= 5.0", "[]").replaceAll("  ", " ") },
  ])("does not forgive $change", ({ theirs }) => {
    const { known, patch } = compareStacks(ours, theirs);

    expect(known).toEqual([]);
    expect(patch).toMatch(/^[-+] /m);
  });
});
