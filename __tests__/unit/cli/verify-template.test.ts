import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rolePolicy } from "../../../lib/remotion/policies.js";
import { fixture, fixturePath } from "../cloudformation/support/template.js";
import { runRecorded } from "../support/recording-console.js";

/* `verify` of templates, from the file to the exit code. */

const asRole = (name: string, count: string) =>
  new RegExp(`^${name} .* as the role of Remotion's functions, .*: ${count} allowed`, "m");
const asCaller = (name: string, count: string) =>
  new RegExp(`^${name} .* as a user or caller, .*: ${count} allowed`, "m");

interface Row {
  readonly file: string;
  readonly options?: readonly string[];
  readonly exitCode: number;
  readonly says: readonly (string | RegExp)[];
  readonly neverSays?: readonly string[];
}

const SYNTHESIZED: Record<string, Row> = {
  "of AWS CDK, with callers on Lambda and on Fargate": {
    file: "cdk-complete.template.json",
    exitCode: 0,
    says: [
      asRole("remotion-lambda-role", "9 of 9"),
      asCaller("\\*-ApiServiceRole\\S+", "11 of 11"),
      asCaller("\\*-WorkerTaskRole\\S+", "11 of 11"),
    ],
    neverSays: ["MISSING", "untold"],
  },
  "of AWS CDK, with made-up names, a role that is passed by grantPassRole, and without logs": {
    file: "cdk-madeupnames.template.json",
    exitCode: 1,
    says: [
      asRole("\\*-RemotionRole\\S+", "7 of 9"),
      "logs:PutLogEvents on arn:",
      asCaller("remotion-user", "22 of 22"),
    ],
    neverSays: ["untold", "iam:PassRole on"],
  },
  "of AWS CDK, for a worker on EC2 under a boundary": {
    file: "cdk-worker.template.json",
    exitCode: 0,
    says: [asCaller("\\*-WorkerRole\\S+", "11 of 11")],
  },
  // As in the case sst-role: it may all but list the bucket and write its logs.
  "of SST's shape, with the names that the stack has got": {
    file: "cdk-sst.template.json",
    options: [
      ...["--role", "VideoRoleAB12D24F=minimal", "--region", "eu-central-1"],
      ...["--account", "123456789012", "--parameter", "AWS::Region=eu-central-1"],
      ...["--parameter", "AWS::StackName=sst"],
      ...[
        "--bucket",
        "sst-videobucket6ed8e1af-abc123",
        "--function",
        "sst-VideoFunctionEDE9572C-abc",
      ],
    ],
    exitCode: 1,
    says: ["s3:ListBucket on", "untold", "CloudFormation makes up the name of VideoBucket6ED8E1AF"],
    neverSays: [
      "s3:PutObject on arn:aws:s3:::sst-videobucket6ed8e1af-abc123/renders/abc1234567/out.mp4: no",
    ],
  },
  "of the Serverless Framework, without its region": {
    file: "serverless.json",
    options: ["--caller", "IamRoleLambdaExecution=render"],
    exitCode: 3,
    says: [
      asCaller("videos-dev-\\*-lambdaRole", "4 of 11"),
      asRole("remotion-lambda-role", "9 of 9"),
      "the region of the stack is not told",
      "give: --parameter AWS::Region=REGION",
    ],
    neverSays: ["MISSING"],
  },
  "of the Serverless Framework, with its region": {
    file: "serverless.json",
    options: ["--parameter", "AWS::Region=eu-central-1"],
    exitCode: 0,
    says: [asCaller("videos-dev-eu-central-1-lambdaRole", "11 of 11")],
    neverSays: ["untold"],
  },
  // Under a boundary that is made elsewhere.
  "of SAM": {
    file: "sam.yaml",
    options: ["--caller", "RenderRole=render"],
    exitCode: 3,
    says: ["--policy arn:aws:iam::*:policy/limit=FILE"],
  },
  "of SAM, as it is deployed": {
    file: "sam.transformed.json",
    options: ["--caller", "RenderRole=render", "--principal", "RenderRole"],
    exitCode: 3,
    says: ["--policy arn:aws:iam::*:policy/limit=FILE"],
  },
};

/** By hand, with most that YAML has. */
const HAND = `# Remotion's role
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Stage: {Type: String}
  WithLogs: {Type: String, Default: yes}
Conditions:
  HasLogs: !Equals [!Ref WithLogs, true]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub remotion-lambda-role-\${Stage}
      AssumeRolePolicyDocument: &trust
        Version: 2012-10-17
        Statement:
          - {Effect: Allow, Principal: {Service: !Sub "lambda.\${AWS::URLSuffix}"}, Action: sts:AssumeRole}
      Policies:
        - PolicyName: remotion-lambda-policy
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              - {Effect: Allow, Action: ["s3:*", "lambda:InvokeFunction"], Resource: "*"}
              - !If
                - HasLogs
                - Effect: Allow
                  Action: logs:*
                  Resource: !Join [":", [arn, !Ref AWS::Partition, logs, "*", !Ref AWS::AccountId, log-group, "*"]]
                - !Ref AWS::NoValue
`;

