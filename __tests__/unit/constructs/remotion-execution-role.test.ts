import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js";
import { TerraformOutput, type TerraformStack, TerraformVariable, Token } from "cdktf";
import { describe, expect, it } from "vitest";
import {
  RemotionExecutionRole,
  type RemotionExecutionRoleProps,
} from "../../../lib/constructs/remotion-execution-role.js";
import { policySize, QUOTAS } from "../../../lib/iam/quotas.js";
import { type Trust, trustPolicy } from "../../../lib/iam/trust-policy.js";
import type { JsonObject, JsonValue } from "../../../lib/module/json-value.js";
import { CALLERS } from "../../support/callers.js";
import { statementsOf } from "../support/policy-of.js";
import { type Synthesized, synthesize } from "../support/synthesize.js";

const PROVIDERS = "arn:aws:iam::123456789012:oidc-provider";
const LAMBDA = { trustedServices: ["lambda.amazonaws.com"] };

describe("RemotionExecutionRole", () => {
  it("is a role that may do nothing of itself", () => {
    const stack = synthesizeRole(LAMBDA);

    expect(stack.resource("aws_iam_role")).toMatchObject({ name: "remotion-execution-role" });
    expect(stack.resource("aws_iam_role_policy_attachment")["for_each"]).toEqual({});
    expect(Object.keys(stack.json["resource"] as JsonObject)).toEqual([
      "aws_iam_role",
      "aws_iam_role_policy_attachment",
    ]);
  });

  it.each(Object.entries<Trust>(CALLERS))("trusts a caller of the kind %s", (_caller, trust) => {
    const stack = synthesizeRole(propsOf(trust));

    expect(trustOf(stack)).toEqual(trustPolicy(trust));
  });

  it("trusts callers of all kinds at once", () => {
    const trust = { ...CALLERS.ec2, ...CALLERS["another-account"], ...CALLERS["github-actions"] };

    expect(trustOf(synthesizeRole(propsOf(trust)))).toEqual(trustPolicy(trust));
  });

  it("takes the issuer from a provider that Terraform has yet to make", () => {
    const stack = synthesize((scope) => {
      const github = new IamOpenidConnectProvider(scope, "github", {
        url: "https://token.actions.githubusercontent.com",
        clientIdList: ["sts.amazonaws.com"],
      });
      const [trust] = CALLERS["github-actions"].oidc;
      const trustedOidc = [{ ...trust, providerArn: github.arn }];
      new RemotionExecutionRole(scope, "role", { trustedOidc });
    });
    const [statement] = trustOf(stack).Statement;
    const arn = "aws_iam_openid_connect_provider.github.arn";
    const issuer = `\${split(":oidc-provider/", ${arn})[1]}`;

    expect(statement).toMatchObject({
      Principal: { Federated: [`\${${arn}}`] },
      Condition: {
        StringEquals: { [`${issuer}:aud`]: ["sts.amazonaws.com"] },
        StringLike: { [`${issuer}:sub`]: CALLERS["github-actions"].oidc[0].subjects },
      },
    });
  });

  it("attaches policies by keys fixed in the code", () => {
    const policyArns = { video: "arn:aws:iam::123456789012:policy/video" };
    const stack = synthesizeRole({ ...LAMBDA, policyArns });

    expect(stack.resource("aws_iam_role_policy_attachment")).toEqual({
      for_each: policyArns,
      role: expect.stringMatching(/^\$\{aws_iam_role\.[\w-]+\.name\}$/),
      policy_arn: "${each.value}",
    });
  });

  it("may write the logs of the functions named, and no others", () => {
    const stack = synthesizeRole({ ...LAMBDA, partition: "aws-cn", logFunctionNames: ["a", "b"] });
    const policy = stack.resource("aws_iam_role_policy");
    const group = "arn:aws-cn:logs:*:*:log-group:/aws/lambda/";

    expect(policy).toMatchObject({ name: "remotion-execution-role-logs" });
    expect(statementsOf(stack, policy["policy"])).toEqual([
      {
        Sid: "CallerLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [`${group}a`, `${group}b`, `${group}a:*`, `${group}b:*`],
      },
    ]);
  });

  it("has an instance profile of its name when told so", () => {
    const stack = synthesizeRole({
      trustedServices: ["ec2.amazonaws.com"],
      createInstanceProfile: true,
      name: "render",
      path: "/video/",
      tags: { a: "b" },
    });

    expect(stack.resource("aws_iam_instance_profile")).toMatchObject({
      name: "render",
      path: "/video/",
      tags: { a: "b" },
      role: expect.stringMatching(/^\$\{aws_iam_role\.[\w-]+\.name\}$/),
    });
  });

  it("passes its props on to the role", () => {
    const stack = synthesizeRole({
      ...LAMBDA,
      name: "render",
      path: "/video/",
      maxSessionDuration: 7200,
      permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
      tags: { Team: "video" },
    });

    expect(stack.resource("aws_iam_role")).toMatchObject({
      name: "render",
      path: "/video/",
      max_session_duration: 7200,
      permissions_boundary: "arn:aws:iam::123456789012:policy/boundary",
      tags: { Team: "video" },
    });
  });
});

