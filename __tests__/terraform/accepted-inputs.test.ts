import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { policySize } from "../../lib/iam/quotas.js";
import { bucketGrantStatements } from "../../lib/remotion/bucket-grants.js";
import type { OutputBucket } from "../../lib/remotion/output-bucket.js";
import { startAws } from "../support/aws.js";
import { EDITIONS, moduleSource, PROVIDER } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { describeAws } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";

/** Folders as data lakes and people write them. */
const PREFIXES = [
  ...["year=2024/month=01/", "my videos/", "a&b/", "<raw>/", "user@example.com/", "vidéos/"],
  ...["at 10:30/", "100%/", "[old]/", "it's (done)!/", "¡ÿ/"],
];

const BUCKETS: readonly OutputBucket[] = PREFIXES.map((prefix) => ({
  name: "acme-videos",
  prefix,
  access: "write",
}));

const ROLE_ARN = "arn:aws:iam::123456789012:role/video/api";

/** Calls of both editions, each once. */
function root(edition: (typeof EDITIONS)[number]): string {
  const source = (module: string) => `source = "${moduleSource(module, edition)}"`;
  const buckets = BUCKETS.map(
    ({ name, prefix, access }) =>
      `{ name = "${name}", prefix = "${prefix}", access = "${access}" },`,
  );
  return `${PROVIDER}
resource "aws_iam_role" "late" {
  name_prefix        = "late-"
  path               = "/video/"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

module "prefixes" {
  ${source("remotion-lambda-role")}
  output_buckets = [
    ${buckets.join("\n    ")}
  ]
}

module "paths" {
  ${source("remotion-lambda")}
  path    = "/R&D/:;<=>!#%'(),.[]^_{|}~/"
  regions = ["eu-central-2", "mx-central-1", "xy-future-12"]
  user_policy_type = "managed"
}

module "china" {
  ${source("remotion-lambda")}
  partition                = "aws-cn"
  regions                  = ["cn-north-1", "cn-northwest-1"]
  permissions_boundary_arn = "arn:aws-cn:iam::123456789012:policy/boundary"
  custom_layer_arns        = ["arn:aws-cn:lambda:cn-north-1:123456789012:layer:fonts:3"]
  user_policy_type         = "managed"
}

module "callers" {
  ${source("remotion-executionrole-policy")}
  role_names = {
    name      = "worker"
    arn       = "${ROLE_ARN}"
    late      = aws_iam_role.late.arn
    late_name = aws_iam_role.late.name
  }
}

module "grants" {
  ${source("remotion-bucket-grants")}
  role_names = {
    arn  = "${ROLE_ARN}"
    late = aws_iam_role.late.arn
  }

  # A set of objects, and maps of texts with a switch among them.
  output_buckets = toset([{ name = "acme-videos", prefix = "", access = "put" }])
}

module "maps" {
  ${source("remotion-bucket-grants")}
  role_names     = { writer = "writer" }
  policy_name    = "maps"
  output_buckets = [tomap({ name = "acme-videos", prefix = "", access = "write", acl = "true" })]
}

output "prefixes" {
  value = module.prefixes.policy_json
}

output "paths" {
  value = module.paths.user_policy_json
}

output "grants" {
  value = module.grants.policy_json
}

output "maps" {
  value = module.maps.policy_json
}
`;
}

interface Plan {
  readonly planned_values: {
    readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  };
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: {
      readonly after: { readonly role?: string };
      readonly after_unknown: { readonly role?: boolean };
    };
  }[];
}

describeAws("Input that was refused once, and is right", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startAws();
  });
  afterAll(() => moto.stop());

  describe.each(EDITIONS)("in the %s edition", (edition) => {
    let plan: Plan;
    beforeAll(async () => {
      const workspace = new Workspace(moto.environment).write("main.tf", root(edition));
      await workspace.init();
      plan = (await workspace.plan()) as unknown as Plan;
      workspace.remove();
    });

    const statements = (output: string) =>
      JSON.parse(plan.planned_values.outputs[output]?.value ?? "{}").Statement;
    const roleOf = (address: string) => {
      const found = plan.resource_changes.find((change) => change.address === address);
      return found?.change.after_unknown.role === true ? "later" : found?.change.after.role;
    };

    it("folders of every kind: granted as they are written, and counted as IAM counts", () => {
      const text = plan.planned_values.outputs["prefixes"]?.value ?? "";

      expect(statements("prefixes")).toEqual(
        expect.arrayContaining(bucketGrantStatements(BUCKETS, "aws")),
      );
      expect(text).toContain("/a\\u0026b/*");
      expect(policySize(JSON.parse(text))).toBe(text.length);
    });

    it("paths of IAM's characters, and regions that AWS may open", () => {
      const text = plan.planned_values.outputs["paths"]?.value ?? "";
      const [passed] = JSON.parse(text).Statement.filter(({ Action }: { Action: string[] }) =>
        Action.includes("iam:PassRole"),
      );

      expect(passed.Resource).toEqual([
        "arn:aws:iam::*:role/R&D/:;<=>!#%'(),.[]^_{|}~/remotion-lambda-role",
      ]);
      expect(text).toContain(":xy-future-12:");
    });

    it("a role by its name or its ARN, known at the plan or later", () => {
      const attached = (key: string) =>
        roleOf(`module.callers.aws_iam_role_policy_attachment.this["${key}"]`);

      expect(attached("name")).toBe("worker");
      expect(attached("arn")).toBe("api");
      expect(attached("late")).toBe("later");
      expect(attached("late_name")).toBe("later");
      expect(roleOf('module.grants.aws_iam_role_policy_attachment.this["arn"]')).toBe("api");
      expect(roleOf('module.grants.aws_iam_role_policy_attachment.this["late"]')).toBe("later");
    });

    it("buckets as a set, or as maps of texts", () => {
      expect(statements("grants")).toEqual(
        bucketGrantStatements([{ name: "acme-videos", prefix: "", access: "put" }], "aws"),
      );
      expect(statements("maps")).toEqual(
        bucketGrantStatements(
          [{ name: "acme-videos", prefix: "", access: "write", acl: true }],
          "aws",
        ),
      );
    });
  });
});
