import { describe, expect, it } from "vitest";
import { UnknownPart } from "../../../lib/iam/evaluate/unknown-part.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options, policy, principal } from "./support.js";

const later = new UnknownPart("it is known only after the apply", "the plan after the apply");
const everything = { Statement: { Effect: "Allow", Action: "*", Resource: "*" } };
const nothingOfRemotion = { Statement: { Effect: "Allow", Action: "sqs:*", Resource: "*" } };
const unread = {
  name: "other",
  arn: undefined,
  address: "",
  cause: "its text is not in the file",
  give: "--policy ARN=FILE",
  maybe: false,
  mayDeny: true,
};

describe("who may call by what is told is no bystander for what is not", () => {
  it.each([
    ["everything", { policies: [policy("p", everything)] }, false],
    [
      "everything, and what is known later",
      { policies: [policy("p", everything), policy("q", later)] },
      false,
    ],
    [
      "everything, and a policy from elsewhere",
      { policies: [policy("p", everything)], unread: [unread] },
      false,
    ],
    [
      "nothing of Remotion's, and what is known later",
      { policies: [policy("p", nothingOfRemotion), policy("q", later)] },
      true,
    ],
    [
      "nothing of Remotion's, and a policy from elsewhere",
      { policies: [policy("p", nothingOfRemotion)], unread: [unread] },
      true,
    ],
  ])("%s", (_, given, isBystander) => {
    const one = principal({ name: "worker", ...given });
    const { bystanders, verified } = verifyReading(
      { source: "plan", principals: [one] },
      options(),
    );
    expect(bystanders).toEqual(isBystander ? ["worker"] : []);
    expect(verified.map(({ standing }) => standing)).toEqual(isBystander ? [] : ["able"]);
  });
});
