import { describe, expect, it } from "vitest";
import { UnreadableFile } from "../../../lib/json/unreadable-file.js";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { readStateResources } from "../../../lib/reading/read-state-resources.js";

/* Files that are not read, and what is said of them: what they are, and how to make one that is read. */

const ROLE = { Type: "AWS::IAM::Role", Properties: { Policies: [] } };

const FILES: Record<string, { says: string; wayOut: string; files: Record<string, string> }> = {
  CloudFormation: {
    says: "is a template of CloudFormation",
    wayOut: "the object below PolicyDocument",
    files: {
      "with its version": JSON.stringify({ AWSTemplateFormatVersion: "2010-09-09", Resources: {} }),
      "as CDK writes it": JSON.stringify({ Resources: { Role: ROLE }, Parameters: {} }),
      "in YAML":
        'AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  Role:\n    Type: AWS::IAM::Role\n',
      "in YAML without its version": "Resources:\n  Role:\n    Type: AWS::IAM::Role\n",
      "in YAML, after comments": "---\n# the role\n\nDescription: x\nResources:\n  Role:\n",
      "in YAML, with a key of its own before": "x-common: &a\n  B: c\nResources:\n  Role:\n",
      "with what a macro puts in before":
        "Fn::Transform:\n  Name: AWS::Include\nResources:\n  Role:\n",
      "of SAM": "Transform: AWS::Serverless-2016-10-31\nGlobals: {}\n",
    },
  },
  "a binary plan": {
    says: "is a plan in Terraform's own binary form",
    wayOut: "terraform show -json FILE > plan.json",
    files: { "of any Terraform": "PK\u0003\u0004\u0014\u0000\b\u0000" },
  },
  "what OpenTofu has encrypted": {
    says: "OpenTofu has encrypted",
    wayOut: "tofu show -json",
    files: {
      state: JSON.stringify({
        serial: 3,
        lineage: "5b1a2c3d",
        meta: { "key_provider.pbkdf2.a": "x" },
        encrypted_data: "x",
        encryption_version: "v0",
      }),
      plan: JSON.stringify({ meta: {}, encrypted_data: "x", encryption_version: "v0" }),
    },
  },
  Pulumi: {
    says: "is of Pulumi",
    wayOut: "Give one policy of it alone",
    files: {
      "an exported stack": JSON.stringify({ version: 3, deployment: { resources: [] } }),
      "its state": JSON.stringify({ version: 3, checkpoint: { stack: "a", latest: {} } }),
      "its preview": JSON.stringify({ steps: [], duration: 1, changeSummary: { create: 1 } }),
    },
  },
  "the list of what AWS CDK has synthesized": {
    says: "lists what AWS CDK has synthesized",
    wayOut: "STACK.template.json",
    files: { "manifest.json": JSON.stringify({ version: "48.0.0", artifacts: { A: {} } }) },
  },
  "an answer of the aws command line in another form": {
    says: "is an answer of the `aws` command line, and not in JSON",
    wayOut: "--output json",
    files: {
      "get-role-policy":
        "PolicyDocument:\n  Statement:\n  - Action: '*'\nPolicyName: p\nRoleName: r\n",
      "get-policy-version": "PolicyVersion:\n  Document:\n    Version: '2012-10-17'\n",
      "get-template": "StagesAvailable:\n- Original\nTemplateBody:\n  Resources: {}\n",
      "get-role": "Role:\n  Arn: arn:aws:iam::1:role/r\n",
    },
  },
  "a plan for a reader": {
    says: "is what Terraform prints for a reader",
    wayOut: "terraform show -json plan > plan.json",
    files: {
      "as Terraform prints it":
        "\nTerraform used the selected providers to generate the following execution\nplan.",
      "as OpenTofu prints it":
        "OpenTofu used the selected providers to generate the following execution",
      "after reading":
        "data.aws_partition.a: Reading...\naws_iam_role.a: Refreshing state... [id=a]\n",
      "without changes": "No changes. Your infrastructure matches the configuration.\n",
      "a state": '# aws_iam_role.a:\nresource "aws_iam_role" "a" {\n',
      "a state of modules": '# module.a["b"].aws_iam_role.a[0]:\nresource "aws_iam_role" "a" {\n',
    },
  },
};

describe.each(Object.entries(FILES))("%s", (_what, { says, wayOut, files }) => {
  it.each(Object.entries(files))("%s", (_form, text) => {
    expect(() => readPrincipals(text)).toThrow(UnreadableFile);
    expect(() => readPrincipals(text)).toThrow(says);
    expect(() => readPrincipals(text)).toThrow(wayOut);
    expect(() => readStateResources(text)).toThrow(says);
  });
});

describe("what looks like another file, and is not", () => {
  it.each([
    [
      "HCL with a comment",
      "# The roles:\n# users must be made by hand\nlocals {}",
      "Terraform's own language",
    ],
    [
      "HCL with a template in it",
      'resource "aws_cloudformation_stack" "a" {\n  template_body = <<EOF\nResources:\n  A:\nEOF\n}',
      "Terraform's own language",
    ],
    [
      "JSON with a key Resources",
      '{"Resources": {"a": {"Type": "Custom"}}}',
      'has "Resources" at the top',
    ],
    ["other YAML", "users:\n  - a\n", "is not JSON"],
  ])("%s", (_what, text, message) => {
    expect(() => readPrincipals(text)).toThrow(message);
  });
});

describe("an empty state", () => {
  it.each([
    ["as Terraform shows none", '{"format_version":"1.0"}'],
    [
      "as Terraform shows one without resources",
      '{"format_version":"1.0","terraform_version":"1.15.0"}',
    ],
    [
      "with outputs alone",
      '{"format_version":"1.0","terraform_version":"1.15.0","values":{"outputs":{},"root_module":{}}}',
    ],
    [
      "as it lies there",
      '{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"","resources":[]}',
    ],
  ])("%s", (_form, text) => {
    expect(() => readPrincipals(text)).toThrow("The state is empty");
    expect(() => readStateResources(text)).toThrow("The state is empty");
  });
});
