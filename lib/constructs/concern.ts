import type { IConstruct } from "constructs";

/**
 * Type of the construct metadata that holds a concern. Whoever writes files from a stack may give each concern a
 * file of its own; CDKTF's own output is one file.
 */
export const CONCERN_METADATA = "remotion-lambda-terraform:concern";

/** What has a file of its own in large modules, wherever it is declared. */
export const CONCERNS = {
  userStatements: "user_statements",
  roleStatements: "lambda_role_statements",
  bucketGrants: "bucket_grants",
  trustedOidc: "trusted_oidc",
  logPolicy: "log_policy",
  packing: "packing",
} as const;

/** Says what a construct is about, and all in it that does not say so itself; undefined says nothing. */
export function concern(construct: IConstruct, name: string | undefined): void {
  if (name !== undefined) {
    construct.node.addMetadata(CONCERN_METADATA, name);
  }
}
