import { describe, expect, it } from "vitest";
import { REMOTION_VERSION } from "../../../lib/remotion/release.js";
import { KEY_VALUES, UNTOLD } from "../../../lib/remotion/request-key-values.js";

const ACCOUNT = "123456789012";
const FUNCTION = `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:remotion-render-4-0-500-mem3009mb-disk4096mb-240sec`;
const REQUEST = {
  action: "s3:GetObject",
  resource: "arn:aws:s3:::videos/out.mp4",
  partition: "aws",
  region: "eu-central-1",
  account: ACCOUNT,
  accountIsKnown: true,
  now: new Date("2026-11-28T12:00:00.500Z"),
  parameters: {},
};
const SERVICE = { byService: "lambda.amazonaws.com" };
const POD = { byService: "pods.eks.amazonaws.com" };
const SESSION = { action: "sts:AssumeRole" };
const FROM_FUNCTION = { fromFunction: FUNCTION };
const TAGGING = { action: "lambda:TagResource" };

/** The tags that Remotion gives a function, by what differs. */
const tags = (version: string, memory: string, timeout: string, disk: string) =>
  new Map([
    ["remotion-lambda", "true"],
    ["remotion-version", version],
    ["remotion-memory-in-mb", memory],
    ["remotion-timeout-in-seconds", timeout],
    ["remotion-ephemereal-storage-in-mb", disk],
  ]);

const named = (name: string) => ({
  ...TAGGING,
  resource: `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:${name}`,
});
const DEFAULTS = tags(REMOTION_VERSION, "2048", "120", "2048");
const LAYERS = ["fonts-arm64", "chromium-arm64", "emoji-google-arm64", "cjk-arm64"];

