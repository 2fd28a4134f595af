import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { TerraformLocal } from "cdktf";
import { comment } from "../../../lib/constructs/comment.js";
import type { ModuleDocument } from "../../../lib/module/module-document.js";
import { ModuleOutput } from "../../../lib/module/module-output.js";
import { ModuleVariable } from "../../../lib/module/module-variable.js";
import { Moved } from "../../../lib/module/moved.js";
import { moduleDocument } from "./module-stack.js";

/** A module with everything in it that the two syntaxes write differently. */
export function fixtureModule(): ModuleDocument {
  return moduleDocument((stack) => {
    const name = new ModuleVariable(stack, "name", {
      type: "string",
      description: 'A "quoted" name, not ${a.template} and no %{directive}; C:\\temp, 100%.',
      default: 'it\'s ${no} "template" %{either}',
      validations: [
        {
          condition: '${can(regex("^[\\\\w \\"]{1,64}$", var.name))}',
          errorMessage: 'name is "${var.name}": give $${braces} or %%{none}.',
          comment: "Neither ${this} nor %{that} is a template.",
        },
        {
          condition: '${alltrue([\n  for part in split(" ", var.name) : length(part) > 0\n])}',
          errorMessage: 'name has ${length([for part in split("  ", var.name) : part])} parts.',
        },
      ],
    });
    const settings = new ModuleVariable(stack, "settings", {
      type: 'map(object({\n  camelCase = optional(string, "x")\n  count     = number\n}))',
      description: "Settings,\nline by line.",
      default: {
        fooBar: { camelCase: null, count: 0 },
        "with space": {
          camelCase: "",
          count: -1.5,
          "${key}": ["a", ["b"], [], {}, { deep: null }],
        },
      },
      nullable: true,
      sensitive: true,
    });
    for (const [id, type, value] of [
      ["off", "bool", false],
      ["zero", "number", 0],
      ["empty_text", "string", ""],
      ["empty_list", "list(string)", []],
      ["empty_map", "map(string)", {}],
      ["nothing", "string", null],
    ] as const) {
      new ModuleVariable(stack, id, {
        type,
        description: `Is ${id}.`,
        default: value,
        nullable: value === null,
      });
    }

    new ModuleVariable(stack, "long", {
      type: "list(string)",
      description:
        'A description with "quotes", ${any} template and a back\\slash, which is so long that a line of the page does not hold it, so it is folded.',
      validations: [
        {
          condition:
            '${alltrue([for item in var.long : can(regex("^[a-z]+ [\\\\w]+$", item)) && length(item) <= 64 && item != "none of these"])}',
          errorMessage:
            'long has ${join(", ", [for item in var.long : jsonencode(item) if !can(regex("^[a-z]+ [\\\\w]+$", item))])}, of ${length(var.long)} items: give "words", $${braces} or a back\\slash, and none of what is not meant.',
        },
      ],
    });

    const statements = new TerraformLocal(stack, "statements", [
      { Sid: "One", Action: ["s3:GetObject", "s3:PutObject"], Resource: ["arn:${var.name}:*"] },
      { Sid: "Two", Action: ["s3:ListBucket"], Resource: '${[for key in ["a"] : "${key}-*"]}' },
    ]);
    comment(statements, "What may be done.");
    comment(statements, 'The second: see = and "quotes".', "/1");
    new TerraformLocal(stack, "policy_json", {
      text: '${jsonencode({\n  Version   = "2012-10-17"\n  Statement = local.statements\n})}',
    });

    const policy = new IamPolicy(stack, "shared", {
      name: "${var.name}-shared",
      policy: "${local.policy_json.text}",
      tags: { camelCase: "kept", "a b": 'say "hi"', "c/d": "back\\slash" },
    });
    const role = new IamRole(stack, "this", {
      name: name.stringValue,
      assumeRolePolicy: '{"Version":"2012-10-17","Statement":[]}',
      inlinePolicy: [
        { name: "first", policy: "${local.policy_json.text}" },
        { name: 'second "${var.name}"', policy: "{}" },
      ],
      dependsOn: [policy],
      lifecycle: {
        createBeforeDestroy: true,
        ignoreChanges: ["tags", "description"],
        precondition: [
          {
            condition: "${length(local.policy_json.text) <= 6144}",
            errorMessage:
              'The policy "${var.name}" has ${length(local.policy_json.text)} characters.',
          },
        ],
      },
    });
    role.addOverride("count", "${var.off ? 1 : 0}");
    new Moved(stack, "old-role", { from: "aws_iam_role.old", to: "aws_iam_role.this" });
    new Moved(stack, "old-policy", {
      from: "aws_iam_policy.old[0]",
      to: 'aws_iam_policy.shared["a b"]',
    });

    new ModuleOutput(stack, "arn", { description: "ARN, %{if} any.", value: policy.arn });
    new ModuleOutput(stack, "settings", {
      description: "Them.",
      value: settings.token,
      sensitive: true,
    });
  });
}
