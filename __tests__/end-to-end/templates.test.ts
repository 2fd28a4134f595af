import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { templateReader } from "../../lib/cloudformation/template-reader.js";
import { readPrincipals } from "../../lib/reading/read-principals.js";
import { IamApi } from "../support/iam-api.js";
import { type Moto, startMoto } from "../support/moto.js";
import { describeUnless } from "../support/suites.js";
import { fixture } from "../unit/cloudformation/support/template.js";

/* What a template is read as, and what the AWS mock, which has no AWS::NoValue in lists, makes of it: the same. */

const ACCOUNT = "123456789012";
const STACK = "videos";

const TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage: {Type: String}
  Bucket: {Type: String, Default: remotionlambda-b}
Mappings:
  Regions:
    us-east-1: {Bucket: here}
    eu-central-1: {Bucket: there}
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
  IsProd: !Not [{Condition: IsDev}]
  Both: !And [{Condition: IsDev}, {Condition: IsProd}]
  Either: !Or [{Condition: IsDev}, {Condition: IsProd}]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub remotion-lambda-role-\${Stage}
      Path: /video/
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: !Sub "lambda.\${AWS::URLSuffix}"}
            Action: sts:AssumeRole
  Inline:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: !Join ["-", [inline, !Ref Stage]]
      Roles: [!Ref Role]
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: s3:*
            Resource:
              - !Sub arn:\${AWS::Partition}:s3:::remotionlambda-*
              - !Join ["", ["arn:aws:s3:::", !Select [1, [a, !Ref Bucket]], "/*"]]
              - !Sub ["arn:aws:s3:::\${Name}/\${Stage}", {Name: !FindInMap [Regions, !Ref "AWS::Region", Bucket]}]
              - !Select [0, !Split ["|", "arn:aws:s3:::cut|x"]]
              - !If [IsDev, "arn:aws:s3:::dev", "arn:aws:s3:::prod"]
              - !If [Both, "arn:aws:s3:::both", "arn:aws:s3:::one"]
              - !If [Either, "arn:aws:s3:::either", "arn:aws:s3:::none"]
          - Effect: Allow
            Action: lambda:InvokeFunction
            Resource: !Sub arn:aws:lambda:\${AWS::Region}:\${AWS::AccountId}:function:\${AWS::StackName}-*
          - !If
            - IsProd
            - {Effect: Deny, Action: "*", Resource: "*"}
            - {Effect: Allow, Action: "s3:*", Resource: "arn:aws:s3:::x"}
  Managed:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: managed
      Roles: [!Ref Role]
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: logs:*, Resource: "*"}
  Never:
    Type: AWS::IAM::Role
    Condition: IsProd
    Properties:
      RoleName: never
      AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: []}
  User:
    Type: AWS::IAM::User
    Properties: {UserName: remotion-user}
  Pass:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: pass
      Users: [!Ref User]
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: iam:PassRole, Resource: !GetAtt Role.Arn}
`;

let moto: Moto;
let iam: IamApi;
beforeAll(async () => {
  if (inject("moto").missing === undefined) {
    moto = await startMoto();
    iam = new IamApi(moto.url);
  }
});
afterAll(() => moto?.stop());

async function deploy(name: string, template: string, parameters: Record<string, string>) {
  const pairs = Object.entries(parameters).flatMap(([key, value], index) => [
    [`Parameters.member.${index + 1}.ParameterKey`, key],
    [`Parameters.member.${index + 1}.ParameterValue`, value],
  ]);
  const response = await fetch(moto.url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      Authorization:
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/cloudformation/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: new URLSearchParams({
      Action: "CreateStack",
      Version: "2010-05-15",
      StackName: name,
      TemplateBody: template,
      ...Object.fromEntries(pairs),
    }),
  });
  expect(`${response.status} ${await response.text()}`).toMatch(/^200 /);
}

function principalsOf(name: string, template: string, parameters: Record<string, string>) {
  const given = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": "us-east-1",
    "AWS::StackName": name,
    ...parameters,
  };
  const templates = templateReader(new Map(Object.entries(given)));
  return readPrincipals(template, { templates }).principals;
}

describeUnless(inject("moto").missing)("A template that is deployed", () => {
  it("makes what it is read as", async () => {
    await deploy(STACK, TEMPLATE, { Stage: "dev" });
    const [role, user, ...others] = principalsOf(STACK, TEMPLATE, { Stage: "dev" });

    expect(others).toEqual([]);
    expect(role?.name).toBe("remotion-lambda-role-dev");
    expect(role?.arn).toBe(`arn:aws:iam::${ACCOUNT}:role/video/remotion-lambda-role-dev`);
    expect(role?.trust).toEqual(await iam.trustPolicy("remotion-lambda-role-dev"));
    expect(await iam.inlinePolicies("remotion-lambda-role-dev")).toEqual(["inline-dev"]);
    expect(await iam.attachedPolicies("remotion-lambda-role-dev")).toEqual(["managed"]);
    expect(role?.policies.map(({ name, document }) => [name, document])).toEqual([
      ["inline-dev", await iam.rolePolicy("remotion-lambda-role-dev", "inline-dev")],
      ["managed", await iam.managedPolicy(`arn:aws:iam::${ACCOUNT}:policy/managed`)],
    ]);
    expect(user?.policies.map(({ name, document }) => [name, document])).toEqual([
      ["pass", await iam.userPolicy("remotion-user", "pass")],
    ]);
    expect(await iam.everything()).toEqual([
      "managed",
      "remotion-lambda-role-dev",
      "remotion-user",
    ]);
  });

  it("is the one that AWS CDK has synthesized", async () => {
    await moto.reset();
    const { Resources } = JSON.parse(fixture("cdk-complete.template.json"));
    // The mock takes policies in roles for texts, and has no images.
    const iamAlone = Object.entries<{ Type: string }>(Resources).filter(
      ([id, { Type }]) => Type.startsWith("AWS::IAM::") && !id.startsWith("RemotionRole"),
    );
    const template = JSON.stringify({ Resources: Object.fromEntries(iamAlone) });
    await deploy("callers", template, {});
    const principals = principalsOf("callers", template, {});
    const made = await iam.everything();

    expect(principals).toHaveLength(2);
    for (const { address, trust, policies } of principals) {
      const name = made.find((one) => one.includes(address)) ?? "";
      expect(trust).toEqual(await iam.trustPolicy(name));
      for (const policy of policies.filter((one) => one.address !== address)) {
        const inline = await iam.inlinePolicies(name);
        const attached = made.find((one) => one.includes(policy.address));
        expect(policy.document).toEqual(
          inline.includes(policy.name)
            ? await iam.rolePolicy(name, policy.name)
            : await iam.managedPolicy(`arn:aws:iam::${ACCOUNT}:policy/${attached}`),
        );
      }
    }
  });
});
