import { describe, expect, it } from "vitest";
import {
  type RequestParameters,
  requestParameters,
} from "../../../lib/remotion/request-parameters.js";

const B = "arn:aws:s3:::b";
const PRIVATE = { acl: "private" };
const PUBLIC = { acl: "public-read" };
const VIDEO = { acl: "public-read", ifNoneMatch: "*" };
const PRESIGNED = { presigned: true };
const SITE = { prefix: "sites/my-site/" };
const SITES = { prefix: "sites/" };
const BY_S3 = { prefix: null };

describe("what the requests for a permission say", () => {
  it.each<
    [
      action: string,
      resource: string,
      api: string,
      situation: string,
      says: readonly RequestParameters[],
    ]
  >([
    ["lambda:InvokeFunction", "*", "renderMediaOnLambda", "", [{}]],
    ["s3:PutBucketAcl", B, "getOrCreateBucket", "", [PRIVATE]],
    ["s3:ListBucket", B, "deploySite", "", [SITE]],
    ["s3:ListBucket", B, "deploySiteFromBundle", "", [SITE]],
    ["s3:ListBucket", B, "deleteSite", "", [SITE]],
    ["s3:ListBucket", B, "getSites", "", [SITES]],
    ["s3:ListBucket", B, "deleteRender", "", [{ prefix: "renders/abc1234567" }]],
    ["s3:ListBucket", B, "getRenderProgress", "", [BY_S3]],
    ["s3:ListBucket", B, "presignUrl", "", [BY_S3]],
    ["s3:ListBucket", B, "remotion lambda render", "", [BY_S3]],
    ["s3:ListBucket", B, "remotion lambda sites create", "", [SITE]],
    ["s3:ListBucket", B, "remotion lambda sites ls", "", [SITES]],
    ["s3:ListBucket", B, "remotion lambda sites rm", "", [SITES, SITE]],
    ["s3:ListBucket", B, "remotion lambda sites rmall", "", [SITES, SITE]],
    ["s3:ListBucket", B, "rendering", "start", [BY_S3]],
    ["s3:ListBucket", B, "an API of a later release", "", [BY_S3]],
    ["s3:PutObject", `${B}/sites/my-site/index.html`, "deploySite", "", [PUBLIC]],
    ["s3:PutObject", `${B}/input-props/x.json`, "renderMediaOnLambda", "", [PRIVATE]],
    ["s3:PutObject", `${B}/resolved-props/x.json`, "rendering", "launch", [PRIVATE]],
    ["s3:PutObject", `${B}/renders/x/progress.json`, "rendering", "launch", [PRIVATE]],
    ["s3:PutObject", `${B}/renders/x/cancel.json`, "cancelRenderOnLambda", "", [PRIVATE]],
    ["s3:PutObject", `${B}/renders/x/out.mp4`, "rendering", "start", [PRIVATE]],
    ["s3:PutObject", `${B}/renders/x/out.mp4`, "rendering", "launch", [VIDEO, PRIVATE]],
    ["s3:PutObject", `${B}/renders/x/out.mp4`, "rendering", "renderer", [PRIVATE]],
    ["s3:PutObject", `${B}/renders/x/out.mp4`, "rendering", "still", [PUBLIC, PRIVATE]],
    ["s3:PutObject", `${B}/renders/x/out.mp4`, "rendering", "another", [VIDEO, PUBLIC, PRIVATE]],
    ["s3:PutObject", `${B}/out.mp4`, "rendering", "launch", [VIDEO]],
    ["s3:PutObject", `${B}/my/progress.jsonx`, "rendering", "still", [PUBLIC]],
    ["s3:PutObject", "arn:{partition}:s3:::{ownBucket}/renders/x", "rendering", "launch", [VIDEO]],
    ["s3:PutObject", "arn:{partition}:s3:::{ownBucket}/renders/x", "rendering", "start", []],
    ["s3:PutObjectAcl", `${B}/renders/x/out.mp4`, "rendering", "launch", [PUBLIC, PRIVATE]],
    ["s3:PutObjectAcl", `${B}/renders/x/out.mp4`, "rendering", "start", [PRIVATE]],
    ["s3:PutObjectAcl", `${B}/sites/my-site/index.html`, "deploySite", "", [PUBLIC]],
    ["s3:GetObject", `${B}/sites/my-site/index.html`, "downloadMedia", "", [{}]],
    ["s3:GetObject", `${B}/input-props/x.json`, "downloadMedia", "", [{}]],
    ["s3:GetObject", `${B}/resolved-props/x.json`, "downloadMedia", "", [{}]],
    ["s3:GetObject", `${B}/renders/x/progress.json`, "downloadMedia", "", [{}]],
    ["s3:GetObject", `${B}/renders/x/out.mp4`, "downloadMedia", "", [PRESIGNED]],
    ["s3:GetObject", `${B}/renders/x/out.mp4`, "presignUrl", "", [{}, PRESIGNED]],
    ["s3:GetObject", `${B}/renders/x/out.mp4`, "remotion lambda render", "", [{}, PRESIGNED]],
    ["s3:GetObject", `${B}/renders/x/out.mp4`, "remotion lambda still", "", [PRESIGNED]],
    ["s3:GetObject", `${B}/renders/x/out.mp4`, "getRenderProgress", "", [{}]],
  ])("%s on %s, for %s %s", (action, resource, api, situation, says) => {
    expect(requestParameters(action, resource, { api, situation })).toEqual(says);
  });

  it.each<[action: string, resource: string, says: readonly RequestParameters[]]>([
    ["s3:PutObject", `${B}/renders/x/out.mp4`, [VIDEO, PUBLIC, PRIVATE]],
    ["s3:PutObject", `${B}/out.mp4`, [VIDEO, PUBLIC]],
    ["s3:PutObjectAcl", `${B}/renders/x/out.mp4`, [PUBLIC, PRIVATE]],
    ["s3:GetObject", `${B}/renders/x/out.mp4`, [{}, PRESIGNED]],
    ["s3:ListBucket", B, [SITE, SITES, { prefix: "renders/abc1234567" }, BY_S3]],
  ])("%s on %s, for whatever call", (action, resource, says) => {
    expect(requestParameters(action, resource)).toEqual(says);
  });
});
