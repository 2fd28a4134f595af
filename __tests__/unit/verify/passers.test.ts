import { describe, expect, it } from "vitest";
import type { Principal } from "../../../lib/terraform/principal.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { processorTimer } from "../../support/processor-time.js";
import { options, principal as principalOf } from "./support.js";

/** Something that Remotion needs of its functions' role, and something that it needs of callers. */
const POLICY = {
  Statement: [
    { Effect: "Allow", Action: "logs:PutLogEvents", Resource: "*" },
    { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: "*" },
  ],
};

const TRUSTS_LAMBDA = {
  Statement: {
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: "sts:AssumeRole",
  },
};

const principal = (kind: "user" | "role", name: string, document: unknown): Principal =>
  principalOf({
    kind,
    name,
    arn: `arn:aws:iam::*:${kind}/video/${name}`,
    address: `aws_iam_${kind}.${name}`,
    policies: [{ name, address: "", document }],
    trust: kind === "role" ? TRUSTS_LAMBDA : undefined,
  });

/** What makes its user one of Remotion's. */
const CREATES_FUNCTIONS = {
  Effect: "Allow",
  Action: "lambda:CreateFunction",
  Resource: "arn:aws:lambda:*:*:function:remotion-render-*",
};

const passing = (...statements: object[]) => ({
  Version: "2012-10-17",
  Statement: [
    CREATES_FUNCTIONS,
    ...statements.map((statement) => ({ Effect: "Allow", Action: "iam:PassRole", ...statement })),
  ],
});

const actorsOf = (...principals: Principal[]) =>
  verifyReading({ source: "plan", principals }, options()).verified.map(
    ({ principal: name, part }) => `${name}: ${part.actor}`,
  );

const ROLE = principal("role", "renderer", POLICY);

describe("a role that Lambda may assume is the role of functions where one of Remotion's may pass it", () => {
  it.each<[string, object]>([
    ["by its ARN", { Resource: "arn:aws:iam::123456789012:role/video/renderer" }],
    ["in any account", { Resource: "arn:aws:iam::*:role/video/renderer" }],
    [
      "beside others",
      { Resource: ["arn:aws:iam::*:role/other", "arn:aws:iam::*:role/video/renderer"] },
    ],
    ["by any action", { Action: "iam:*", Resource: "arn:aws:iam::*:role/video/renderer" }],
    [
      "to Lambda",
      {
        Resource: "arn:aws:iam::*:role/video/renderer",
        Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
      },
    ],
  ])("%s", (_name, statement) => {
    expect(actorsOf(ROLE, principal("user", "deployer", passing(statement)))).toContain(
      "renderer: role",
    );
  });
});

describe("whoever may pass all roles but some", () => {
  it("is asked for any of those that are there, where a boundary leaves one", () => {
    const roles = ["first", "second"].map((name) =>
      principal("role", `remotion-lambda-role-${name}`, POLICY),
    );
    const boundary = {
      arn: "arn:aws:iam::123456789012:policy/boundary",
      document: {
        Statement: [
          { Effect: "Allow", NotAction: "iam:PassRole", Resource: "*" },
          {
            Effect: "Allow",
            Action: "iam:PassRole",
            Resource: "arn:aws:iam::*:role/video/remotion-lambda-role-second",
          },
        ],
      },
    };
    const user = {
      ...principal("user", "remotion-user", {
        Statement: { Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::other" },
      }),
      boundary,
    };
    const { verified } = verifyReading({ source: "plan", principals: [user, ...roles] }, options());
    const passing = verified
      .filter(({ principal: name }) => name === "remotion-user")
      .flatMap(({ apis }) => apis.flatMap(({ calls }) => calls))
      .filter(({ action }) => action === "iam:PassRole");

    expect(passing).not.toEqual([]);
    expect(new Set(passing.map(({ answer }) => answer))).toEqual(new Set(["allowed"]));
  });
});

describe("it is a caller", () => {
  const otherwise = { Resource: "arn:aws:iam::*:role/video/renderer" };

  it.each<[string, object[]]>([
    ["where it may be passed as any role is", [{ Resource: "*" }]],
    ["where the beginning of its name is named", [{ Resource: "arn:aws:iam::*:role/video/rend*" }]],
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

it("is a caller where whoever may pass it is none of Remotion's", () => {
  const statement = { Effect: "Allow", Action: "iam:PassRole", Resource: ROLE.arn };
  const deployer = principal("user", "deployer", { Statement: [statement] });

  expect(actorsOf(ROLE, deployer)).toContain("renderer: user");
});

it("a malformed policy is told with whoever has it, and ends nothing", () => {
  const malformed = passing({ Resource: "arn:aws:iam::*:role/video/renderer", Unknown: 1 });
  const principals = [ROLE, principal("user", "deployer", malformed)];
  const { verified } = verifyReading({ source: "plan", principals }, options());

  expect(verified.map(({ principal: name, notes }) => [name, notes])).toEqual([
    ["renderer", []],
    ["deployer", [expect.stringMatching(/^IAM refuses it: Policy "deployer", Statement\[1\]/)]],
  ]);
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
    expect(milliseconds).toBeLessThan(5000);
  });
});
