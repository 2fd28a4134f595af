import { TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import {
  type PolicyText,
  type PolicyTextProps,
  policyText,
} from "../../../lib/constructs/policy-text.js";
import type { JsonObject, JsonValue } from "../../../lib/module/json-value.js";
import type { ModuleDocument } from "../../../lib/module/module-document.js";
import { BUCKET_GRANTS, grantsFor } from "../../../lib/remotion/bucket-grants.js";
import {
  BUCKET_ACCESSES,
  CALLER_ACCESSES,
  WRITER_ACCESSES,
} from "../../../lib/remotion/output-bucket.js";
import { ROLE_STATEMENTS } from "../../../lib/remotion/role-statements.js";
import { USER_STATEMENTS } from "../../../lib/remotion/user-statements.js";
import { moduleDocument } from "../support/module-stack.js";

/** Props with what only Terraform knows. */
type Props = (token: (id: string) => TerraformVariable) => Partial<PolicyTextProps>;

const BASE: PolicyTextProps = {
  principal: "user",
  profiles: { full: USER_STATEMENTS },
  profile: "full",
  source: "Statements of Remotion.",
  names: {},
  outputBuckets: [],
};

const measure = (policy: PolicyText) => {
  expect(policy.length).toMatch(/^\$\{/);
};

describe("the locals of a policy", () => {
  it("are its statements, its text and its size, in the order of reading", () => {
    const locals = localsOf(document(() => ({}), measure));

    expect(Object.keys(locals)).toEqual(["statements", "policy_json", "policy_size"]);
    expect(locals).toMatchObject({
      policy_json: jsonencode("local.statements"),
      policy_size: "${length(local.policy_json)}",
    });
  });

  it("have no size where nobody asks for it", () => {
    expect(localsOf(document(() => ({})))).not.toHaveProperty("policy_size");
  });

  it("say where the statements come from, and of each why it is there", () => {
    const { layout } = document(() => ({}));

    expect(layout.find(({ address }) => address === "local.statements")?.comments).toEqual(
      new Map([
        ["", BASE.source],
        ...USER_STATEMENTS.map(({ reason }, index) => [`/${index}`, reason] as const),
      ]),
    );
  });

  it("leave to Terraform to pick what differs between partitions, where only it knows which", () => {
    const locals = localsOf(
      document((token) => ({ names: { partition: token("p").stringValue } })),
    );
    const statements = locals["statements"] as readonly JsonObject[];

    expect(Object.keys(locals["layer_arns"] as JsonObject)).toEqual(["aws", "aws-cn"]);
    expect(statements.find(({ Sid }) => Sid === "FetchBinaries")).toMatchObject({
      Resource: "${local.layer_arns[var.p]}",
    });
    expect(JSON.stringify(locals)).not.toContain("arn:aws");
  });

  it("have no list to pick from where the partition is known", () => {
    expect(localsOf(document(() => ({ names: { partition: "aws-cn" } })))).not.toHaveProperty(
      "layer_arns",
    );
  });

  it("leave to Terraform to pick the profile, where only it knows which", () => {
    const profiles = { full: USER_STATEMENTS, other: ROLE_STATEMENTS };
    const locals = localsOf(
      document((token) => ({ profiles, profile: token("profile").stringValue })),
    );

    expect(Object.keys(locals["statements"] as JsonObject)).toEqual(["full", "other"]);
    expect(locals["policy_json"]).toBe(jsonencode("local.statements[var.profile]"));
  });
});

describe("a policy with the statements of another one", () => {
  const outputBuckets = [{ name: "acme-videos", prefix: "", access: "write" }] as const;

  it("refers to them", () => {
    const { terraform } = twoPolicies({}, {});

    expect(localsOf({ terraform })).toMatchObject({
      second_policy_json: jsonencode("local.first_statements"),
    });
    expect(localsOf({ terraform })).not.toHaveProperty("second_statements");
  });

  it("does not say of its own grants that they are Remotion's", () => {
    const { layout } = twoPolicies({}, { outputBuckets });
    const [, ...own] = layout.filter(({ comments }) => comments.get("") === BASE.source);

    expect(own.map(({ address }) => address)).toEqual([]);
  });

  it.each<{ what: string; first: Props; second: Props; statement: RegExp }>([
    {
      what: "Terraform picks both profiles",
      first: (token) => ({ profile: token("a").stringValue }),
      second: (token) => ({ profile: token("b").stringValue }),
      statement: /^local\.first_statements\[var\.b\]$/,
    },
    {
      what: "Terraform picks the other's profile alone",
      first: (token) => ({ profile: token("a").stringValue }),
      second: () => ({ profile: "full" }),
      statement: /^local\.first_statements(\.full|\["full"\])$/,
    },
  ])("takes those of its own profile: $what", ({ first, second, statement }) => {
    const { terraform } = moduleDocument((stack) => {
      const token = (id: string) => new TerraformVariable(stack, id, { type: "string" });
      const other = policyText(new Construct(stack, "first"), { ...BASE, ...first(token) });
      policyText(new Construct(stack, "second"), {
        ...BASE,
        ...second(token),
        sameStatementsAs: other,
      });
    });

    const text = String(localsOf({ terraform })["second_policy_json"]);
    expect(/ {2}Statement = (.*)\n/.exec(text)?.[1]).toMatch(statement);
  });

  it("is the same list as the other, where options and grants are the same, too", () => {
    const { terraform } = moduleDocument((stack) => {
      const token = (id: string) => new TerraformVariable(stack, id, { type: "any" });
      const props: PolicyTextProps = {
        ...BASE,
        profiles: { full: USER_STATEMENTS, render: [] },
        profile: token("a").stringValue,
        vpc: token("vpc").booleanValue,
        outputBuckets: Token.asAny(token("buckets").value),
      };
      const other = policyText(new Construct(stack, "first"), props);
      const profile = token("b").stringValue;
      policyText(new Construct(stack, "second"), { ...props, profile, sameStatementsAs: other });
    });
    const locals = localsOf({ terraform });

    expect(locals).toMatchObject({
      first_policy_json: jsonencode("local.first_policy_statements[var.a]"),
      second_policy_json: jsonencode("local.first_policy_statements[var.b]"),
    });
    expect(
      String(locals["first_policy_statements"])
        .split("\n")
        .map((line) => line.trim()),
    ).toEqual([
      "${{",
      "for profile, statements in local.first_statements : profile => [",
      "for statement in concat(",
      "statements,",
      '[for statement in local.first_option_statements : statement if profile != "render"],',
      "local.first_output_bucket_grants,",
      ") : statement if length(statement.Resource) > 0",
      "]",
      "}}",
    ]);
  });

  function twoPolicies(first: Partial<PolicyTextProps>, second: Partial<PolicyTextProps>) {
    return moduleDocument((stack) => {
      const other = policyText(new Construct(stack, "first"), { ...BASE, ...first });
      const props = { ...BASE, ...second, sameStatementsAs: other };
      policyText(new Construct(stack, "second"), props);
    });
  }
});

describe("grants to buckets that only Terraform knows", () => {
  const buckets: Props = (token) => ({
    outputBuckets: Token.asAny(token("buckets").value),
    names: { partition: token("p").stringValue },
  });
  const locals = localsOf(document(buckets));
  const grants = locals["output_bucket_grants"] as readonly JsonObject[];
  const many = localsOf(document((token) => ({ ...buckets(token), hasManyBuckets: true })))[
    "output_bucket_grants"
  ] as readonly JsonObject[];
  const resourceOf = (statements: readonly JsonObject[], sid: string) =>
    statements.find(({ Sid }) => Sid === sid)?.["Resource"];

  it("follow the statements, without those that would name no bucket", () => {
    expect(locals["policy_json"]).toBe(
      jsonencode(
        "[\n    for statement in concat(\n      local.statements,\n      local.output_bucket_grants,\n    ) : statement if length(statement.Resource) > 0\n  ]",
      ),
    );
  });

  it("have the same Sids and actions as those to known buckets, and the same reasons", () => {
    const { layout } = document(buckets);
    const { comments } = layout.find(({ address }) => address.includes("grants")) ?? {};

    expect(grants.map(({ Sid, Effect, Action }) => ({ Sid, Effect, Action }))).toEqual(
      BUCKET_GRANTS.map(({ sid, actions }) => ({ Sid: sid, Effect: "Allow", Action: actions })),
    );
    for (const [index, { reason }] of BUCKET_GRANTS.entries()) {
      expect(comments?.get(`/${index}`)).toBe(reason);
    }
  });

  const bucket = '"arn:${var.p}:s3:::${bucket.name}"';
  const objects = '"arn:${var.p}:s3:::${bucket.name}/${bucket.prefix}*"';

  it.each([
    { sid: "OutputBucketObjects", arn: objects, applies: 'bucket.access == "write"' },
    {
      sid: "OutputBucketListing",
      arn: bucket,
      applies: 'contains(["write", "read"], bucket.access)',
    },
    { sid: "OutputBucketAcl", arn: objects, applies: "bucket.acl" },
    { sid: "OutputBucketRead", arn: objects, applies: 'bucket.access == "read"' },
    { sid: "OutputBucketDelete", arn: objects, applies: 'bucket.access == "delete"' },
    {
      sid: "OutputBucketKeys",
      arn: "bucket.kms_key_arn",
      applies: 'contains(["write", "put"], bucket.access) && bucket.kms_key_arn != null',
    },
    {
      sid: "OutputBucketReadKeys",
      arn: "bucket.kms_key_arn",
      applies: 'bucket.access == "read" && bucket.kms_key_arn != null',
    },
  ])("$sid names once what it applies to", ({ sid, arn, applies }) => {
    expect(resourceOf(grants, sid)).toBe(
      `\${toset([\n  for bucket in var.buckets : ${arn} if ${applies}\n])}`,
    );
    expect(resourceOf(many, sid)).toBe(
      `\${keys({\n  for bucket in var.buckets : ${arn} => true... if ${applies}\n})}`,
    );
  });

  it("OutputBucketPut names buckets and objects, each once", () => {
    const both = `flatten([\n  for bucket in var.buckets : [${bucket}, ${objects}] if bucket.access == "put"\n])`;

    expect(resourceOf(grants, "OutputBucketPut")).toBe(`\${toset(${both})}`);
    expect(resourceOf(many, "OutputBucketPut")).toBe(
      `\${keys({ for arn in ${both} : arn => true... })}`,
    );
  });

  it.each([
    { accesses: WRITER_ACCESSES, listing: 'bucket.access == "write"' },
    { accesses: CALLER_ACCESSES, listing: 'bucket.access == "read"' },
  ])("are those of $accesses alone, where a principal takes no other", ({ accesses, listing }) => {
    const own = localsOf(document((token) => ({ ...buckets(token), bucketAccesses: accesses })));
    const statements = own["output_bucket_grants"] as readonly JsonObject[];
    const texts = statements.map(({ Resource }) => String(Resource));
    const others = BUCKET_ACCESSES.filter((access) => !accesses.some((each) => each === access));

    expect(statements.map(({ Sid }) => Sid)).toEqual(grantsFor(accesses).map(({ sid }) => sid));
    expect(texts.find((text) => text.includes(`: ${bucket} if`))).toContain(listing);
    for (const other of others) {
      expect(texts.join()).not.toContain(`"${other}"`);
    }
  });
});

describe("options", () => {
  const optional = (props: Props) => Object(localsOf(document(props))["option_statements"]);

  it("that are known are among the statements, or not there at all", () => {
    const { statements, ...others } = localsOf(document(() => ({ vpc: true })));

    expect(Object(statements).at(-1)).toMatchObject({ Sid: "FunctionsInVpc", Resource: ["*"] });
    expect(Object.keys(others)).toEqual(["policy_json"]);
    expect(localsOf(document(() => ({ vpc: false })))).toEqual(localsOf(document(() => ({}))));
  });

  it("that only Terraform knows have no resource where they are off, and are left out then", () => {
    expect(optional((token) => ({ vpc: token("vpc").booleanValue }))).toMatchObject([
      { Sid: "FunctionsInVpc", Resource: '${var.vpc ? ["*"] : []}' },
    ]);
  });

  it("that are lists allow what is in them", () => {
    const layers: Props = (token) => ({ customLayerArns: Token.asAny(token("layers").value) });

    expect(optional(layers)).toMatchObject([
      { Sid: "CustomLayers", Resource: "${var.layers}" },
      {
        Sid: "CustomLayersOfFunctions",
        Resource:
          '${length(var.layers) > 0 ? ["arn:aws:lambda:*:*:function:remotion-render-*"] : []}',
      },
    ]);
  });
});

describe("options, which the profile render has no use for", () => {
  const text = (props: Props) => String(localsOf(document(props))["policy_json"]);
  const vpc: Props = (token) => ({ vpc: token("vpc").booleanValue });

  it("are left out where it is picked", () => {
    expect(text((token) => ({ ...vpc(token), profile: "full" }))).toContain("option_statements");
    expect(text((token) => ({ ...vpc(token), profile: "render" }))).not.toContain(
      "option_statements",
    );
  });

  it("are left out where Terraform picks it", () => {
    const picked = text((token) => ({
      ...vpc(token),
      profiles: { full: [], render: [] },
      profile: token("profile").stringValue,
    }));

    expect(picked).toContain(
      '[for statement in local.option_statements : statement if var.profile != "render"]',
    );
  });
});

describe("the size of a policy", () => {
  const cases: Record<string, { props: Props; size: number | undefined }> = {
    "is known where every part is": { props: () => ({}), size: 1779 },
    "is not known with a token among the names": {
      props: (token) => ({ names: { lambdaRoleName: token("name").stringValue } }),
      size: undefined,
    },
    "is not known with a token of the partition": {
      props: (token) => ({ names: { partition: token("p").stringValue } }),
      size: undefined,
    },
    "is not known with a token among the buckets": {
      props: (token) => ({
        outputBuckets: [{ name: token("bucket").stringValue, prefix: "", access: "write" }],
      }),
      size: undefined,
    },
    "is not known with a token of the buckets": {
      props: (token) => ({ outputBuckets: Token.asAny(token("buckets").value) }),
      size: undefined,
    },
    "is not known with a token of the profile": {
      props: (token) => ({ profile: token("profile").stringValue }),
      size: undefined,
    },
    "is not known with a token of an option": {
      props: (token) => ({ vpc: token("vpc").booleanValue }),
      size: undefined,
    },
  };

  it.each(Object.entries(cases))("%s", (_case, { props, size }) => {
    const sizes: (number | undefined)[] = [];
    document(props, (policy) => sizes.push(policy.size));

    expect(sizes).toEqual([size]);
  });
});

function document(props: Props, look: (policy: PolicyText) => void = () => {}): ModuleDocument {
  return moduleDocument((stack) => {
    const token = (id: string) => new TerraformVariable(stack, id, { type: "any" });
    look(policyText(stack, { ...BASE, ...props(token) }));
  });
}

function localsOf({ terraform }: Pick<ModuleDocument, "terraform">): JsonObject {
  return terraform["locals"] as JsonObject;
}

function jsonencode(statement: string): JsonValue {
  return `\${jsonencode({\n  Version   = "2012-10-17"\n  Statement = ${statement}\n})}`;
}
