import type { PolicyDocument } from "../iam/policy-document.js";
import { rolePolicy, userPolicy } from "../remotion/policies.js";
import type { ResourceScope } from "../remotion/resource-scope.js";
import type { Part } from "./part.js";

/** The policy of a profile, as wide as a scope. */
export function referencePolicy(part: Part, scope: ResourceScope): PolicyDocument {
  const { partition, ...rest } = scope;
  const options = { ...rest, partition: partition === "aws-cn" ? "aws-cn" : "aws" } as const;
  return part.actor === "user"
    ? userPolicy({ ...options, profile: part.profile })
    : rolePolicy({ ...options, profile: part.profile });
}
