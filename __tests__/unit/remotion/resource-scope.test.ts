import { describe, expect, it } from "vitest";
import {
  fillTemplate,
  placeholdersOf,
  type ResourceScope,
} from "../../../lib/remotion/resource-scope.js";

interface ScopeCase {
  readonly scope: ResourceScope;
  readonly template: string;
  readonly filled: readonly string[];
}

const CASES: Record<string, ScopeCase> = {
  "no placeholder": { scope: {}, template: "*", filled: ["*"] },
  "the partition, aws by default": { scope: {}, template: "{partition}", filled: ["aws"] },
  "the partition that is given": {
    scope: { partition: "aws-cn" },
    template: "{partition}/{partition}",
    filled: ["aws-cn/aws-cn"],
  },
  "Remotion's own wildcards": {
    scope: {},
    template: "{region}:{account}:{bucket}:{bucketTree}:{function}:{functionLogs}",
    filled: ["*:*:remotionlambda-*:remotionlambda-*:remotion-render-*:remotion-render-*"],
  },
  "Remotion's role": { scope: {}, template: "{lambdaRole}", filled: ["/remotion-lambda-role"] },
  "another role, as an expression of Terraform": {
    scope: { lambdaRoleName: "${var.name}", lambdaRolePath: "/video/" },
    template: "role{lambdaRole}",
    filled: ["role/video/${var.name}"],
  },
  "the account": {
    scope: { accountId: "123456789012" },
    template: "{account}",
    filled: ["123456789012"],
  },
  "several regions": {
    scope: { regions: ["us-east-1", "eu-west-1"] },
    template: "a:{region}",
    filled: ["a:us-east-1", "a:eu-west-1"],
  },
  "each region with each function": {
    scope: { regions: ["us-east-1", "eu-west-1"], functionNames: ["f", "g"] },
    template: "{region}:{function}",
    filled: ["us-east-1:f", "us-east-1:g", "eu-west-1:f", "eu-west-1:g"],
  },
  "a bucket by name": { scope: { bucketNames: ["b"] }, template: "{bucket}/*", filled: ["b/*"] },
  "a bucket by name and what is in it": {
    scope: { bucketNames: ["b", "c"] },
    template: "{bucketTree}",
    filled: ["b", "b/*", "c", "c/*"],
  },
  "the buckets of the regions, whose names have no dashes in the region": {
    scope: { regions: ["us-east-1", "ap-northeast-3"] },
    template: "{bucket}",
    filled: ["remotionlambda-useast1-*", "remotionlambda-apnortheast3-*"],
  },
  "buckets by name before those of the regions": {
    scope: { regions: ["us-east-1"], bucketNames: ["b"] },
    template: "{bucket}",
    filled: ["b"],
  },
  "the logs of functions, and their streams": {
    scope: { functionNames: ["f"] },
    template: "{functionLogs}",
    filled: ["f", "f:*"],
  },
  "nothing that it does not know": { scope: {}, template: "{unknown}", filled: ["{unknown}"] },
};

describe("fillTemplate", () => {
  it.each(Object.entries(CASES))("fills in %s", (_case, { scope, template, filled }) => {
    expect(fillTemplate(template, placeholdersOf(scope))).toEqual(filled);
  });

  it.each(["regions", "bucketNames", "functionNames"] as const)(
    "takes an empty list of %s for none given",
    (list) => {
      expect(placeholdersOf({ [list]: [] })).toEqual(placeholdersOf({}));
    },
  );
});