describe("where only Terraform knows", () => {
  it("a service among others, it checks that the service says for whom it acts", () => {
    const stack = synthesizeRole((variable) => ({
      trustedServices: [variable("service").stringValue],
      sourceAccount: "123456789012",
      sourceArns: ["arn:aws:ecs:*:123456789012:*"],
    }));
    const messages = messagesOf(stack);

    expect(messages).toContainEqual(expect.stringMatching(/^source_account and source_arns are/));
    expect(messages).toContainEqual(expect.stringMatching(/^source_arns has no ARN of/));
    expect(messages).toContainEqual(expect.stringMatching(/^source_arns has .*: nobody acts/));
  });

  it.each<[string, (variable: Variable) => RemotionExecutionRoleProps, boolean]>([
    [
      "whether an id is asked of nobody",
      (variable) => ({ ...LAMBDA, externalId: variable("id").stringValue }),
      true,
    ],
    [
      "of whom an id is asked",
      (variable) => ({ trustedPrincipalArns: variable("arns").token, externalId: "acme" }),
      true,
    ],
    [
      "the one of whom an id is asked",
      (variable) => ({ trustedPrincipalArns: [variable("arn").stringValue], externalId: "acme" }),
      false,
    ],
    [
      "whom to trust, of whom nothing is asked",
      (variable) => ({ trustedPrincipalArns: variable("arns").token }),
      false,
    ],
  ])("%s, it checks whether there is anybody: %#", (_case, props, isChecked) => {
    const messages = messagesOf(synthesizeRole(props));

    expect(messages.some((text) => text.startsWith("external_id and session_tag_keys"))).toBe(
      isChecked,
    );
  });

  it("whom to trust, it leaves out the statements that trust nobody", () => {
    const stack = synthesizeRole((variable) => ({
      trustedServices: variable("services").token,
      trustedPrincipalArns: variable("arns").token,
      externalId: variable("id").stringValue,
      trustedOidc: variable("oidc").token,
    }));
    const { Statement } = trustLocal(stack) as { Statement: string };
    const [services, principals, oidc] = localsIn(Statement).map((local) => stack.local(local));

    expect(Statement).toMatch(/^\$\{concat\(\n( {2}local\.[\w-]+,\n){3}\)\}$/);
    expect(services).toContain("if length(trusted.services) > 0");
    expect(stack.local(localsIn(services ?? "")[0])).toMatchObject([
      { services: expect.stringContaining("service in var.services") },
      { actions: ["sts:AssumeRole", "sts:TagSession"] },
    ]);
    expect(principals).toContain("length(var.arns) == 0 ? [] : [");
    expect(stack.local(localsIn(principals ?? "")[0])).toBe(
      '${merge(\n  var.id == null ? {} : { StringEquals = { "sts:ExternalId" = [var.id] } },\n)}',
    );
    expect(stack.local(localsIn(oidc ?? "")[0])).toContain("for trust in var.oidc");
  });

  it("the external id alone, the principals stand in their statement", () => {
    const stack = synthesizeRole((variable) => ({
      trustedPrincipalArns: ["arn:aws:iam::210987654321:root"],
      externalId: variable("id").stringValue,
    }));
    const [principals] = localsIn((trustLocal(stack) as { Statement: string }).Statement);

    expect(stack.local(principals)).toMatch(/^\$\{\[\n {2}merge\(/);
    expect(stack.local(principals)).toContain('AWS = ["arn:aws:iam::210987654321:root"]');
  });

  it("the services alone, they stand without a condition", () => {
    const stack = synthesizeRole((variable) => ({ trustedServices: variable("services").token }));
    const [services] = localsIn((trustLocal(stack) as { Statement: string }).Statement);

    expect(stack.local(services)).not.toContain("merge");
  });

  it("whether anything is made, everything has its count, and outputs are null without", () => {
    const stack = synthesize((scope) => {
      const variable = variableIn(scope);
      const role = new RemotionExecutionRole(scope, "role", {
        trustedServices: variable("services").token,
        policyArns: Token.asStringMap(variable("policies").value),
        logFunctionNames: variable("functions").token,
        createInstanceProfile: variable("profile").booleanValue,
        create: variable("create").booleanValue,
      });
      new TerraformOutput(scope, "arn", { value: role.roleArn });
      new TerraformOutput(scope, "profile_name", { value: role.instanceProfileName });
    });

    expect(stack.resource("aws_iam_role")["count"]).toBe("${var.create ? 1 : 0}");
    expect(stack.resource("aws_iam_role_policy")["count"]).toBe(
      "${var.create && length(var.functions) > 0 ? 1 : 0}",
    );
    expect(stack.resource("aws_iam_instance_profile")["count"]).toBe(
      "${var.create && var.profile ? 1 : 0}",
    );
    expect(stack.resource("aws_iam_role_policy_attachment")).toMatchObject({
      for_each: "${var.create ? var.policies : {}}",
      role: expect.stringMatching(/^\$\{aws_iam_role\.[\w-]+\[0\]\.name\}$/),
    });
    expect(stack.json["output"]).toMatchObject({
      arn: { value: expect.stringMatching(/^\$\{one\(aws_iam_role\./) },
      profile_name: { value: expect.stringMatching(/^\$\{one\(aws_iam_instance_profile\./) },
    });
  });

  it("whether there is an instance profile, a role without EC2 is not refused at once", () => {
    const stack = synthesizeRole((variable) => ({
      ...LAMBDA,
      createInstanceProfile: variable("profile").booleanValue,
    }));

    expect(stack.resource("aws_iam_instance_profile")["count"]).toBe("${var.profile ? 1 : 0}");
  });

  it("the outputs of an instance profile that is not to be made are null", () => {
    const stack = synthesize((scope) => {
      const role = new RemotionExecutionRole(scope, "role", LAMBDA);
      new TerraformOutput(scope, "name", { value: role.instanceProfileName });
    });

    expect(stack.json["output"]).toEqual({ name: { value: "${null}" } });
  });
});

const SCHEDULES = "arn:aws:scheduler:*:123456789012:schedule-group/video";

describe("a role is refused at once", () => {
  const [github] = CALLERS["github-actions"].oidc;
  const oidc = (changes: object) => ({ trustedOidc: [{ ...github, ...changes }] });

  it.each<{ props: RemotionExecutionRoleProps; message: string }>([
    { props: {}, message: "nobody could assume the role: give trustedServices" },
    { props: { trustedServices: [], trustedOidc: [] }, message: "nobody could assume the role" },
    { props: { trustedServices: ["*"] }, message: 'trustedServices[0] is "*"' },
    {
      props: { trustedPrincipalArns: ["arn:aws:iam::123456789012:role/*"] },
      message: 'trustedPrincipalArns[0] is "arn:aws:iam::123456789012:role/*"',
    },
    { props: { ...LAMBDA, externalId: "*" }, message: 'externalId is "*"' },
    {
      props: oidc({ providerArn: "gitlab.com" }),
      message: 'trustedOidc[0].providerArn is "gitlab',
    },
    { props: oidc({ audiences: [] }), message: "trustedOidc[0].audiences is empty" },
    { props: oidc({ subjects: [] }), message: "trustedOidc[0].subjects is empty" },
    { props: oidc({ audiences: ["*"] }), message: 'trustedOidc[0].audiences[0] is "*"' },
    {
      props: oidc({ subjects: ["repo:acme/video:*", "*"] }),
      message: 'trustedOidc[0].subjects[1] is "*" of token.actions.githubusercontent.com',
    },
    {
      props: oidc({ subjects: ["ref:refs/heads/main"] }),
      message: 'as in "repo:acme@123456/video@456789:ref:refs/heads/main", with wildcards behind',
    },
    { props: oidc({ subjects: ['a"b'] }), message: "no double quotes, no backslashes" },
    {
      props: oidc({ providerArn: `${PROVIDERS}/login.acme.example`, subjects: ["org:*"] }),
      message: "write it out without wildcards, or give its literal beginning",
    },
    {
      props: oidc({
        providerArn: `${PROVIDERS}/login.acme.example`,
        subjects: ["org:*"],
        owner: "org:acme",
      }),
      message: 'begin it with the owner "org:acme" and a separator',
    },
    {
      props: oidc({ providerArn: Token.asString({ Ref: "x" }), subjects: ["environment:x"] }),
      message: "of an issuer that only Terraform knows: a stranger could assume the role",
    },
    {
      props: oidc({
        providerArn: `${PROVIDERS}/oidc.vercel.com`,
        subjects: ["owner:acme:project:video:*"],
      }),
      message: 'name yours in full, as in "https://vercel.com/acme"',
    },
    {
      props: oidc({ claims: { repo: ["acme/video"] } }),
      message: "AWS evaluates actor, actor_id",
    },
    {
      props: oidc({ claims: { repository_id: ["*"] } }),
      message: 'trustedOidc[0].claims.repository_id[0] is "*"',
    },
    {
      props: oidc({ claims: { repository_id: [] } }),
      message: "trustedOidc[0].claims.repository_id is empty",
    },
    {
      props: { ...LAMBDA, sourceAccount: "123456789012" },
      message: 'trustedServices has "lambda.amazonaws.com": leave them out',
    },
    {
      props: { ...LAMBDA, sourceArns: ["*"] },
      message: 'sourceArns[0] is "*"',
    },
    {
      props: {
        trustedPrincipalArns: ["arn:aws:iam::123456789012:root"],
        sourceAccount: "123456789012",
      },
      message: "trustedServices names none",
    },
    {
      props: {
        trustedServices: ["scheduler.amazonaws.com"],
        sourceAccount: "123456789012",
        sourceArns: [SCHEDULES, SCHEDULES.replace("123456789012", "210987654321")],
      },
      message:
        'sourceArns[1] is "arn:aws:scheduler:*:210987654321:schedule-group/video", and sourceAccount is "123456789012": nobody acts for both',
    },
    {
      props: {
        trustedServices: ["scheduler.amazonaws.com", "ecs-tasks.amazonaws.com"],
        sourceArns: [SCHEDULES],
      },
      message:
        "sourceArns names nothing of ecs, for which alone ecs-tasks.amazonaws.com acts, so it could not",
    },
    {
      props: { ...LAMBDA, externalId: "acme" },
      message: "externalId would do nothing, as trustedPrincipalArns is empty",
    },
    {
      props: { ...oidc({}), trustedPrincipalArns: [], sessionTagKeys: ["team"] },
      message: "sessionTagKeys would do nothing, as trustedPrincipalArns is empty",
    },
    {
      props: oidc({ subjects: ["repo:*"], owner: "repo" }),
      message: 'write out what only you can be given, as in "repo:acme@123456/video@456789',
    },
    {
      props: oidc({
        subjects: ["repo:acme/video2:ref:refs/heads/main"],
        owner: "repo:acme/video",
      }),
      message: 'begin it with the owner "repo:acme/video" and a separator',
    },
    {
      props: oidc({ subjects: ["repo:acme/video:*"], owner: "repo:acme/other" }),
      message: 'begin it with the owner "repo:acme/other" and a separator',
    },
    { props: { ...LAMBDA, sessionTagKeys: ["*"] }, message: 'sessionTagKeys[0] is "*"' },
    {
      props: { ...LAMBDA, maxTrustPolicySize: 9000 },
      message: "maxTrustPolicySize is 9000: give a whole number from 2048 to 8192",
    },
    { props: { ...LAMBDA, logFunctionNames: ["*"] }, message: 'logFunctionNames[0] is "*"' },
    {
      props: { ...LAMBDA, policyArns: { all: "arn:aws:iam::123456789012:policy/*" } },
      message: "policyArns.all is",
    },
    {
      props: { ...LAMBDA, createInstanceProfile: true },
      message: "add ec2.amazonaws.com to trustedServices",
    },
  ])("with $message", ({ props, message }) => {
    expect(() => synthesizeRole(props)).toThrow(message);
    expect(() => synthesizeRole(props)).toThrow(/^stack\/role/);
  });

  it("with a trust policy over its quota, and not below", () => {
    const arns = (count: number) =>
      Array.from({ length: count }, (_, index) => `arn:aws:iam::123456789012:role/c${index + 100}`);
    const sizeAt = (count: number) => policySize(trustPolicy({ principalArns: arns(count) }));
    const most = arns(99).findIndex((_, index) => sizeAt(index + 1) > QUOTAS.trustPolicy);

    expect(() => synthesizeRole({ trustedPrincipalArns: arns(most) })).not.toThrow();
    expect(() => synthesizeRole({ trustedPrincipalArns: arns(most + 1) })).toThrow(
      `the trust policy of remotion-execution-role has ${sizeAt(most + 1)} characters without white space, and AWS allows 2048: trust an account`,
    );
  });
});

/** What Terraform says of the role where one of its preconditions fails. */
function messagesOf(stack: ReturnType<typeof synthesize>): readonly string[] {
  const { lifecycle } = stack.resource("aws_iam_role") as {
    lifecycle: { precondition: readonly { error_message: string }[] };
  };
  return lifecycle.precondition.map(({ error_message }) => error_message);
}

type Variable = (id: string) => TerraformVariable & { readonly token: TerraformVariable["value"] };

function variableIn(scope: TerraformStack): Variable {
  return (id) => {
    const variable = new TerraformVariable(scope, id, { type: "any" });
    return Object.assign(variable, { token: Token.asAny(variable.value) });
  };
}

function synthesizeRole(
  props: RemotionExecutionRoleProps | ((variable: Variable) => RemotionExecutionRoleProps),
) {
  return synthesize((scope: TerraformStack) => {
    const given = typeof props === "function" ? props(variableIn(scope)) : props;
    new RemotionExecutionRole(scope, "role", given);
  });
}

function propsOf({ services, principalArns, externalId, oidc }: Trust): RemotionExecutionRoleProps {
  return {
    ...(services === undefined ? {} : { trustedServices: services }),
    ...(principalArns === undefined ? {} : { trustedPrincipalArns: principalArns }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(oidc === undefined ? {} : { trustedOidc: oidc }),
  };
}

/** The local that the role's trust policy is the text of. */
function trustLocal(stack: Synthesized): JsonValue {
  const text = stack.local(stack.resource("aws_iam_role")["assume_role_policy"]);
  return stack.local(localsIn(text)[0]);
}

/** The role's trust policy, where Terraform has nothing to leave out. */
function trustOf(stack: Synthesized): { Version: string; Statement: JsonObject[] } {
  const { Version, Statement } = trustLocal(stack) as { Version: string; Statement: string };
  return { Version, Statement: stack.local(Statement) as unknown as JsonObject[] };
}

function localsIn(value: JsonValue): string[] {
  const found = String(value).match(/local\.[\w-]+/g) ?? [];
  return found.map((reference) => `\${${reference}}`);
}
