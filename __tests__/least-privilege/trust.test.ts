import { describe, expect, it } from "vitest";
import {
  compileTrustPolicy,
  evaluateTrust,
  type TrustRequest,
} from "../../lib/iam/evaluate/trust.js";
import { type Trust, trustPolicy } from "../../lib/iam/trust-policy.js";
import { ACCOUNT, CALLERS, GITHUB, OTHER_ACCOUNT } from "../support/callers.js";
import { type AssumeRequest, mayAssume, trustPolicyErrors } from "./support/simulate-trust.js";

/*
 * Whom the trust policies of the examples let in, by an evaluator that is not ours, and by ours. Every
 * caller from IAM may do all of STS on its own side, so the trust policy alone decides.
 */

const ASSUME = "sts:AssumeRole";
const TAG_SESSION = "sts:TagSession";
const WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";
const ISSUER = "token.actions.githubusercontent.com";
const EXTERNAL_ID = CALLERS["another-account"].externalId;

/** Somebody with what is usual for such a caller, but for what is given. */
type Requests = Readonly<Record<string, AssumeRequest>>;

const from = (
  principal: string | undefined,
  action = ASSUME,
  context: AssumeRequest["context"] = {},
): AssumeRequest => ({ principal, action, context });

const fromGithub = (sub: string, aud = "sts.amazonaws.com"): AssumeRequest =>
  from(GITHUB, WEB_IDENTITY, { [`${ISSUER}:aud`]: aud, [`${ISSUER}:sub`]: sub });

const withId = (principal: string | undefined, id: string = EXTERNAL_ID): AssumeRequest =>
  from(principal, ASSUME, { "sts:ExternalId": id });

const iam = (account: string, name: string) => `arn:aws:iam::${account}:${name}`;

/** Whoever a role for a service must not let in. */
const notTheService = (service: string, others: readonly string[]): Requests => ({
  ...Object.fromEntries(others.map((other) => [`the service ${other}`, from(other)])),
  "a service of a like name": from(`x${service}`),
  "the account itself": from(iam(ACCOUNT, "root")),
  "a role of the account": from(iam(ACCOUNT, "role/admin")),
  "a user of the account": from(iam(ACCOUNT, "user/admin")),
  "a role of another account": from(iam(OTHER_ACCOUNT, "role/admin")),
  "a role that is called like the service": from(iam(ACCOUNT, `role/${service}`)),
  "somebody with a token of GitHub's": fromGithub("repo:acme/video:ref:refs/heads/main"),
  "a stranger": from(undefined),
  "the service, by web identity": from(service, WEB_IDENTITY),
  "the service, by SAML": from(service, "sts:AssumeRoleWithSAML"),
  "the service, to tag its session": from(service, "sts:TagSession"),
});

interface TrustCases {
  readonly trust: Trust;
  readonly right: Requests;
  readonly wrong: Requests;
}

const ROLE = iam(OTHER_ACCOUNT, "role/video-api");

/** A call of EventBridge's for a schedule of a group. */
function scheduled(account: string, group: string): AssumeRequest {
  return from("scheduler.amazonaws.com", ASSUME, {
    "aws:SourceAccount": account,
    "aws:SourceArn": `arn:aws:scheduler:us-east-1:${account}:schedule-group/${group}`,
  });
}

/** Whoever a role for one role of another account must not let in. */
const NOT_THE_ROLE: Requests = {
  "the role without an external id": from(ROLE),
  "the role with another external id": withId(ROLE, "acme-0"),
  "the role with a longer external id": withId(ROLE, `${EXTERNAL_ID}0`),
  "the role with the external id in capitals": withId(ROLE, EXTERNAL_ID.toUpperCase()),
  "the role with a star for an external id": withId(ROLE, "*"),
  "the role with an empty external id": withId(ROLE, ""),
  "the role, by web identity": from(ROLE, WEB_IDENTITY, { "sts:ExternalId": EXTERNAL_ID }),
  "another role of its account": withId(iam(OTHER_ACCOUNT, "role/admin")),
  "a role of its name in a path": withId(iam(OTHER_ACCOUNT, "role/admin/video-api")),
  "a user of its name": withId(iam(OTHER_ACCOUNT, "user/video-api")),
  "its account": withId(iam(OTHER_ACCOUNT, "root")),
  "a role of its name in this account": withId(iam(ACCOUNT, "role/video-api")),
  "a role of its name in a third account": withId(iam("999999999999", "role/video-api")),
  "a service": withId("lambda.amazonaws.com"),
  "a stranger": withId(undefined),
};

