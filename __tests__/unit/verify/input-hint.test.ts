import { describe, expect, it } from "vitest";
import type { PolicyDocument } from "../../../lib/iam/policy-document.js";
import { policySize } from "../../../lib/iam/quotas.js";
import type { OutputBucket } from "../../../lib/remotion/output-bucket.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import type { Principal } from "../../../lib/terraform/principal.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options, principal } from "./support.js";

/** The policy without an action, with as many characters as wanted. */
function lacking(whole: PolicyDocument, action: string, size: number): unknown {
  const Statement = whole.Statement.flatMap((statement) => {
    const Action = statement.Action.filter((one) => one !== action);
    return Action.length === 0 ? [] : [{ ...statement, Action }];
  });
  const document = (Resource: string) => ({
    Version: "2012-10-17",
    Statement: [...Statement, { Effect: "Allow", Action: "sqs:SendMessage", Resource }],
  });
  const queue = "arn:aws:sqs:us-east-1:123456789012:q";
  const room = size - policySize(document(queue));
  return document(`${queue}${"u".repeat(Math.max(0, room))}`);
}

const inline = (kind: "user" | "role", document: unknown) => ({
  name: "p",
  address: `aws_iam_${kind}_policy.p`,
  document,
  is: "inline" as const,
});
const managed = (name: string, document: unknown) => ({
  name,
  address: `aws_iam_policy.${name}`,
  document,
  is: "managed" as const,
});

function hints(
  given: Pick<Principal, "name" | "kind" | "policies">,
  outputBuckets: readonly OutputBucket[] = [],
): readonly string[] {
  const reading = { source: "plan", principals: [principal(given)] } as const;
  const named = [{ name: given.name, actor: given.kind === "user" ? "user" : "role" } as const];
  const { verified } = verifyReading(reading, options({ named, outputBuckets }));
  const inputs = verified.flatMap(({ apis }) =>
    apis.flatMap(({ calls }) => calls.flatMap(({ input }) => input ?? [])),
  );
  return [...new Set(inputs)];
}

describe("what would allow a call that is missing", () => {
  const user = (...policies: Principal["policies"]) =>
    ({ kind: "user", name: "remotion-user", policies }) as const;
  const role = (...policies: Principal["policies"]) =>
    ({ kind: "role", name: "remotion-lambda-role", policies }) as const;
  const deploy = userPolicy({ profile: "deploy" });
  const invoke = "lambda:InvokeFunction";
  const further = managed("further", {
    Statement: { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" },
  });

  it.each<[string, Pick<Principal, "name" | "kind" | "policies">, RegExp]>([
    [
      "a profile, where an inline policy has room",
      user(inline("user", lacking(userPolicy({ profile: "render" }), invoke, 0))),
      /^profile = "render"$/,
    ],
    [
      "another kind of policy, where the inline policies of a user have none",
      user(inline("user", lacking(deploy, invoke, 1900))),
      /^policy_type = "managed", for its inline policies have 1900 of 2048 characters$/,
    ],
    [
      "a managed policy beside them, where those of a role have none",
      role(inline("role", lacking(rolePolicy(), invoke, 10_200))),
      /^a managed policy beside them, for its inline policies have 10200 of 10240 characters$/,
    ],
    [
      "a profile, where a managed policy has room",
      user(managed("p", lacking(userPolicy(), invoke, 5900))),
      /^profile = "full"$/,
    ],
    [
      "a further managed policy, where it has none",
      user(managed("p", lacking(userPolicy(), invoke, 6000))),
      /^a further managed policy, for the one that it has is of 6000 of 6144 characters$/,
    ],
    [
      "a profile, where another one has room",
      user(managed("p", lacking(userPolicy(), invoke, 6000)), further),
      /^profile = "full"$/,
    ],
    [
      "a profile, where the file does not say how its policies are made",
      user({ name: "p", address: "", document: lacking(userPolicy(), invoke, 6000) }),
      /^profile = "full"$/,
    ],
  ])("is %s", (_, given, hint) => {
    const all = hints(given);
    expect(all).not.toEqual([]);
    for (const one of all) {
      expect(one).toMatch(hint);
    }
  });

  it.each([
    [5000, "output_buckets"],
    [6000, "a further managed policy, for the one that it has is of 6000 of 6144 characters"],
  ])("is, for an output bucket and a policy of %d characters, %s", (size, hint) => {
    const policies = [managed("p", lacking(rolePolicy(), "sqs:None", size))];
    const bucket = { name: "acme-videos", prefix: "", access: "write" } as const;
    expect(hints(role(...policies), [bucket])).toEqual([hint]);
  });
});

describe("policies that are longer than AWS takes them", () => {
  const long = (size: number) => lacking(userPolicy(), "sqs:None", size);
  const notesOf = (kind: "user" | "role", ...policies: Principal["policies"]) => {
    const name = kind === "user" ? "remotion-user" : "api";
    const named = [{ name, actor: "user" } as const];
    const reading = { source: "plan", principals: [principal({ kind, name, policies })] } as const;
    return verifyReading(reading, options({ named })).verified[0]?.notes;
  };

  it.each<[string, "user" | "role", Principal["policies"], string | undefined]>([
    ["a user's inline policies", "user", [inline("user", long(2048))], undefined],
    [
      "a user's inline policies",
      "user",
      [inline("user", long(2049))],
      "AWS refuses its inline policies, of 2049 characters without white space: 2048 at most.",
    ],
    ["a role's inline policies", "role", [inline("role", long(10_240))], undefined],
    [
      "a role's inline policies together",
      "role",
      [inline("role", long(6000)), inline("role", long(4241))],
      "AWS refuses its inline policies, of 10241 characters without white space: 10240 at most.",
    ],
    [
      "two managed policies",
      "user",
      [managed("a", long(6144)), managed("b", long(6144))],
      undefined,
    ],
    [
      "one of two managed policies",
      "user",
      [managed("a", long(2000)), managed("b", long(6145))],
      "AWS refuses the managed policy b, of 6145 characters without white space: 6144 at most.",
    ],
  ])("%s of a %s are never made", (_, kind, policies, sentence) => {
    expect(notesOf(kind, ...policies)).toEqual(sentence === undefined ? [] : [sentence]);
  });
});