describe("the value of a condition key", () => {
  it.each<
    [key: string, request: Partial<Parameters<(typeof KEY_VALUES)[string]>[0]>, value: unknown]
  >([
    ["aws:SecureTransport", {}, "true"],
    ["aws:CurrentTime", {}, "2026-11-28T12:00:00Z"],
    ["aws:EpochTime", {}, "1795867200"],
    ["aws:RequestedRegion", {}, "eu-central-1"],
    ["aws:RequestedRegion", { action: "iam:GetRole" }, "us-east-1"],
    ["aws:ViaAWSService", {}, "false"],
    ["aws:ViaAWSService", { action: "kms:Decrypt" }, "true"],
    ["aws:ViaAWSService", { action: "lambda:kms:" }, "false"],
    ["aws:ViaAWSService", { action: "ec2:CreateNetworkInterface" }, undefined],
    ["aws:ResourceAccount", {}, ACCOUNT],
    ["aws:ResourceAccount", { accountIsKnown: false }, UNTOLD],
    ["aws:ResourceAccount", { resource: FUNCTION, accountIsKnown: false }, UNTOLD],
    ["aws:ResourceAccount", { resource: FUNCTION, account: "210987654321" }, ACCOUNT],
    ["aws:ResourceAccount", { resource: "*" }, ACCOUNT],
    ["s3:ResourceAccount", {}, ACCOUNT],
    ["kms:CallerAccount", { accountIsKnown: false }, UNTOLD],
    ["aws:SourceAccount", {}, undefined],
    ["aws:SourceAccount", SERVICE, ACCOUNT],
    ["aws:SourceAccount", { ...SERVICE, accountIsKnown: false }, UNTOLD],
    ["aws:SourceArn", FROM_FUNCTION, undefined],
    ["aws:SourceArn", SERVICE, UNTOLD],
    ["aws:SourceArn", { ...SERVICE, ...FROM_FUNCTION }, UNTOLD],
    ["aws:SourceOrgID", {}, undefined],
    ["aws:SourceOrgID", SERVICE, UNTOLD],
    ["aws:SourceOrgPaths", SERVICE, UNTOLD],
    ["aws:PrincipalIsAWSService", {}, "false"],
    ["aws:PrincipalIsAWSService", SERVICE, "true"],
    ["aws:PrincipalServiceName", {}, undefined],
    ["aws:PrincipalServiceName", SERVICE, "lambda.amazonaws.com"],
    ["aws:MultiFactorAuthPresent", {}, UNTOLD],
    ["aws:MultiFactorAuthPresent", FROM_FUNCTION, "false"],
    ["aws:MultiFactorAuthPresent", { ...SERVICE, ...FROM_FUNCTION }, undefined],
    ["aws:TokenIssueTime", {}, UNTOLD],
    ["aws:TokenIssueTime", FROM_FUNCTION, "2026-11-28T12:00:00Z"],
    ["aws:TokenIssueTime", { ...SERVICE, ...FROM_FUNCTION }, undefined],
    ["lambda:SourceFunctionArn", {}, UNTOLD],
    ["lambda:SourceFunctionArn", { action: "ec2:CreateNetworkInterface" }, UNTOLD],
    ["lambda:SourceFunctionArn", FROM_FUNCTION, FUNCTION],
    [
      "lambda:SourceFunctionArn",
      { ...FROM_FUNCTION, action: "ec2:CreateNetworkInterface" },
      undefined,
    ],
    ["lambda:SourceFunctionArn", { ...FROM_FUNCTION, ...SERVICE }, undefined],
    ["sts:ExternalId", SESSION, UNTOLD],
    ["sts:ExternalId", { ...SESSION, ...SERVICE }, undefined],
    ["sts:SourceIdentity", { ...SESSION, ...SERVICE }, undefined],
    ["sts:TransitiveTagKeys", SESSION, UNTOLD],
    ["sts:TransitiveTagKeys", { ...SESSION, ...SERVICE }, undefined],
    ["sts:TransitiveTagKeys", { ...SESSION, ...POD }, UNTOLD],
    ["aws:TagKeys", SESSION, UNTOLD],
    ["aws:TagKeys", { ...SESSION, ...SERVICE }, undefined],
    ["aws:TagKeys", {}, undefined],
    ["aws:TagKeys", TAGGING, [...DEFAULTS.keys()]],
    ["aws:RequestTag/*", SESSION, UNTOLD],
    ["aws:RequestTag/*", {}, undefined],
    [
      "aws:RequestTag/*",
      { ...TAGGING, resource: FUNCTION },
      tags("4.0.500", "3009", "240", "4096"),
    ],
    ["aws:RequestTag/*", named("video"), DEFAULTS],
    ["aws:RequestTag/*", named("my-remotion-render-4-0-1-mem1mb-disk1mb-1sec"), DEFAULTS],
    ["aws:RequestTag/*", named("remotion-render-4-0-1-mem1mb-disk1mb-1sec-b"), DEFAULTS],
    ["s3:authType", {}, "REST-HEADER"],
    ["s3:authType", { parameters: { presigned: true } }, "REST-QUERY-STRING"],
    ["s3:signatureversion", {}, "AWS4-HMAC-SHA256"],
    ["s3:signatureAge", {}, undefined],
    ["s3:signatureAge", { parameters: { presigned: true } }, "1000"],
    ["s3:x-amz-content-sha256", {}, expect.stringMatching(/^[0-9a-f]{64}$/)],
    ["s3:x-amz-content-sha256", { parameters: { presigned: true } }, undefined],
    ["s3:TlsVersion", {}, "1.3"],
    ["s3:x-amz-acl", {}, undefined],
    ["s3:x-amz-acl", { parameters: { acl: "private" } }, "private"],
    ["s3:prefix", {}, undefined],
    ["s3:prefix", { parameters: { prefix: "sites/" } }, "sites/"],
    ["s3:prefix", { parameters: { prefix: null } }, UNTOLD],
    ["s3:if-none-match", { parameters: { ifNoneMatch: "*" } }, "*"],
    ["s3:locationconstraint", {}, "eu-central-1"],
    ["s3:locationconstraint", { region: "us-east-1" }, undefined],
    ["s3:ObjectCreationOperation", {}, "true"],
    ["lambda:Layer", {}, UNTOLD],
    [
      "lambda:Layer",
      { action: "lambda:CreateFunction" },
      LAYERS.map(
        (name) => `arn:aws:lambda:eu-central-1:678892195805:layer:remotion-binaries-${name}:1`,
      ),
    ],
    [
      "lambda:Layer",
      { action: "lambda:CreateFunction", partition: "aws-cn", region: "cn-north-1" },
      UNTOLD,
    ],
    ["iam:PassedToService", {}, "lambda.amazonaws.com"],
    ["ec2:Region", {}, "eu-central-1"],
    ["servicequotas:service", {}, "lambda"],
    ["kms:ViaService", {}, "s3.eu-central-1.amazonaws.com"],
    [
      "kms:ViaService",
      { partition: "aws-cn", region: "cn-north-1" },
      "s3.cn-north-1.amazonaws.com.cn",
    ],
    ["kms:EncryptionAlgorithm", {}, "SYMMETRIC_DEFAULT"],
    ["kms:EncryptionContextKeys", {}, ["aws:s3:arn"]],
  ])("%s of %o", (key, request, value) => {
    expect(KEY_VALUES[key]?.({ ...REQUEST, ...request })).toEqual(value);
  });
});