const CASES: Readonly<Record<string, TrustCases>> = {
  lambda: {
    trust: CALLERS.lambda,
    right: { Lambda: from("lambda.amazonaws.com") },
    wrong: notTheService("lambda.amazonaws.com", [
      "ec2.amazonaws.com",
      "edgelambda.amazonaws.com",
      "ecs-tasks.amazonaws.com",
    ]),
  },
  ec2: {
    trust: CALLERS.ec2,
    right: { EC2: from("ec2.amazonaws.com") },
    wrong: notTheService("ec2.amazonaws.com", [
      "lambda.amazonaws.com",
      "ecs-tasks.amazonaws.com",
      "autoscaling.amazonaws.com",
    ]),
  },
  fargate: {
    trust: CALLERS.fargate,
    right: { "an ECS task": from("ecs-tasks.amazonaws.com") },
    wrong: notTheService("ecs-tasks.amazonaws.com", [
      "ecs.amazonaws.com",
      "ec2.amazonaws.com",
      "lambda.amazonaws.com",
    ]),
  },
  "github-actions": {
    trust: CALLERS["github-actions"],
    right: {
      "a job on the branch main": fromGithub("repo:acme/video:ref:refs/heads/main"),
      "a job in an environment": fromGithub("repo:acme/video:environment:production"),
      "a job of a repository with numbers": fromGithub(
        "repo:acme@123456/video@456789:ref:refs/heads/main",
      ),
    },
    wrong: {
      "another branch": fromGithub("repo:acme/video:ref:refs/heads/mine"),
      "a branch that begins alike": fromGithub("repo:acme/video:ref:refs/heads/main2"),
      "a tag called main": fromGithub("repo:acme/video:ref:refs/tags/main"),
      "a pull request": fromGithub("repo:acme/video:pull_request"),
      "another repository": fromGithub("repo:acme/other:ref:refs/heads/main"),
      "a repository that begins alike": fromGithub("repo:acme/video2:environment:production"),
      "another owner": fromGithub("repo:evil/video:ref:refs/heads/main"),
      "an owner that ends alike": fromGithub("repo:not-acme/video:environment:production"),
      "an owner whose branch is called like the subject": fromGithub(
        "repo:evil/x:ref:refs/heads/repo:acme/video:environment:production",
      ),
      "another owner of the same name, with its number": fromGithub(
        "repo:acme@654321/video@456789:ref:refs/heads/main",
      ),
      "another repository of the same name, with its number": fromGithub(
        "repo:acme@123456/video@987654:ref:refs/heads/main",
      ),
      "another case": fromGithub("repo:Acme/video:ref:refs/heads/main"),
      "another audience": fromGithub(
        "repo:acme/video:ref:refs/heads/main",
        "https://github.com/acme",
      ),
      "no subject": from(GITHUB, WEB_IDENTITY, { [`${ISSUER}:aud`]: "sts.amazonaws.com" }),
      "no audience": from(GITHUB, WEB_IDENTITY, {
        [`${ISSUER}:sub`]: "repo:acme/video:ref:refs/heads/main",
      }),
      "another issuer with the same claims": {
        ...fromGithub("repo:acme/video:ref:refs/heads/main"),
        principal: iam(ACCOUNT, "oidc-provider/gitlab.com"),
      },
      "the same issuer in another account": {
        ...fromGithub("repo:acme/video:ref:refs/heads/main"),
        principal: GITHUB.replace(ACCOUNT, OTHER_ACCOUNT),
      },
      "claims of another issuer": from(GITHUB, WEB_IDENTITY, {
        "gitlab.com:aud": "sts.amazonaws.com",
        "gitlab.com:sub": "repo:acme/video:ref:refs/heads/main",
      }),
      "the right claims, without web identity": {
        ...fromGithub("repo:acme/video:ref:refs/heads/main"),
        action: ASSUME,
      },
      "a role of the account": from(iam(ACCOUNT, "role/admin")),
      "a service": from("lambda.amazonaws.com"),
      "a stranger with the right claims": {
        ...fromGithub("repo:acme/video:ref:refs/heads/main"),
        principal: undefined,
      },
    },
  },
  "pods of EKS": {
    trust: { services: ["pods.eks.amazonaws.com"] },
    right: {
      "EKS, for a pod": from("pods.eks.amazonaws.com"),
      "EKS, which tags the session": from("pods.eks.amazonaws.com", TAG_SESSION, {
        "aws:RequestTag/kubernetes-namespace": "video",
      }),
    },
    wrong: Object.fromEntries(
      Object.entries(
        notTheService("pods.eks.amazonaws.com", [
          "eks.amazonaws.com",
          "ec2.amazonaws.com",
          "lambda.amazonaws.com",
        ]),
      ).filter(([name]) => name !== "the service, to tag its session"),
    ),
  },
  "schedules of this account": {
    trust: {
      services: ["scheduler.amazonaws.com"],
      sourceAccount: ACCOUNT,
      sourceArns: [`arn:aws:scheduler:*:${ACCOUNT}:schedule-group/video`],
    },
    right: { "a schedule of the group": scheduled(ACCOUNT, "video") },
    wrong: {
      ...notTheService("scheduler.amazonaws.com", ["events.amazonaws.com", "ec2.amazonaws.com"]),
      "a schedule of another group": scheduled(ACCOUNT, "other"),
      "a schedule of another account": scheduled(OTHER_ACCOUNT, "video"),
      "a schedule that does not say for whom": from("scheduler.amazonaws.com"),
      "a schedule that says its account alone": from("scheduler.amazonaws.com", ASSUME, {
        "aws:SourceAccount": ACCOUNT,
      }),
    },
  },
  "a role that tags its sessions": {
    trust: { principalArns: [ROLE], externalId: EXTERNAL_ID, sessionTagKeys: ["team"] },
    right: {
      "the role without tags": withId(ROLE),
      "the role with its tag": from(ROLE, TAG_SESSION, {
        "sts:ExternalId": EXTERNAL_ID,
        "aws:TagKeys": ["team"],
      }),
    },
    wrong: {
      ...NOT_THE_ROLE,
      "the role with another tag": from(ROLE, TAG_SESSION, {
        "sts:ExternalId": EXTERNAL_ID,
        "aws:TagKeys": ["team", "admin"],
      }),
    },
  },
  "another-account": {
    trust: CALLERS["another-account"],
    right: {
      "the role with the external id": withId(ROLE),
      "a session of the role with the external id": withId(
        `arn:aws:sts::${OTHER_ACCOUNT}:assumed-role/video-api/session`,
      ),
    },
    wrong: NOT_THE_ROLE,
  },
  "a whole account": {
    trust: { principalArns: [iam(OTHER_ACCOUNT, "root")], externalId: EXTERNAL_ID },
    right: {
      "a role of the account": withId(ROLE),
      "a user of the account": withId(iam(OTHER_ACCOUNT, "user/admin")),
    },
    wrong: {
      "a role without an external id": from(ROLE),
      "a role with another external id": withId(ROLE, "acme-0"),
      "a user without an external id": from(iam(OTHER_ACCOUNT, "user/admin")),
      "a role of this account": withId(iam(ACCOUNT, "role/video-api")),
      "a user of this account": withId(iam(ACCOUNT, "user/admin")),
      "this account": withId(iam(ACCOUNT, "root")),
      "a role of a third account": withId(iam("999999999999", "role/video-api")),
      "a role, by web identity": from(ROLE, WEB_IDENTITY, { "sts:ExternalId": EXTERNAL_ID }),
      "a service": withId("ec2.amazonaws.com"),
      "somebody with a token of GitHub's": fromGithub("repo:acme/video:ref:refs/heads/main"),
      "a stranger": withId(undefined),
    },
  },
  "three kinds of caller at once": {
    trust: { ...CALLERS.lambda, ...CALLERS["another-account"], ...CALLERS["github-actions"] },
    right: {
      Lambda: from("lambda.amazonaws.com"),
      "the role with the external id": withId(ROLE),
      "a job on the branch main": fromGithub("repo:acme/video:ref:refs/heads/main"),
    },
    wrong: {
      ...Object.fromEntries(Object.entries(NOT_THE_ROLE).filter(([name]) => name !== "a service")),
      "a pull request": fromGithub("repo:acme/video:pull_request"),
      "another service": from("ec2.amazonaws.com"),
    },
  },
};

