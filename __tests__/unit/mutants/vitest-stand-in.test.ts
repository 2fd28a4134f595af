import { execFileSync } from "node:child_process";
import { chai } from "@vitest/expect";
import { describe, expect, it } from "vitest";
import * as standIn from "../../../scripts/mutants/vitest-stand-in.js";
import { REPOSITORY } from "../../support/repository.js";

describe("the stand-in for Vitest", () => {
  it("gathers the tests of a file in Vitest's order, each under a name of its own", async () => {
    const seen: unknown[] = [];
    const tests = await standIn.declaredBy(async () => {
      standIn.describe("suite", () => {
        standIn.it("one", () => seen.push(later));
        standIn.describe.each([1, 2])("of %s", (number: number) => {
          standIn.test("two", () => seen.push(number));
        });
      });
      standIn.it.each([
        [3, 4],
        [5, 6],
      ])("three", (one: number, other: number) => seen.push([one, other]));
      // A list is one value where not all of them are lists.
      standIn.it.each([[7], "seven"])("five", (value: unknown) => seen.push(value));
      standIn.describe("left out", { skip: true }, () => standIn.it("four", () => {}));
      // Suites are looked into once the file is loaded.
      const later = "one";
    });
    for (const { run } of tests) {
      await run();
    }

    expect(tests.map(({ name }) => name)).toEqual([
      "suite > one",
      "suite > of %s > two",
      "suite > of %s > two (2)",
      "three",
      "three (2)",
      "five",
      "five (2)",
    ]);
    expect(seen).toEqual(["one", 1, 2, [3, 4], [5, 6], [7], "seven"]);
  });

  it("knows all of Vitest's assertions, but for those of snapshots", () => {
    // In a process of its own: here Vitest has added its own to the same prototype.
    const script = `
      import { chai } from "@vitest/expect";
      import "./scripts/mutants/vitest-stand-in.ts";
      process.stdout.write(Object.getOwnPropertyNames(chai.Assertion.prototype).join(" "));`;
    const known = execFileSync(
      process.execPath,
      ["--import", "tsx", "--input-type", "module", "--eval", script],
      { cwd: REPOSITORY, encoding: "utf8" },
    ).split(" ");
    const lacking = Object.getOwnPropertyNames(chai.Assertion.prototype).filter(
      (name) => !known.includes(name),
    );

    expect(known).toContain("toSatisfy");
    expect(lacking.filter((name) => !/Snapshot/.test(name))).toEqual([]);
  });

  it("has no program to inject", () => {
    expect(standIn.inject("terraform").missing).toMatch(/^terraform: /);
  });
});
