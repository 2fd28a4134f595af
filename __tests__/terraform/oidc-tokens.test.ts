import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileTrustPolicy, evaluateTrust } from "../../lib/iam/evaluate/trust.js";
import { claimsOfIssuer, knownIssuer, OIDC_CLAIMS_SOURCE } from "../../lib/iam/oidc-issuers.js";
import { mayAssume } from "../least-privilege/support/simulate-trust.js";
import { startAws } from "../support/aws.js";
import { EDITIONS, moduleSource, PROVIDER } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import {
  ISSUER_TOKENS,
  type IssuerTokens,
  providerOf,
  strangersTo,
  type Token,
} from "../support/oidc-tokens.js";
import { REPOSITORY } from "../support/repository.js";
import { describeAws } from "../support/suites.js";
import { type ResourceChange, Workspace } from "../support/workspace.js";

const ROWS = ISSUER_TOKENS.map((row, index) => ({
  ...row,
  row,
  index,
  name: `${row.issuer}: ${row.trust.subjects[0]}`,
}));

function call(name: string, source: string, { issuer, trust }: IssuerTokens): string {
  const { audiences, subjects, claims, owner } = trust;
  const trusted = { provider_arn: providerOf(issuer), audiences, subjects, claims, owner };
  return `
module "${name}" {
  source       = "${source}"
  name         = "${name}"
  trusted_oidc = [${JSON.stringify(trusted)}]
}
`;
}

/** Whether two evaluators alike let a token in. */
function isLetIn(trustPolicy: object, issuer: string, token: Token): boolean {
  const context = Object.fromEntries(
    Object.entries(token).map(([claim, value]) => [`${issuer}:${claim}`, value]),
  );
  const action = "sts:AssumeRoleWithWebIdentity";
  const ours = evaluateTrust(
    { action, by: { federated: providerOf(issuer) }, context },
    compileTrustPolicy(trustPolicy, "trust"),
  ).decision;
  const theirs = mayAssume(trustPolicy, { principal: providerOf(issuer), action, context });
  expect(theirs).toBe(ours === "allowed");
  return theirs;
}

describeAws("The trust policy of a plan, and the tokens of an issuer", () => {
  let moto: Moto;
  let changes: readonly ResourceChange[] = [];
  beforeAll(async () => {
    moto = await startAws();
    const workspace = new Workspace(moto.environment);
    const calls = EDITIONS.flatMap((edition) =>
      ROWS.map(({ row, index }) =>
        call(`${edition}-${index}`, moduleSource("remotion-execution-role", edition), row),
      ),
    );
    await workspace.write("main.tf", [PROVIDER, ...calls].join("\n")).init();
    changes = (await workspace.plan()).resource_changes ?? [];
    workspace.remove();
  });
  afterAll(() => moto.stop());

  const trustOf = (edition: string, index: number): object => {
    const address = `module.${edition}-${index}.aws_iam_role.this`;
    const after = changes.find((change) => change.address === address)?.change.after;
    return JSON.parse(String(after?.["assume_role_policy"]));
  };

  describe.each(EDITIONS)("%s", (edition) => {
    it.each(ROWS)("lets the right ones in: $name", ({ issuer, right, index }) => {
      const trust = trustOf(edition, index);
      expect(right).not.toEqual([]);
      expect(right.map((token) => isLetIn(trust, issuer, token))).toEqual(right.map(() => true));
    });

    it.each(ROWS)("lets ten strangers stand outside: $name", ({ issuer, row, index }) => {
      const trust = trustOf(edition, index);
      const strangers = strangersTo(row);
      const letIn = strangers.filter((stranger) =>
        isLetIn(trust, stranger.issuer ?? issuer, stranger.token),
      );
      expect(strangers).toHaveLength(10);
      expect(letIn).toEqual([]);
    });
  });
});

describe("docs/OIDC-ISSUERS.md", () => {
  it("has every issuer, its tokens and its strangers", async () => {
    await expect(page()).toMatchFileSnapshot(join(REPOSITORY, "docs", "OIDC-ISSUERS.md"));
  });
});

/** The page: written by `npx vitest run -u` of this file. */
function page(): string {
  const shapes = [...new Set(ISSUER_TOKENS.map(({ issuer }) => issuer))].map((issuer) => {
    const known = knownIssuer(issuer);
    const claims = claimsOfIssuer(issuer).map((claim) => `\`${claim}\``);
    const subject = known === undefined ? "exact, or behind `owner`" : `\`${known.example}\``;
    const page = known === undefined ? "" : `[page](${known.page})`;
    return `| \`${issuer}\` | ${subject} | ${claims.join(", ") || "none"} | ${page} |`;
  });
  const rows = ISSUER_TOKENS.flatMap((row) => {
    const { issuer, trust, right } = row;
    const claims = Object.entries(trust.claims).map(([claim, values]) => `${claim} = ${values}`);
    const trusted = [...trust.subjects, ...claims].map((part) => `\`${part}\``).join("<br>");
    return [
      ...right.map((token) => `| \`${issuer}\` | ${trusted} | ${shown(token)} | accepted |`),
      ...strangersTo(row).map(
        ({ who, token, issuer: other }) =>
          `| | | ${who}: ${shown(token)}${other === undefined ? "" : ` of \`${other}\``} | refused |`,
      ),
    ];
  });
  return `# OIDC issuers, and whose tokens a role takes

What \`trusted_oidc\` of the modules, and \`trustedOidc\` of the constructs, let in. The first table says how a
subject is written so that only you can be given it: what stands there literally has to, and wildcards come behind
it. For an issuer that is not known, a wildcard is taken at the end alone, behind the beginning that you name as
\`owner\`. Claims are compared as they stand; AWS evaluates those of the table and no others
(${OIDC_CLAIMS_SOURCE}), beside \`sub\` and \`aud\`.

| Issuer | A subject | Claims | |
| --- | --- | --- | --- |
${shapes.join("\n")}

A subject that GitHub makes of \`job_workflow_ref\` alone is given to every repository that may call that workflow, and names
the workflow's owner, not the caller's: of a workflow in a public repository that is anybody. Trust it together with a
claim that only your repositories have, \`claims = { repository_owner_id = ["123456"] }\`. At a GitLab of your own where
anybody may register, and at an Auth0 where anybody may sign up, a colleague is whoever did: write subjects out there.

Each row of the second table is a test: the trust policy of the module's plan, in both editions, is evaluated
against the token by two evaluators.

| Issuer | Trusted | Token | |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}

function shown(token: Token): string {
  const { sub, aud, ...claims } = token;
  const parts = { ...(sub === undefined ? {} : { sub }), aud, ...claims };
  return Object.entries(parts)
    .map(([claim, value]) => `\`${claim}: ${value}\``)
    .join(", ");
}
