import { describe, expect, it } from "vitest";
import { API_ROWS } from "../../../lib/remotion/api-calls.js";
import calls from "../../../lib/remotion/api-calls.json" with { type: "json" };
import {
  TOLERATED_CALLS,
  TOLERATED_VERSION,
  toleratedCall,
} from "../../../lib/remotion/tolerated.js";
import upstream from "../../../lib/remotion/upstream-policies.json" with { type: "json" };

const FUNCTION = "arn:{partition}:lambda:{region}:{account}:function:{function}";
const BUCKET = "arn:{partition}:s3:::{bucket}";

describe("the calls that Remotion goes on without", () => {
  it("are those of the release that the table of calls is of", () => {
    expect(TOLERATED_VERSION).toBe(calls.version);
    expect(TOLERATED_VERSION).toBe(upstream.version);
  });

  it.each(TOLERATED_CALLS)("are calls of the table: $action of $api ($situation)", (call) => {
    const row = API_ROWS.find(
      ({ api, situation }) => api === call.api && situation === call.situation,
    );
    const same = row?.calls.filter(
      ({ action, resource }) => action === call.action && resource === call.resource,
    );

    expect(same).toHaveLength(1);
    expect(call.unrecorded === undefined).toBe(row?.unrecorded === undefined);
    expect(call.then).toMatch(/^[A-Z].*\.$/);
  });

  it("are each there once", () => {
    const names = TOLERATED_CALLS.map(({ api, situation, action, resource }) =>
      [api, situation, action, resource].join(" "),
    );

    expect(names).toEqual([...new Set(names)]);
  });
});

describe("toleratedCall()", () => {
  it.each([
    ["deployFunction", "new function", "lambda:TagResource", FUNCTION, /no tags/],
    ["deployFunction", "new function", "lambda:PutRuntimeManagementConfig", FUNCTION, /runtime/],
    ["remotion lambda functions deploy", "any", "lambda:TagResource", FUNCTION, /no tags/],
  ])("says what happens: %s (%s) without %s", (api, situation, action, resource, then) => {
    const call = toleratedCall(api, situation, action, resource);

    expect(call?.then).toMatch(then);
    expect(call?.security).toBe(false);
  });

  it.each([
    ["getOrCreateBucket", "no bucket yet"],
    ["renderMediaOnLambda", "props over 193,976 characters"],
    ["remotion lambda sites create", "any"],
  ])("says of what makes something less secure that first: %s (%s)", (api, situation) => {
    const call = toleratedCall(api, situation, "s3:PutBucketPolicy", BUCKET);

    expect(call?.then).toMatch(/^Anybody can list/);
    expect(call?.security).toBe(true);
  });

  it.each([
    [
      "a call that Remotion fails without",
      "deployFunction",
      "new function",
      "lambda:CreateFunction",
      FUNCTION,
    ],
    [
      "the same action in another situation",
      "deployFunction",
      "function already deployed",
      "lambda:InvokeFunction",
      FUNCTION,
    ],
    [
      "a resource that the call is not made on",
      "deployFunction",
      "new function",
      "lambda:TagResource",
      "*",
    ],
    ["a name that there is not", "constructor", "any", "toString", "*"],
  ])("knows nothing of %s", (_case, api, situation, action, resource) => {
    expect(toleratedCall(api, situation, action, resource)).toBeUndefined();
  });
});
