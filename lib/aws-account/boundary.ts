import { property } from "../json/json-value.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { identityOfArn } from "./identity.js";

/** The ARN of the permissions boundary of an entry; undefined where there is none, and unknown where it is not told. */
export function boundaryIn(entry: unknown): string | Unknown | undefined {
  const boundary = property(entry, "PermissionsBoundary") ?? undefined;
  if (boundary === undefined) {
    return undefined;
  }
  const arn = property(boundary, "PermissionsBoundaryArn");
  return (
    identityOfArn(arn, "policy")?.arn ??
    new Unknown("its PermissionsBoundary has no ARN of a policy")
  );
}