describe.each(Object.entries(CASES))("the role for %s", (_caller, { trust, right, wrong }) => {
  const policy = trustPolicy(trust);

  it("has a trust policy as IAM takes it", () => {
    expect(trustPolicyErrors(policy)).toEqual([]);
  });

  it.each(Object.entries(right))("may be assumed by %s", (_name, request) => {
    expect(mayAssume(policy, request)).toBe(true);
    expect(decidesOurs(policy, request)).toBe("allowed");
  });

  it("is tried by ten wrong callers at least", () => {
    expect(Object.keys(wrong).length).toBeGreaterThanOrEqual(10);
  });

  it.each(Object.entries(wrong))("may not be assumed by %s", (_name, request) => {
    expect(mayAssume(policy, request)).toBe(false);
    expect(decidesOurs(policy, request)).toBe("implicitly denied");
  });
});

describe("a wrong caller is told from a right one by the trust policy, and by nothing else", () => {
  const open = { Version: "2012-10-17", Statement: [openTo(ASSUME), openTo(WEB_IDENTITY)] };
  const wrong = Object.values(CASES).flatMap((cases) => Object.entries(cases.wrong));
  const known = wrong.filter(([, { action }]) => [ASSUME, WEB_IDENTITY].includes(action));

  it.each(known)("without it, this caller would get in: %s", (_name, request) => {
    expect(mayAssume(open, request)).toBe(true);
    expect(decidesOurs(open, request)).toBe("allowed");
  });
});

/** What our evaluator says; whoever signs nothing is nobody to it. */
function decidesOurs(policy: object, { principal = "", action, context }: AssumeRequest): string {
  const compiled = compileTrustPolicy(policy, "trust");
  return evaluateTrust({ action, by: partyOf(principal), context }, compiled).decision;
}

function partyOf(principal: string): TrustRequest["by"] {
  if (principal.includes(":oidc-provider/")) {
    return { federated: principal };
  }
  return principal.startsWith("arn:") ? { arn: principal } : { service: principal };
}

function openTo(action: string) {
  return { Effect: "Allow", Principal: "*", Action: action };
}
