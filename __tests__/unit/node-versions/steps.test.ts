import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { installation, stepsFor } from "../../../scripts/node-versions/steps.js";
import { REPOSITORY } from "../support/source-files.js";

const names = (whole: boolean, deployment: "deployed" | false) =>
  stepsFor(whole, deployment).map(({ name }) => name);

describe("the steps with each Node.js", () => {
  it("start, build, test units and deploy", () => {
    expect(names(false, "deployed")).toEqual([
      "npm start",
      "modules/ unchanged",
      "npm run build",
      "unit tests",
      "cdktf deploy, destroy",
    ]);
  });

  it("do not deploy where that is not asked for", () => {
    expect(names(false, false).at(-1)).toBe("unit tests");
  });

  it("run every test where that is asked for", () => {
    expect(names(true, "deployed")).toEqual([
      "npm start",
      "modules/ unchanged",
      "npm run build",
      "npm test",
    ]);
  });

  it("test a part of the units where that is asked for, and say which", () => {
    const units = stepsFor(false, "deployed", "2/4").find(({ name }) =>
      name.startsWith("unit tests"),
    );

    expect(units?.name).toBe("unit tests, part 2/4");
    expect(units?.args.slice(-2)).toEqual(["__tests__/unit", "--shard=2/4"]);
  });

  it("say where they do not deploy, and only then let the test skip it", () => {
    const [deploying, synthesizing] = (["deployed", "synthesized"] as const).map((deployment) =>
      stepsFor(false, deployment).at(-1),
    );

    expect(deploying?.environment).toEqual({ REQUIRE_TERRAFORM: "1" });
    expect(synthesizing?.name).toContain("to deploy: terraform, moto_server");
    expect(synthesizing?.environment).toBeUndefined();
    expect(deploying?.args).toEqual([...(synthesizing?.args ?? []), "-t", expect.any(String)]);
  });

  it("name tests that exist", () => {
    const tests = stepsFor(false, "deployed").flatMap(({ args }) =>
      args.filter((argument) => argument.startsWith("__tests__/")),
    );

    expect(tests).toHaveLength(2);
    expect(tests.filter((test) => !existsSync(join(REPOSITORY, test)))).toEqual([]);
    // Vitest is content with a name that no test has.
    const [file = "", , name] = stepsFor(false, "deployed").at(-1)?.args.slice(-3) ?? [];
    expect(readFileSync(join(REPOSITORY, file), "utf8")).toContain(`it("${name}`);
  });

  it("come after npm ci, with the cache that is asked for", () => {
    expect(installation(undefined).args).toEqual(["ci", "--no-audit", "--no-fund"]);
    expect(installation("/empty").args).toContain("--cache=/empty");
    expect(installation("/empty").name).toBe("npm ci, empty cache");
  });
});
