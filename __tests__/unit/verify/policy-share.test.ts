import { describe, expect, it } from "vitest";
import { UnknownPart } from "../../../lib/iam/evaluate/unknown-part.js";
import { userPolicy } from "../../../lib/remotion/policies.js";
import type { Principal } from "../../../lib/terraform/principal.js";
import type { PolicyShare, Verification } from "../../../lib/verify/answer.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options, policy, principal } from "./support.js";

const { Statement, ...rest } = userPolicy();
const onS3 = Statement.filter(({ Action }) => Action.every((action) => action.startsWith("s3:")));
const others = Statement.filter((statement) => !onS3.includes(statement));

function verificationOf(given: Partial<Principal>, tellsShares = true): Verification {
  const user = principal({ kind: "user", name: "remotion-user", ...given });
  const { verified } = verifyReading(
    { source: "plan", principals: [user] },
    options({ tellsShares }),
  );
  const [verification] = verified;
  if (verification === undefined) {
    throw new Error("It is there for Remotion.");
  }
  return verification;
}

/** The actions that a share has, of all APIs. */
function actionsOf({ apis }: Verification, share: PolicyShare | undefined): ReadonlySet<string> {
  return new Set(
    apis.flatMap(({ calls }, api) =>
      (share?.allows[api] ?? []).map((call) => calls[call]?.action ?? "no such call"),
    ),
  );
}

const SPLIT = [
  { ...policy("s3", { ...rest, Statement: onS3 }), is: "managed" as const },
  { ...policy("others", { ...rest, Statement: others }), is: "inline" as const },
];

describe("what a policy allows by itself", () => {
  it("is told of each policy, and together it is all", () => {
    const verification = verificationOf({ policies: SPLIT });
    const [s3, other] = verification.shares ?? [];

    expect([s3?.name, s3?.is, other?.name, other?.is]).toEqual([
      "s3",
      "managed",
      "others",
      "inline",
    ]);
    expect([...actionsOf(verification, s3)].every((action) => action.startsWith("s3:"))).toBe(true);
    expect([...actionsOf(verification, other)].some((action) => action.startsWith("s3:"))).toBe(
      false,
    );
    for (const [api, { answer, calls }] of verification.apis.entries()) {
      const both = [...(s3?.allows[api] ?? []), ...(other?.allows[api] ?? [])];
      expect({ answer, calls: both.sort((a, b) => a - b) }).toEqual({
        answer: "allowed",
        calls: [...calls.keys()],
      });
    }
  });

  it("is what it would be without the denial of another one", () => {
    const denying = policy("deny", {
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "*" }],
    });
    const verification = verificationOf({ policies: [...SPLIT, denying] });
    const [s3, , deny] = verification.shares ?? [];

    expect(actionsOf(verification, s3)).toContain("s3:GetObject");
    expect(actionsOf(verification, deny)).toEqual(new Set());
    expect(verification.apis.some(({ answer }) => answer === "missing")).toBe(true);
  });

  it("is nothing of what is not told, with the cause", () => {
    const unread = {
      name: "",
      arn: "arn:aws:iam::123456789012:policy/other",
      address: "aws_iam_user_policy_attachment.x",
      cause: "it is not in the file",
      give: "it",
      maybe: false,
      mayDeny: true,
    };
    const { shares } = verificationOf({
      policies: [
        policy("late", new UnknownPart("it is known only after the apply", "it")),
        ...SPLIT,
      ],
      unread: [unread],
      boundary: { arn: "arn:aws:iam::123456789012:policy/limit", document: undefined },
    });

    expect(shares?.map(({ name, is, untold }) => [name, is, untold])).toEqual([
      ["late", undefined, "it is known only after the apply"],
      ["s3", "managed", undefined],
      ["others", "inline", undefined],
      ["arn:aws:iam::123456789012:policy/other", undefined, "it is not in the file"],
      ["arn:aws:iam::123456789012:policy/limit", "boundary", "it is not in the file"],
    ]);
    expect(
      shares?.filter(({ untold }) => untold !== undefined).flatMap(({ allows }) => allows),
    ).toEqual([]);
  });

  it("is told of a boundary, as if it were a policy", () => {
    const verification = verificationOf({
      policies: SPLIT,
      boundary: {
        arn: "arn:aws:iam::123456789012:policy/limit",
        document: { ...rest, Statement: onS3 },
      },
    });
    const limit = verification.shares?.at(-1);

    expect(limit?.is).toBe("boundary");
    expect(actionsOf(verification, limit)).toContain("s3:GetObject");
    expect(actionsOf(verification, limit)).not.toContain("lambda:InvokeFunction");
  });

  it("changes no answer, and is not told where nobody asks", () => {
    const { shares, ...told } = verificationOf({ policies: SPLIT });
    const { shares: none, ...others } = verificationOf({ policies: SPLIT }, false);

    expect(none).toBeUndefined();
    expect(shares).toHaveLength(2);
    expect(JSON.stringify(told)).toBe(JSON.stringify(others));
  });
});
