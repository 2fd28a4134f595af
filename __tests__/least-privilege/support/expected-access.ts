import type { Partition } from "../../../lib/iam/partition.js";
import type { ApiCall } from "../../../lib/remotion/api-calls.js";
import { neededCalls } from "./exceptions.js";
import type { PolicyUnderTest } from "./policies-under-test.js";
import { UPSTREAM_POLICIES, type UpstreamPolicy } from "./upstream-policies.js";

/** Whether an action on a resource is to be allowed. */
export type Expectation = (action: string, resource: string) => boolean;

/**
 * What each placeholder of the table stands for, as a regular expression. Written by hand, so that
 * it does not repeat a mistake of what fills the templates for policies.
 */
const PLACEHOLDERS: Readonly<Record<string, Readonly<Record<Partition, string>>>> = {
  partition: { aws: "aws", "aws-cn": "aws-cn" },
  region: both("[^:]+"),
  account: both("[0-9]{12}"),
  bucket: both("remotionlambda-[a-z0-9-]+"),
  /** A function, its versions and its aliases. */
  function: both("remotion-render-[^:]+(:[^:]+)?"),
  /** A function's log group, and its streams. */
  functionLogs: both("remotion-render-[^:]+(:.*)?"),
  lambdaRole: both("/remotion-lambda-role"),
  insightsAccount: { aws: "580247275435", "aws-cn": "488211338238" },
  caller: both("remotion-user"),
};

/**
 * What a policy should allow: `full` what Remotion's own policy of record does, every other profile
 * what the table of API calls has for its APIs.
 */
export function expectedAccess(policy: PolicyUnderTest, partition: Partition): Expectation {
  if (!policy.name.endsWith("full")) {
    return accessOfCalls(neededCalls(policy, partition), partition);
  }
  return accessOfStatements(UPSTREAM_POLICIES[partition][policy.principal].Statement);
}

function accessOfCalls(calls: readonly ApiCall[], partition: Partition): Expectation {
  const patterns = calls.map(({ action, resource }) => ({
    action,
    resource: regularExpression(resource, partition),
  }));
  return (action, resource) =>
    patterns.some((pattern) => pattern.action === action && pattern.resource.test(resource));
}

function accessOfStatements(statements: UpstreamPolicy["Statement"]): Expectation {
  const patterns = statements.map(({ Action, Resource }) => ({
    actions: Action,
    resources: Resource.map((resource) => regularExpression(resource, "aws")),
  }));
  return (action, resource) =>
    patterns.some(
      ({ actions, resources }) =>
        actions.includes(action) && resources.some((pattern) => pattern.test(resource)),
    );
}

function regularExpression(template: string, partition: Partition): RegExp {
  const parts = template.split(/(\{\w+\}|\*)/).map((part) => {
    if (part === "*") {
      return ".*";
    }
    return part.startsWith("{")
      ? placeholder(part.slice(1, -1), partition)
      : part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`);
}

function placeholder(name: string, partition: Partition): string {
  const expression = PLACEHOLDERS[name]?.[partition];
  if (expression === undefined) {
    throw new Error(`The table has a placeholder {${name}}: say here what it stands for.`);
  }
  return expression;
}

function both(expression: string): Readonly<Record<Partition, string>> {
  return { aws: expression, "aws-cn": expression };
}
