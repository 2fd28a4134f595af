import { describe, inject } from "vitest";

/** A suite that needs Terraform with the AWS provider. */
export const describeTerraform = describe.skipIf(inject("terraform").missing !== undefined);

/** A suite that needs Terraform and the AWS mock. */
export const describeAws = describe.skipIf(
  inject("terraform").missing !== undefined || inject("moto").missing !== undefined,
);
