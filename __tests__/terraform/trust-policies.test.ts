import { afterAll, beforeAll, expect, it } from "vitest";
import { type Trust, trustPolicy } from "../../lib/iam/trust-policy.js";
import { startAws } from "../support/aws.js";
import { CALLERS, GITHUB } from "../support/callers.js";
import { IamApi } from "../support/iam-api.js";
import { EDITIONS, moduleSource, PROVIDER } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { describeAws } from "../support/suites.js";
import { type ResourceChange, Workspace } from "../support/workspace.js";

const GITLAB = GITHUB.replace("token.actions.githubusercontent.com", "gitlab.example.com/sso");

const TRUSTS: readonly (readonly [string, Trust])[] = [
  ...Object.entries<Trust>(CALLERS),
  ["several services", { services: ["lambda.amazonaws.com", "ec2.amazonaws.com"] }],
  [
    "principals without an external id",
    {
      principalArns: [
        "arn:aws:iam::210987654321:root",
        "arn:aws:iam::123456789012:role/video/api",
        "arn:aws:iam::123456789012:user/ada",
      ],
    },
  ],
  [
    "two issuers",
    {
      oidc: [
        ...CALLERS["github-actions"].oidc,
        {
          providerArn: GITLAB,
          audiences: ["a", "b"],
          subjects: ["project_path:acme/*"],
          claims: {},
        },
      ],
    },
  ],
  [
    "services of an account and of sources, by EventBridge and Step Functions",
    {
      services: ["scheduler.amazonaws.com", "states.us-east-1.amazonaws.com"],
      sourceAccount: "123456789012",
      sourceArns: [
        "arn:aws:scheduler:*:123456789012:schedule-group/*",
        "arn:aws:states:*:123456789012:stateMachine:*",
      ],
    },
  ],
  [
    "an account of services alone",
    { services: ["ecs-tasks.amazonaws.com"], sourceAccount: "123456789012" },
  ],
  ["pods of EKS", { services: ["pods.eks.amazonaws.com"] }],
  [
    "pods of EKS beside functions",
    { services: ["lambda.amazonaws.com", "pods.eks.amazonaws.com"] },
  ],
  [
    "a role that tags its sessions",
    {
      principalArns: ["arn:aws:iam::123456789012:role/video/api"],
      externalId: "acme-4f1c9e07",
      sessionTagKeys: ["team", "cost-centre"],
    },
  ],
  [
    "the claims of a token",
    {
      oidc: [
        {
          providerArn: GITHUB,
          audiences: ["sts.amazonaws.com"],
          subjects: ["repo:acme@123456/video@456789:*"],
          claims: { repository_id: ["456789"], environment: ["production", "staging"] },
        },
      ],
    },
  ],
  [
    "all kinds of caller at once",
    { ...CALLERS.fargate, ...CALLERS["another-account"], ...CALLERS["github-actions"] },
  ],
];

/** A call of the module under depends_on, with a policy and a function's name of the same apply. */
function call(name: string, source: string, trust: Trust): string {
  const { services = [], principalArns = [], externalId = null, oidc = [] } = trust;
  const { sourceAccount = null, sourceArns = [], sessionTagKeys = [] } = trust;
  const trustedOidc = oidc.map(({ providerArn, ...rest }) => ({
    provider_arn: providerArn,
    ...rest,
  }));
  return `
module "${name}" {
  source     = "${source}"
  depends_on = [aws_iam_group.first]

  name                   = "${name}"
  trusted_services       = ${JSON.stringify(services)}
  trusted_principal_arns = ${JSON.stringify(principalArns)}
  external_id            = ${JSON.stringify(externalId)}
  source_account         = ${JSON.stringify(sourceAccount)}
  source_arns            = ${JSON.stringify(sourceArns)}
  session_tag_keys       = ${JSON.stringify(sessionTagKeys)}
  trusted_oidc           = ${JSON.stringify(trustedOidc)}
  log_function_names     = ["video-api"]
  policy_arns            = { video = aws_iam_policy.video.arn }
}
`;
}

const CALLED = `
resource "aws_iam_group" "first" {
  name = "first"
}

resource "aws_iam_policy" "video" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })
}
`;

describeAws("The module remotion-execution-role", () => {
  let moto: Moto;
  let changes: readonly ResourceChange[] = [];
  beforeAll(async () => {
    moto = await startAws();
    const workspace = new Workspace(moto.environment);
    const calls = EDITIONS.flatMap((edition) =>
      TRUSTS.map(([, trust], index) =>
        call(`${edition}-${index}`, moduleSource("remotion-execution-role", edition), trust),
      ),
    );
    await workspace.write("main.tf", [PROVIDER, CALLED, ...calls].join("\n")).init();
    changes = (await workspace.plan()).resource_changes ?? [];
    workspace.remove();
  });
  afterAll(() => moto.stop());

  const shown = (address: string, argument: string): unknown => {
    const after = changes.find((change) => change.address === address)?.change.after;
    return JSON.parse(String(after?.[argument]));
  };

  it.each(
    EDITIONS.flatMap((edition) =>
      TRUSTS.map(([name, trust], index) => ({ edition, index, name, trust })),
    ),
  )("shows in the plan whom it trusts, under depends_on too: $name ($edition)", (given) => {
    const module = `module.${given.edition}-${given.index}`;

    expect(shown(`${module}.aws_iam_role.this`, "assume_role_policy")).toEqual(
      trustPolicy(given.trust),
    );
    expect(shown(`${module}.aws_iam_role_policy.this[0]`, "policy")).toMatchObject({
      Statement: [
        {
          Resource: [
            "arn:aws:logs:*:*:log-group:/aws/lambda/video-api",
            "arn:aws:logs:*:*:log-group:/aws/lambda/video-api:*",
          ],
        },
      ],
    });
    expect(changes.map(({ address }) => address)).toContain(
      `${module}.aws_iam_role_policy_attachment.this["video"]`,
    );
  });

  it("makes no role for everybody on GitHub, even where the provider is made in the same apply", async () => {
    const workspace = new Workspace(moto.environment);
    const main = `${PROVIDER}
resource "aws_iam_openid_connect_provider" "github" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}

module "caller" {
  source = "${moduleSource("remotion-execution-role", "hcl")}"

  trusted_oidc = [{
    provider_arn = aws_iam_openid_connect_provider.github.arn
    audiences    = ["sts.amazonaws.com"]
    subjects     = ["environment:production"]
    claims       = {}
  }]
}
`;
    await workspace.write("main.tf", main).init();
    const apply = ["apply", "-auto-approve", "-input=false", "-no-color"];
    const { status, output } = await workspace.attempt("terraform", apply);

    expect(status).toBe(1);
    expect(output.replace(/[\s│]+/g, " ")).toContain("a stranger could assume the role");
    expect(await new IamApi(moto.url).everything()).toEqual([GITHUB]);
    workspace.remove();
  });
});
