import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { understood } from "../../../scripts/lint-modules/checkov.js";
import {
  cloudsplainingRules,
  parliamentRules,
} from "../../../scripts/lint-modules/policy-linters.js";
import { tflintFindings } from "../../../scripts/lint-modules/tflint.js";
import { trivyFindings } from "../../../scripts/lint-modules/trivy.js";
import { temporaryFolder } from "../support/folder.js";

describe("a report of checkov", () => {
  const failed = (resource: string, file_path: string, line = 1, resource_address?: string) =>
    JSON.stringify({
      results: {
        failed_checks: [
          {
            check_id: "CKV_1",
            resource,
            file_path,
            file_line_range: [line, line],
            resource_address: resource_address ?? null,
          },
        ],
      },
      summary: { skipped: 2, parsing_errors: 1 },
    });

  it("names resources of HCL by module and address", () => {
    expect(understood(failed("aws_iam_user.this[0]", "/m/main.tf"), "hcl", "")).toEqual({
      findings: [{ rule: "CKV_1", of: "aws_iam_user", where: "m: aws_iam_user.this" }],
      answeredByComment: 2,
      unreadFiles: 1,
    });
  });

  it("names resources of a plan by their address", () => {
    const address = 'module.a["x"].aws_iam_user.this["y.z"]';
    const { findings } = understood(failed("x", "/plan.json", 0, address), "plan", "");

    expect(findings).toEqual([{ rule: "CKV_1", of: "aws_iam_user", where: address }]);
  });

  it("has the type of resources in JSON from the file, as it says none", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "m"));
    const resource = { aws_iam_role: { a: {} }, aws_iam_user: { b: { name: "b" } } };
    writeFileSync(join(folder, "m", "main.tf.json"), JSON.stringify({ resource }, null, 2));

    expect(understood(failed("resource.b", "/m/main.tf.json", 7), "json", folder).findings).toEqual(
      [{ rule: "CKV_1", of: "aws_iam_user", where: "m: aws_iam_user.b" }],
    );
  });

  it("may find nothing, and is nothing else then", () => {
    const none = '{"passed": 0, "failed": 0}';
    expect(understood(none, "stack", "").findings).toEqual([]);
    expect(() => understood("Traceback", "stack", "")).toThrow(
      "checkov ended with 0 and no answer",
    );
  });
});

describe("reports on policies", () => {
  it("are a line of JSON each in parliament", () => {
    const output = '{"issue": "A", "title": "x"}\n{"issue": "B"}\n';
    expect(parliamentRules({ exitCode: 1, output })).toEqual(["A", "B"]);
    expect(parliamentRules({ exitCode: 0, output: "" })).toEqual([]);
    expect(() => parliamentRules({ exitCode: 2, output: "" })).toThrow("parliament ended with 2");
  });

  it("are a sentence each in cloudsplaining", () => {
    const output =
      "\u001b[91mPotential Issue found: Policy is capable of Data Exfiltration\u001b[0m\n";
    expect(cloudsplainingRules({ exitCode: 0, output })).toEqual(["Data Exfiltration"]);
    expect(cloudsplainingRules({ exitCode: 0, output: "There were no results found.\n" })).toEqual(
      [],
    );
    expect(() => cloudsplainingRules({ exitCode: 0, output: "" })).toThrow("cloudsplaining ended");
  });
});

describe("a report of tflint", () => {
  it.each([
    { output: '{"issues":[],"errors":[]}', rules: [] },
    { output: '{"issues":[{"rule":{"name":"a"}}],"errors":[]}', rules: ["a"] },
  ])("names its rules: $rules", ({ output, rules }) => {
    expect(tflintFindings(output, 0, "m").map(({ rule }) => rule)).toEqual(rules);
  });

  it.each(["", "Failed to load", '{"issues":[],"errors":[{"message":"x"}]}'])(
    "is none where it could not read: %s",
    (output) => {
      expect(() => tflintFindings(output, 1, "m")).toThrow("tflint ended with 1");
    },
  );
});

describe("a report of trivy", () => {
  const report = (target: string, resource: string) =>
    JSON.stringify({
      Results: [
        { Target: "." },
        {
          Target: target,
          Misconfigurations: [{ ID: "AWS-1", CauseMetadata: { Resource: resource } }],
        },
      ],
    });

  it.each([
    ["hcl", "m/main.tf", "aws_iam_user.user[0]", "m: aws_iam_user.user"],
    ["json", "m/main.tf.json", "aws_iam_user.this", "m: aws_iam_user.this"],
    ["plan", "main.tf", `aws_iam_user.user_${"0a".repeat(16)}`, "aws_iam_user.user"],
  ] as const)("names resources in %s", (input, target, resource, where) => {
    expect(trivyFindings(report(target, resource), 1, input)).toEqual([
      { rule: "AWS-1", of: "aws_iam_user", where },
    ]);
  });

  it("is none where nothing was read", () => {
    expect(() => trivyFindings("{}", 0, "hcl")).toThrow("trivy ended with 0");
    expect(() => trivyFindings("FATAL", 1, "hcl")).toThrow("FATAL");
  });
});
