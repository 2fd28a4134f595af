import { describe, expect, it } from "vitest";
import {
  SOURCE_SERVICE,
  SOURCE_SERVICES,
  sourceServiceOf,
  type Trust,
  trustPolicy,
} from "../../../lib/iam/trust-policy.js";

const GITLAB = "arn:aws:iam::123456789012:oidc-provider/gitlab.example.com/id/1";

const CASES: readonly { what: string; trust: Trust; statements: readonly object[] }[] = [
  { what: "nobody", trust: {}, statements: [] },
  {
    what: "nobody, by empty lists",
    trust: { services: [], principalArns: [], externalId: "unused", oidc: [] },
    statements: [],
  },
  {
    what: "services",
    trust: { services: ["lambda.amazonaws.com", "ec2.amazonaws.com"] },
    statements: [
      {
        Effect: "Allow",
        Principal: { Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] },
        Action: ["sts:AssumeRole"],
      },
    ],
  },
  {
    what: "an account, whatever it says",
    trust: { principalArns: ["arn:aws:iam::210987654321:root"] },
    statements: [
      {
        Effect: "Allow",
        Principal: { AWS: ["arn:aws:iam::210987654321:root"] },
        Action: ["sts:AssumeRole"],
      },
    ],
  },
  {
    what: "an account with an external id",
    trust: { principalArns: ["arn:aws:iam::210987654321:root"], externalId: "acme" },
    statements: [
      {
        Effect: "Allow",
        Principal: { AWS: ["arn:aws:iam::210987654321:root"] },
        Action: ["sts:AssumeRole"],
        Condition: { StringEquals: { "sts:ExternalId": ["acme"] } },
      },
    ],
  },
  {
    what: "services of an account and of sources",
    trust: {
      services: ["scheduler.amazonaws.com"],
      sourceAccount: "123456789012",
      sourceArns: ["arn:aws:scheduler:*:123456789012:schedule-group/video"],
    },
    statements: [
      {
        Effect: "Allow",
        Principal: { Service: ["scheduler.amazonaws.com"] },
        Action: ["sts:AssumeRole"],
        Condition: {
          StringEquals: { "aws:SourceAccount": ["123456789012"] },
          ArnLike: { "aws:SourceArn": ["arn:aws:scheduler:*:123456789012:schedule-group/video"] },
        },
      },
    ],
  },
  {
    what: "pods of EKS, whose sessions have tags, beside others",
    trust: { services: ["pods.eks.amazonaws.com", "lambda.amazonaws.com"] },
    statements: [
      {
        Effect: "Allow",
        Principal: { Service: ["lambda.amazonaws.com"] },
        Action: ["sts:AssumeRole"],
      },
      {
        Effect: "Allow",
        Principal: { Service: ["pods.eks.amazonaws.com"] },
        Action: ["sts:AssumeRole", "sts:TagSession"],
      },
    ],
  },
  {
    what: "a role that tags its sessions",
    trust: {
      principalArns: ["arn:aws:iam::123456789012:role/api"],
      externalId: "acme",
      sessionTagKeys: ["team"],
    },
    statements: [
      {
        Effect: "Allow",
        Principal: { AWS: ["arn:aws:iam::123456789012:role/api"] },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: { "sts:ExternalId": ["acme"] },
          "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] },
        },
      },
    ],
  },
  {
    what: "claims of a token",
    trust: {
      oidc: [
        {
          providerArn: GITLAB,
          audiences: ["a"],
          subjects: ["b:1"],
          claims: { project_id: ["1", "2"], ref_protected: ["true"] },
        },
      ],
    },
    statements: [
      {
        Effect: "Allow",
        Principal: { Federated: [GITLAB] },
        Action: ["sts:AssumeRoleWithWebIdentity"],
        Condition: {
          StringEquals: {
            "gitlab.example.com/id/1:aud": ["a"],
            "gitlab.example.com/id/1:project_id": ["1", "2"],
            "gitlab.example.com/id/1:ref_protected": ["true"],
          },
          StringLike: { "gitlab.example.com/id/1:sub": ["b:1"] },
        },
      },
    ],
  },
  {
    what: "an issuer with a path",
    trust: {
      oidc: [
        {
          providerArn: GITLAB,
          audiences: ["a", "b"],
          subjects: ["project_path:acme/*"],
          claims: {},
        },
      ],
    },
    statements: [
      {
        Effect: "Allow",
        Principal: { Federated: [GITLAB] },
        Action: ["sts:AssumeRoleWithWebIdentity"],
        Condition: {
          StringEquals: { "gitlab.example.com/id/1:aud": ["a", "b"] },
          StringLike: { "gitlab.example.com/id/1:sub": ["project_path:acme/*"] },
        },
      },
    ],
  },
];

describe("a trust policy", () => {
  it.each(CASES)("for $what", ({ trust, statements }) => {
    expect(trustPolicy(trust)).toStrictEqual({ Version: "2012-10-17", Statement: statements });
  });

  it("has one statement for each provider", () => {
    const one = { providerArn: GITLAB, audiences: ["a"], subjects: ["b:1"], claims: {} };

    expect(trustPolicy({ services: ["x"], oidc: [one, one] }).Statement).toHaveLength(3);
  });
});

describe("the service in the ARNs of what a service acts for", () => {
  it.each([
    ["ecs-tasks.amazonaws.com", "ecs"],
    ["states.us-east-1.amazonaws.com", "states"],
    ["events.amazonaws.com", "events"],
    ["lambda.amazonaws.com", "lambda"],
  ])("of %s is %s", (principal, service) => {
    expect(sourceServiceOf(principal)).toBe(service);
  });
});

describe("the services that say for whom they act", () => {
  const SAYS_FOR = new RegExp(SOURCE_SERVICE);

  it.each([
    ["ecs-tasks", "/AmazonECS/"],
    ["events", "/eventbridge/"],
    ["pipes", "/eventbridge/"],
    ["scheduler", "/scheduler/"],
    ["states", "/step-functions/"],
  ])("hold %s, as a page of AWS says, in a region and in China, too", (name, page) => {
    const principal = `${name}.amazonaws.com`;

    expect(SOURCE_SERVICES.find((service) => service.name === name)?.page).toMatch(
      `https://docs.aws.amazon.com${page}`,
    );
    expect([principal, `${name}.eu-west-1.amazonaws.com`, `${principal}.cn`]).toSatisfy(
      (principals: readonly string[]) => principals.every((one) => SAYS_FOR.test(one)),
    );
  });

  it.each([
    ...["lambda.amazonaws.com", "ec2.amazonaws.com", "amazonaws.com", "my-events.amazonaws.com"],
    ...["events.amazonaws.com.evil.org", "eventspipes.amazonaws.com", "eventsXamazonaws.com"],
  ])("do not hold %s", (principal) => {
    expect(SAYS_FOR.test(principal)).toBe(false);
  });
});
