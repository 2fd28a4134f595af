import { describe, expect, it } from "vitest";
import { noInstallScript } from "../../../scripts/node-versions/install-scripts.js";
import { isPassed, report, type StepResult } from "../../../scripts/node-versions/report.js";

const step = (result: Partial<StepResult>): StepResult => ({
  version: "26.12.1, npm 11.20.0",
  step: "npm start",
  status: 0,
  seconds: 3.14,
  scripts: "",
  output: "said",
  ...result,
});

describe("the report", () => {
  it("is a table of all steps, and of what they said nothing, where all went well", () => {
    const results = [step({}), step({ step: "npm run build", seconds: 0 })];

    expect(isPassed(results)).toBe(true);
    expect(report(results)).toBe(
      [
        "| Node.js              | step          | exit code | seconds |",
        "| -------------------- | ------------- | --------- | ------- |",
        "| 26.12.1, npm 11.20.0 | npm start     | 0         | 3.1     |",
        "| 26.12.1, npm 11.20.0 | npm run build | 0         | 0.0     |",
      ].join("\n"),
    );
  });

  it("says before it what a failed step said, at its end and without colours", () => {
    const lines = Array.from({ length: 100 }, (_, line) => `line ${line}`).join("\n");
    const results = [step({}), step({ status: 1, output: `${lines}\n\u001b[31mboom\u001b[0m\n` })];
    const [failure] = report(results).split("\n\n");

    expect(isPassed(results)).toBe(false);
    expect(failure).toMatch(
      /^FAILED, npm start with Node\.js 26\.12\.1, npm 11\.20\.0:\nline 41\n/,
    );
    expect(failure).toMatch(/\nline 99\nboom$/);
    expect(report(results)).toMatch(/\| npm start \| 1 /);
  });

  it("takes a step that was ended from outside for failed", () => {
    const results = [step({ status: undefined, output: "timeout" })];

    expect(isPassed(results)).toBe(false);
    expect(report(results)).toContain("FAILED");
    expect(report(results)).toContain("| ended ");
  });
});

describe("that no install script ran", () => {
  const start = step({ scripts: "node --import tsx scripts/start.ts\n" });

  it("is so where npm ran none before npm start", () => {
    expect(noInstallScript(step({ step: "npm ci" }), [start])).toMatchObject({
      version: start.version,
      step: "no install script ran",
      status: 0,
    });
  });

  it.each([
    { case: "one ran", ran: "node-gyp rebuild\n", others: [start], says: "node-gyp rebuild" },
    { case: "the log has nothing at all", ran: "", others: [step({})], says: "nothing is known" },
    { case: "nothing else ran", ran: "", others: [], says: "nothing is known" },
  ])("is not so where $case", ({ ran, others, says }) => {
    const { status, output } = noInstallScript(step({ scripts: ran }), others);

    expect(status).toBe(1);
    expect(output).toContain(says);
  });
});
