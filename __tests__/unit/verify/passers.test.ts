import { describe, expect, it } from "vitest";
import type { Principal } from "../../../lib/terraform/principal.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { processorTimer } from "../../support/processor-time.js";

/** Something that Remotion needs of its functions' role, and something that it needs of callers. */
const POLICY = {
  Statement: [
    { Effect: "Allow", Action: "logs:PutLogEvents", Resource: "*" },
    { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: "*" },
  ],
};

const TRUSTS_LAMBDA = {
  Statement: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" } },
};

const principal = (kind: "user" | "role", name: string, document: unknown): Principal => ({
  kind,
  name,
  arn: `arn:aws:iam::*:${kind}/video/${name}`,
  address: `aws_iam_${kind}.${name}`,
  policies: [{ name, address: "", document }],
  boundary: undefined,
  trust: kind === "role" ? TRUSTS_LAMBDA : undefined,
  notes: [],
});

const passing = (...statements: object[]) => ({
  Version: "2012-10-17",
  Statement: statements.map((statement) => ({
    Effect: "Allow",
    Action: "iam:PassRole",
    ...statement,
  })),
});

const actorsOf = (...principals: Principal[]) =>
  verifyReading(
    { source: "plan", principals },
    { profile: "full", roleProfile: "full", scope: {} },
  ).verified.map(({ principal: name, part }) => `${name}: ${part.actor}`);

const ROLE = principal("role", "renderer", POLICY);

describe("a role that Lambda may take on is the role of functions where somebody may pass it", () => {
  it.each<[string, object]>([
    ["by its ARN", { Resource: "arn:aws:iam::123456789012:role/video/renderer" }],
    ["in any account", { Resource: "arn:aws:iam::*:role/video/renderer" }],
    ["in any path", { Resource: "arn:aws:iam::*:role/*/renderer" }],
    ["by the beginning of its name", { Resource: "arn:aws:iam::*:role/video/rend*" }],
    ["by its path", { Resource: ["arn:aws:iam::*:role/other", "arn:aws:iam::*:role/video/*"] }],
    ["as any role", { Resource: "*" }],
    ["as any role but another", { NotResource: "arn:aws:iam::*:role/other" }],
    ["by an ARN that stops short", { Resource: "arn:aws:iam::*" }],
    ["by any action", { Action: "iam:*", Resource: "arn:aws:iam::*:role/video/renderer" }],
    [
      "to Lambda",
      {
        Resource: "*",
        Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
      },
    ],
  ])("%s", (_name, statement) => {
    expect(actorsOf(ROLE, principal("user", "deployer", passing(statement)))).toContain(
      "renderer: role",
    );
  });
});

describe("it is a caller", () => {
  const otherwise = { Resource: "arn:aws:iam::*:role/video/renderer" };

  it.each<[string, object[]]>([
    ["where only another role may be passed", [{ Resource: "arn:aws:iam::*:role/other" }]],
    [
      "where a role of that name in another path may be",
      [{ Resource: "arn:aws:iam::*:role/renderer" }],
    ],
    ["where a name in another case may be", [{ Resource: "arn:aws:iam::*:role/video/Renderer" }]],
    ["where passing it is denied", [otherwise, { ...otherwise, Effect: "Deny" }]],
    [
      "where it may be passed to something else",
      [
        {
          ...otherwise,
          Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
        },
      ],
    ],
    [
      "where the name of whoever asks would have to be its own",
      [{ Resource: "arn:aws:iam::*:role/${aws:username}/renderer" }],
    ],
  ])("%s", (_name, statements) => {
    expect(actorsOf(ROLE, principal("user", "deployer", passing(...statements)))).toContain(
      "renderer: user",
    );
  });
});

it("a malformed policy that would pass roles is named as it is", () => {
  const deployer = principal("user", "deployer", passing({ Resource: "*", Unknown: 1 }));
  expect(() => actorsOf(ROLE, deployer)).toThrow(/^Policy "deployer", Statement\[0\]/);
});

describe("thousands of roles, each of which another user may pass", () => {
  it("take no longer than their number", () => {
    const principals = Array.from({ length: 3000 }, (_, index) => [
      principal("role", `renderer-${index}`, POLICY),
      principal(
        "user",
        `deployer-${index}`,
        passing({ Resource: `arn:aws:iam::*:role/video/renderer-${index}` }),
      ),
    ]).flat();
    const elapsed = processorTimer();
    const actors = actorsOf(...principals);
    const milliseconds = elapsed();

    expect(actors.filter((actor) => actor.endsWith("role"))).toHaveLength(3000);
    // Under a second is usual; with every user asked for every role it was 17.
    expect(milliseconds).toBeLessThan(3000);
  });
});
