import { describe, expect, it } from "vitest";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import { REMOTION_VERSION } from "../../../lib/remotion/release.js";
import upstreamPolicies from "../../../lib/remotion/upstream-policies.json" with { type: "json" };
import { driftReport, formNote } from "../../../lib/upstream/drift-report.js";
import { upstreamDrift } from "../../../lib/upstream/upstream-drift.js";
import remotion417 from "./fixtures/remotion-4.0.417.json" with { type: "json" };

describe("the release that this project reproduces", () => {
  it("has no drift, in form neither", () => {
    const drift = upstreamDrift(upstreamPolicies);

    expect(drift).toMatchObject({ version: REMOTION_VERSION, drift: false, notCompared: [] });
    expect(drift.policies.map(({ principal, partition }) => `${principal} ${partition}`)).toEqual([
      "user aws",
      "role aws",
      "user aws-cn",
      "role aws-cn",
    ]);
    expect(drift.policies.filter(({ drift, onlyForm }) => drift || onlyForm)).toEqual([]);
    expect(formNote(drift)).toBeUndefined();
  });
});

describe("Remotion 4.0.417", () => {
  const drift = upstreamDrift(remotion417);

  it("lacks one action, and knows one partition", () => {
    expect(drift).toMatchObject({
      version: "4.0.417",
      ours: REMOTION_VERSION,
      drift: true,
      notCompared: ["aws-cn"],
    });
    expect(drift.policies.map(({ principal, drift }) => [principal, drift])).toEqual([
      ["user", true],
      ["role", false],
    ]);
    expect(drift.policies[0]?.changed).toEqual([
      {
        sid: "Storage",
        actions: { added: [], removed: ["s3:PutBucketPolicy"] },
        resources: { added: [], removed: [] },
        elements: [],
      },
    ]);
  });

  it("is reported by Sid and action, from our point of view", () => {
    expect(driftReport(drift)).toBe(
      [
        `The policies of this project, which are those of Remotion ${REMOTION_VERSION}, and those of Remotion 4.0.417:`,
        "  + Remotion 4.0.417 has it, we have not",
        "  - we have it, Remotion 4.0.417 has not",
        "",
        "policy of the user, partition aws:",
        "  - Sid Storage: action s3:PutBucketPolicy",
      ].join("\n"),
    );
  });
});

describe("the report", () => {
  it("names all that either side has and the other has not", () => {
    const [first, second, ...others] = userPolicy({ partition: "aws-cn" }).Statement;
    const user = {
      Version: "2008-10-17",
      Statement: [
        {
          ...first,
          Condition: { Bool: { "aws:SecureTransport": "true" } },
          Resource: "arn:aws-cn:x",
        },
        { Effect: "Deny", Action: "iam:*", Resource: ["*", "arn:aws-cn:y"] },
        ...others,
      ],
    };
    const policies = { "aws-cn": { user, role: rolePolicy({ partition: "aws-cn" }) } };

    const [, report] = driftReport(upstreamDrift({ version: "5.0.0", policies })).split("\n\n");

    expect(report?.split("\n")).toEqual([
      "policy of the user, partition aws-cn:",
      '  - Version "2012-10-17"',
      '  + Version "2008-10-17"',
      "  - Sid HandleQuotas: resource *",
      "  + Sid HandleQuotas: resource arn:aws-cn:x",
      '  + Sid HandleQuotas: Condition {"Bool":{"aws:SecureTransport":"true"}}',
      "  - Sid PermissionValidation: whole statement",
      ...(second?.Action ?? []).map((action) => `  - Sid PermissionValidation: action ${action}`),
      "  - Sid PermissionValidation: resource *",
      '  - Sid PermissionValidation: Effect "Allow"',
      "  + (no Sid): whole statement",
      "  + (no Sid): action iam:*",
      "  + (no Sid): resource *",
      "  + (no Sid): resource arn:aws-cn:y",
      '  + (no Sid): Effect "Deny"',
    ]);
  });

  it("notes where only the order differs, and makes no drift of it", () => {
    const { Version, Statement } = rolePolicy();
    const role = { Version, Statement: [...Statement].reverse() };

    const drift = upstreamDrift({
      version: "5.0.0",
      policies: { aws: { user: userPolicy(), role } },
    });

    expect(drift.drift).toBe(false);
    expect(formNote(drift)).toBe(
      "Remotion 5.0.0 allows the same in another order or form: policy of the role, partition aws.",
    );
  });
});
