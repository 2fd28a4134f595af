import { describe, expect, it } from "vitest";
import { plainValue } from "./support/plain-value.js";

const HERE = ["/tmp/remotion-client-1", "http://127.0.0.1:4321"];

describe("what Remotion gives, without what changes from run to run", () => {
  it.each([
    ["times", { lastModified: 1, currentTime: 2 }, { lastModified: 3, currentTime: 4 }],
    ["dates", { at: new Date(1) }, { at: new Date(2) }],
    ["costs", { accruedSoFar: 0 }, { accruedSoFar: 0.00001 }],
    ["durations that are printed", "Uploaded 10ms\n", "Uploaded 1.5s\n"],
    ["colours", "\u001b[34mdone\u001b[39m", "done"],
    ["the order of lines, and how often", "a\nb\na\n", "b\na\nb\n"],
    [
      "names of buckets",
      { bucketName: "remotionlambda-eucentral1-abcdefghij" },
      { bucketName: "remotionlambda-eucentral1-0123456789" },
    ],
    ["names of sites", { siteName: "abcdefghij" }, { siteName: "0123456789" }],
    ["signatures", "https://any/?X-Amz-Signature=1a", "https://any/?X-Amz-Signature=2b"],
    ["places in the code", "Error: no\n    at a (b.js:1)", "Error: no\n    at c (d.js:2)"],
    ["where it runs", `${HERE[0]}/a`, "<local>/a"],
  ])("is the same but for %s", (_case, one, other) => {
    expect(plainValue(one, HERE)).toBe(plainValue(other, HERE));
  });

  it.each([
    ["a version", { version: "4.0.527" }, { version: null }],
    ["a number", { renderSize: 5 }, { renderSize: 0 }],
    ["a list", [1], []],
    ["nothing", undefined, null],
    [
      "a name of a function",
      { functionName: "remotion-render-120sec" },
      { functionName: "remotion-render-240sec" },
    ],
    ["a line", "done", "failed"],
  ])("differs by %s", (_case, one, other) => {
    expect(plainValue(one, HERE)).not.toBe(plainValue(other, HERE));
  });

  it("is a text for what is no data", () => {
    const circle: Record<string, unknown> = {};
    class Client {
      readonly self = this;
    }

    expect(plainValue({ client: new Client(), send: () => circle }, HERE)).toContain("<Client>");
  });
});
