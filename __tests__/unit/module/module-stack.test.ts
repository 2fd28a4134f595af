import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user/index.js";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { LocalBackend, TerraformHclModule, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { comment } from "../../../lib/constructs/comment.js";
import { concern } from "../../../lib/constructs/concern.js";
import { ModuleOutput } from "../../../lib/module/module-output.js";
import type { ModuleStack } from "../../../lib/module/module-stack.js";
import { ModuleVariable } from "../../../lib/module/module-variable.js";
import { moduleDocument, moduleStack } from "../support/module-stack.js";

type Build = (stack: ModuleStack) => void;

describe("a module", () => {
  it("holds what is put into it and the versions that it needs, and nothing else", () => {
    const { terraform } = moduleDocument((stack) => {
      const name = new ModuleVariable(stack, "name", { type: "string", description: "A name." });
      new IamUser(stack, "user", { name: name.stringValue });
    });

    expect(terraform).toEqual({
      terraform: {
        required_version: ">= 1.5.0",
        required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.0" } },
      },
      variable: { name: { type: "string", description: "A name.", nullable: false } },
      resource: { aws_iam_user: { user: { name: "${var.name}" } } },
    });
  });

  it("is the same every time that it is synthesized", () => {
    const stack = moduleStack();
    new IamUser(stack, "user", { name: "a" });

    expect(JSON.stringify(stack.toTerraform())).toBe(JSON.stringify(stack.toTerraform()));
  });

  it("has its resources' arguments in the order of HashiCorp's style guide", () => {
    const { terraform } = moduleDocument((stack) => {
      const user = new IamUser(stack, "user", { tags: { a: "b" }, path: "/", name: "a" });
      user.addOverride("lifecycle.prevent_destroy", true);
      user.addOverride("count", 1);
    });

    const { aws_iam_user } = terraform["resource"] as { aws_iam_user: { user: object } };
    expect(Object.keys(aws_iam_user.user)).toEqual(["count", "name", "path", "tags", "lifecycle"]);
  });

  it("is laid out as it was declared, with comments and nested blocks", () => {
    const { name, layout } = moduleDocument((stack) => {
      const local = new TerraformLocal(stack, "text", ["a"]);
      comment(local, "Texts.");
      comment(local, "The first.", "/0");
      local.node.addMetadata("other", { pointer: "", text: "Not a comment." });
      new ModuleVariable(stack, "v", { type: "string", description: "V." });
      new IamRole(stack, "role", {
        assumeRolePolicy: "{}",
        inlinePolicy: [{ name: "a", policy: "{}" }],
      });
      new IamUser(stack, "user", { name: "a" });
    });
    const lifecycle = { precondition: {}, postcondition: {} };

    expect(name).toBe("fixture");
    expect(layout).toEqual([
      {
        address: "local.text",
        comments: new Map([
          ["", "Texts."],
          ["/0", "The first."],
        ]),
        blocks: {},
      },
      {
        address: "aws_iam_role.role",
        comments: new Map(),
        blocks: { inline_policy: {}, lifecycle },
      },
      { address: "aws_iam_user.user", comments: new Map(), blocks: { lifecycle } },
    ]);
  });
});

describe("an element of a module", () => {
  it("has the concern that it says itself, or the innermost construct around it", () => {
    const { layout } = moduleDocument((stack) => {
      const [outer, plain] = [new Construct(stack, "outer"), new Construct(stack, "plain")];
      const inner = new Construct(outer, "inner");
      new TerraformLocal(stack, "in_nothing", 1);
      new TerraformLocal(plain, "text", 1);
      new TerraformLocal(outer, "text", 1);
      new TerraformLocal(inner, "text", 1);
      concern(new TerraformLocal(inner, "own", 1), "own");
      concern(outer, "outer");
      concern(inner, "inner");
    });

    expect(Object.fromEntries(layout.map(({ address, concern }) => [address, concern]))).toEqual({
      "local.in_nothing": undefined,
      "local.plain_text": undefined,
      "local.outer_text": "outer",
      "local.outer_inner_text": "inner",
      "local.outer_inner_own": "own",
    });
  });
});

describe("a module refuses what belongs to its caller:", () => {
  const foreign: Record<string, { build: Build; named: string }> = {
    "a provider": {
      build: (stack) => new AwsProvider(stack, "aws", { region: "eu-central-1" }),
      named: "a provider block",
    },
    "a data source": {
      build: (stack) => new DataAwsCallerIdentity(stack, "me"),
      named: "a data block",
    },
    "a call of another module": {
      build: (stack) => new TerraformHclModule(stack, "other", { source: "some/where/aws" }),
      named: "a module block",
    },
    "an import": {
      build: (stack) => stack.addOverride("import", [{ id: "a", to: "aws_iam_user.this" }]),
      named: "a import block",
    },
    "a backend": {
      build: (stack) => new LocalBackend(stack, { path: "terraform.tfstate" }),
      named: "backend",
    },
  };

  it.each(Object.entries(foreign))("%s", (_what, { build, named }) => {
    const stack = moduleStack();
    build(stack);

    expect(() => stack.toTerraform()).toThrow(named);
    expect(() => stack.toTerraform()).toThrow("leaves that to its caller");
  });
});

describe("two elements of a module with one address are refused, and both are named:", () => {
  const clashes: Record<string, { build: Build; address: string }> = {
    "two resources": {
      build: (stack) => {
        new IamUser(new Construct(stack, "_"), "user", { name: "a" });
        new IamUser(new Construct(stack, "this"), "user", { name: "b" });
      },
      address: "this",
    },
    "two locals": {
      build: (stack) => {
        new TerraformLocal(stack, "a_text", 1);
        new TerraformLocal(new Construct(stack, "a"), "text", 2);
      },
      address: "a_text",
    },
    "two variables": {
      build: (stack) => {
        for (const scope of [stack, new Construct(stack, "inner")]) {
          new ModuleVariable(scope, "name", { type: "string", description: "A name." });
        }
      },
      address: "name",
    },
    "two outputs": {
      build: (stack) => {
        for (const scope of [stack, new Construct(stack, "inner")]) {
          new ModuleOutput(scope, "name", { description: "A name.", value: "a" });
        }
      },
      address: "name",
    },
  };

  it.each(Object.entries(clashes))("%s", (_what, { build, address }) => {
    const stack = moduleStack();

    expect(() => {
      build(stack);
      stack.toTerraform();
    }).toThrow(new RegExp(`would both be (\\w+\\.)?${address}: an address names one element`));
  });

  it("but resources of different types may share a name", () => {
    const { layout } = moduleDocument((stack) => {
      new IamUser(stack, "user", { name: "a" });
      new IamRole(stack, "role", { assumeRolePolicy: "{}" });
    });

    expect(layout.map(({ address }) => address)).toEqual([
      "aws_iam_user.user",
      "aws_iam_role.role",
    ]);
  });
});

describe("a module refuses a block that its HCL edition cannot say", () => {
  it.each(["provisioner", "connection", "dynamic"])("%s", (block) => {
    const build: Build = (stack) => {
      new IamUser(stack, "user", { name: "a" }).addOverride(block, { a: "b" });
    };

    expect(() => moduleDocument(build)).toThrow(`aws_iam_user.user has a ${block} block`);
  });
});
