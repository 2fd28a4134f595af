import { describe, inject, it } from "vitest";

declare module "vitest" {
  interface TaskMeta {
    /** Why a test is skipped: a sentence, which is told when all tests are over. */
    skippedBecause?: string;
  }
}

const skippedBecause = (reason: string | undefined) =>
  reason === undefined ? {} : { skip: true, meta: { skippedBecause: reason } };

/** A suite that is skipped where there is a reason to. */
export function describeUnless(reason: string | undefined) {
  return (name: string, tests: () => void) => {
    describe(name, skippedBecause(reason), tests);
  };
}

/** A test that is skipped where there is a reason to. */
export function itUnless(reason: string | undefined) {
  return (name: string, test: () => void | Promise<void>) => {
    it(name, skippedBecause(reason), test);
  };
}

/** A suite that needs Terraform with the AWS provider. */
export const describeTerraform = describeUnless(inject("terraform").missing);

/** Why there is no Terraform or no AWS mock; undefined where there are both. */
export const unlessAws = inject("terraform").missing ?? inject("moto").missing;

/** A suite that needs Terraform and the AWS mock. */
export const describeAws = describeUnless(unlessAws);

/** A suite that opens pages in a browser. */
export const describeBrowser = describeUnless(inject("browser").missing);

/** A suite that needs the command line of AWS besides. */
export const describeAccount = describeUnless(unlessAws ?? inject("awsCommandLine").missing);
