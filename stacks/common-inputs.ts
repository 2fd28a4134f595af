import type { Construct } from "constructs";
import * as inputs from "./inputs.js";

/** Props of every construct, as tokens. */
export interface CommonTokens {
  readonly path: string;
  readonly partition: string;
  readonly tags: Record<string, string>;
}

/** Declares the inputs of a module that makes policies. */
export function commonInputs(scope: Construct): CommonTokens {
  return {
    path: inputs.path(scope, "path").stringValue,
    partition: inputs.partition(scope, "partition").stringValue,
    tags: inputs.tags(scope, "tags").stringMapValue,
  };
}

/** Declares the inputs of a module that makes users or roles. @param whom it makes */
export function principalInputs(
  scope: Construct,
  whom: string,
): CommonTokens & { readonly permissionsBoundaryArn: string } {
  const { path, partition, tags } = commonInputs(scope);
  const boundary = inputs.permissionsBoundaryArn(whom)(scope, "permissions_boundary_arn");
  return { path, partition, permissionsBoundaryArn: boundary.stringValue, tags };
}