const BY_HAND: Record<string, Omit<Row, "file"> & { readonly text: string }> = {
  "without a name": {
    text: HAND,
    exitCode: 0,
    says: [asRole("remotion-lambda-role-\\*", "9 of 9")],
  },
  "with a name": {
    text: HAND,
    options: ["--parameter", "Stage=dev"],
    exitCode: 0,
    says: [asRole("remotion-lambda-role-dev", "9 of 9")],
  },
  "of SAM, without its boundary": {
    text: fixture("sam.yaml").replace(/PermissionsBoundary: !Sub.*/, "Timeout: 60"),
    options: ["--caller", "RenderRole=render"],
    exitCode: 0,
    says: [asCaller("\\*-RenderRole-\\*", "11 of 11")],
  },
  "where a parameter takes its logs": {
    text: HAND,
    options: ["--parameter", "WithLogs=false"],
    exitCode: 1,
    says: ["logs:PutLogEvents on"],
  },
  "where a parameter may take them": {
    text: HAND.replace("Default: yes", "Description: none"),
    exitCode: 3,
    says: ["the parameter WithLogs has no default"],
    neverSays: ["MISSING"],
  },
  "in Windows' lines": {
    text: HAND.replaceAll("\n", "\r\n"),
    exitCode: 0,
    says: [asRole("remotion-lambda-role-\\*", "9 of 9")],
  },
  "after a licence, and in quotes": {
    text: `%YAML 1.1\n---\n${"# licence\n".repeat(300)}# template.yaml:\n${HAND.replace("Parameters:", "'Parameters':")}`,
    exitCode: 0,
    says: [asRole("remotion-lambda-role-\\*", "9 of 9")],
  },
  "with a byte order mark": {
    text: `\ufeff${HAND}`,
    exitCode: 0,
    says: [asRole("remotion-lambda-role-\\*", "9 of 9")],
  },
  "with an effect twice, which would allow": {
    text: HAND.replace("{Effect: Allow, Action: [", "{Effect: Deny, Effect: Allow, Action: ["),
    exitCode: 2,
    says: ['The key "Effect" stands twice in a map'],
  },
  "with a tab": {
    text: HAND.replace("    Properties:", "\tProperties:"),
    exitCode: 2,
    says: ["is not YAML: something is wrong at line 11, column 1"],
  },
  "with a parameter that it does not have": {
    text: HAND,
    options: ["--parameter", "Sage=dev"],
    exitCode: 2,
    says: ['has no parameter "Sage"'],
  },
  "with half a parameter": {
    text: HAND,
    options: ["--parameter", "Stage"],
    exitCode: 2,
    says: ["give NAME=VALUE"],
  },
  "in a policy, which has no parameters": {
    text: JSON.stringify(rolePolicy()),
    options: ["--parameter", "Stage=dev"],
    exitCode: 2,
    says: ["is no template of CloudFormation, and only templates have parameters"],
  },
};

describe("verify of a template", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "templates-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function expectRight(
    path: string,
    { options = [], exitCode, says, neverSays }: Omit<Row, "file">,
  ) {
    const outcome = await runRecorded("verify", path, ...options);
    const report = `${outcome.results}\n${outcome.notes}`;
    for (const text of says) {
      expect(report).toMatch(text);
    }
    for (const text of neverSays ?? []) {
      expect(report).not.toContain(text);
    }
    expect(outcome.exitCode).toBe(exitCode);
  }

  it.each(Object.entries(SYNTHESIZED))("%s", (_what, row) =>
    expectRight(fixturePath(row.file), row),
  );

  it.each(Object.entries(BY_HAND))("by hand, %s", async (_what, { text, ...row }) => {
    const path = join(folder, "template.yaml");
    writeFileSync(path, text);
    await expectRight(path, row);
  });

  it("takes parameters from the file of options", async () => {
    const path = join(folder, "template.yaml");
    const options = join(folder, "options.json");
    writeFileSync(path, HAND);
    writeFileSync(options, JSON.stringify({ parameters: { Stage: "dev", WithLogs: "no" } }));
    await expectRight(path, {
      options: ["--options", options, "--parameter", "WithLogs=true"],
      exitCode: 0,
      says: [asRole("remotion-lambda-role-dev", "9 of 9")],
    });
  });
});
