import { describe, expect, it } from "vitest";
import { compilePolicy } from "../../../lib/iam/evaluate/compile-policy.js";
import { evaluate } from "../../../lib/iam/evaluate/evaluate.js";
import { API_ROWS } from "../../../lib/remotion/api-calls.js";
import { sampleRequest } from "../../../lib/remotion/sample-request.js";
import { partsOf } from "../../../lib/verify/part.js";
import { profileAllows } from "../../../lib/verify/profile-calls.js";
import { referencePolicy } from "../../../lib/verify/reference-policy.js";

const CALLS = API_ROWS.flatMap(({ calls }) => calls);

const FUNCTION = "remotion-render-4-0-1-mem2048mb-disk2048mb-120sec";

const PLACES = [
  { partition: "aws", regions: ["us-east-1"] },
  { partition: "aws", regions: ["ap-northeast-3"] },
  { partition: "aws", regions: ["eu-south-1"], bucketNames: ["a-bucket"], functionNames: ["one"] },
  { partition: "aws", regions: ["eu-west-1"], bucketNames: ["remotionlambda-euwest1-abc1234567"] },
  { partition: "aws", regions: ["ap-south-1"], functionNames: [FUNCTION] },
  { partition: "aws-cn", regions: ["cn-north-1"] },
  { partition: "aws-cn", regions: ["cn-northwest-1"], bucketNames: ["b1"], functionNames: ["a"] },
];

describe("the calls that the policy of a profile allows", () => {
  const cases = [...partsOf("user"), ...partsOf("role")].flatMap((part) =>
    PLACES.map((place) => ({ part, place })),
  );

  it.each(cases)("are those that it is evaluated to: $part, $place", ({ part, place }) => {
    const policies = { identity: [compilePolicy(referencePolicy(part, place), "reference")] };
    const [region = ""] = place.regions;

    const told = CALLS.map((call) => profileAllows(part, place.partition, region, call));

    const evaluated = CALLS.map((call) => evaluate(sampleRequest(call, place), policies).decision);
    expect(told).toEqual(evaluated.map((decision) => decision === "allowed"));
  });

  it("are not told of a request that is in no table", () => {
    const call = { action: "s3:PutObject", resource: "arn:aws:s3:::acme-videos/*" };

    expect(profileAllows({ actor: "user", profile: "full" }, "aws", "us-east-1", call)).toBe(
      undefined,
    );
  });
});
