import { describe, expect, it } from "vitest";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { terragruntLogLength } from "../../../lib/reading/terragrunt-log.js";

const JSON_LINE = '{"Statement": []}';

describe("Terragrunt's log before the JSON", () => {
  it.each([
    ["none", ""],
    ["with an accent", "12:00:00.123 INFO   é\n"],
    ["of old", "[terragrunt] 2023/10/05 12:00:00 Running command: terraform show -json plan\n"],
    [
      "by keys and values",
      'time=2024-05-01T12:00:00Z level=info msg=Downloading prefix=[/a]\ntime=2024-05-01T12:00:00Z level=warning msg="x {"\n',
    ],
    [
      "in columns",
      "12:00:00.123 INFO   Downloading Terraform configurations\n\n12:00:01.456 WARN   [a] x\n",
    ],
    [
      "before what it passes on",
      "12:00:00.123 INFO   x\n12:00:01.456 STDOUT [units/a] terraform: ",
    ],
    ["before what it passes on of OpenTofu", "12:00:01.456 STDOUT tofu: "],
    ["with Windows' lines", "12:00:00.123 INFO   x\r\n"],
  ])("%s", (_form, log) => {
    expect(terragruntLogLength(`${log}${JSON_LINE}\n`)).toBe(Buffer.byteLength(log));
  });

  it.each([
    ["another line", "Initializing the backend...\n"],
    ["another line behind it", "12:00:00.123 INFO   x\nInitializing the backend...\n"],
    ["text before the JSON in its line", "12:00:00.123 INFO   x\nplan: "],
    ["JSON that the log cites", "12:00:00.123 INFO   x: "],
  ])("is nothing else: %s", (_what, text) => {
    expect(() => readPrincipals(`${text}${JSON_LINE}`)).toThrow("is not JSON");
  });

  it.each([
    ["lines of it", "12:00:00.123 INFO   é\n"],
    ["what Terraform writes", "\n12:00:00.123 INFO   é\n12:00:01.456 STDOUT [é] terraform: "],
  ])("is read past: %s", (_what, log) => {
    const Statement = [{ Effect: "Allow", Action: "*", Resource: "*" }];
    const document = { Version: "2012-10-17", Statement };
    const { principals } = readPrincipals(`${log}${JSON.stringify(document)}`);

    expect(principals[0]?.policies[0]?.document).toEqual(document);
  });

  it("says where JSON is none, by the lines of the file", () => {
    expect(() => readPrincipals("12:00:00.123 INFO   x\n{\n]")).toThrow("at line 3, column 1");
  });
});
