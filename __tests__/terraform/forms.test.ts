import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startAws } from "../support/aws.js";
import { EDITIONS, type Edition, moduleSource, PROVIDER } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { describeAws } from "../support/suites.js";
import { type ResourceChange, Workspace } from "../support/workspace.js";

/** Every way to call the module that a caller may want, in one root module. */
function root(source: string): string {
  return `${PROVIDER}
provider "aws" {
  alias  = "other"
  region = "eu-west-1"
}

resource "aws_iam_group" "first" {
  name = "first"
}

module "keyed" {
  source   = "${source}"
  for_each = toset(["staging", "production"])

  user_name                 = "\${each.key}-user"
  lambda_role_name          = "\${each.key}-role"
  executionrole_policy_name = "\${each.key}-policy"
  output_buckets            = [{ name = "\${each.key}-videos", prefix = "", access = "write" }]
}

module "dependent" {
  source     = "${source}"
  depends_on = [aws_iam_group.first]

  user_policy_type        = "managed"
  lambda_role_policy_type = "managed"
  role_names              = { group = "role-of-\${aws_iam_group.first.name}" }
}

module "absent" {
  source = "${source}"
  count  = 0
}

module "aliased" {
  source    = "${source}"
  providers = { aws = aws.other }
}

module "nested" {
  source = "./nested"
}

module "calling" {
  source                = "${source}"
  create_user           = false
  create_execution_role = true
  trusted_services      = ["ec2.amazonaws.com"]

  create_instance_profile    = true
  execution_role_policy_arns = { more = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy" }
}

module "refusing" {
  source                      = "${source}"
  create_user                 = false
  create_executionrole_policy = false
}
`;
}

const POLICY_ARGUMENTS = ["policy", "assume_role_policy"];

describeAws("The module remotion-lambda", () => {
  let moto: Moto;
  beforeAll(async () => {
    // In two regions, which plans alone ask nothing of.
    moto = await startAws();
  });
  afterAll(() => moto.stop());

  describe.each(EDITIONS)("in its %s edition", (edition: Edition) => {
    let changes: readonly ResourceChange[] = [];
    beforeAll(async () => {
      const source = moduleSource("remotion-lambda", edition);
      const workspace = new Workspace(moto.environment);
      workspace.write("main.tf", root(source));
      workspace.write("nested/main.tf", `module "inner" {\n  source = "${source}"\n}\n`);
      await workspace.init();
      changes = (await workspace.plan()).resource_changes ?? [];
      workspace.remove();
    });

    const inModule = (prefix: string) =>
      changes.filter(({ address }) => address.startsWith(prefix)).map(({ address }) => address);

    it.each([
      ["for_each with two keys", 'module.keyed["staging"].', 5],
      ["the other key of for_each", 'module.keyed["production"].', 5],
      ["depends_on, and managed policies", "module.dependent.", 8],
      ["count = 0", "module.absent", 0],
      ["an aliased provider", "module.aliased.", 5],
      ["a module of the caller's own", "module.nested.module.inner.", 5],
      ["create_execution_role on", "module.calling.", 7],
      ["create_user and create_executionrole_policy off", "module.refusing.", 2],
    ])("plans under %s", (_form, prefix, resources) => {
      expect(inModule(prefix)).toHaveLength(resources);
    });

    it("shows the text of every policy in the plan", () => {
      const shown = changes.flatMap(({ address, change }) =>
        POLICY_ARGUMENTS.filter(
          (argument) => argument in (change.after ?? {}) || argument in change.after_unknown,
        ).map((argument) => {
          expect(change.after_unknown[argument], `${address}.${argument}`).not.toBe(true);
          return JSON.parse(String(change.after?.[argument])) as { Statement: unknown[] };
        }),
      );
      expect(shown).toHaveLength(26);
      expect(shown.every(({ Statement }) => Statement.length > 0)).toBe(true);
    });

    it("leaves nothing unknown but what AWS makes up", () => {
      const unknown = changes
        .filter(({ address }) => address.startsWith("module."))
        .flatMap(({ change }) =>
          Object.entries(change.after_unknown).flatMap(([name, value]) =>
            value === true ? [name] : [],
          ),
        );
      expect([...new Set(unknown)].sort()).toEqual([
        "arn",
        "attachment_count",
        "create_date",
        "id",
        "inline_policy",
        "managed_policy_arns",
        "name_prefix",
        "policy_arn",
        "policy_id",
        "tags_all",
        "unique_id",
      ]);
    });
  });
});
