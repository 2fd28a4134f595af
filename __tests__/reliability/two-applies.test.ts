import { afterAll, beforeAll, expect, it } from "vitest";
import { unlessTorture } from "../support/part.js";
import { describeAws, describeUnless } from "../support/suites.js";
import { WHOLE_NAMES, WHOLE_ROOT } from "../support/whole-root.js";
import { type Outcome, Workspace } from "../support/workspace.js";
import { type FaultyAws, startFaultyAws } from "./support/faulty-aws.js";

/* Two applies at once of one state in S3, whose lock is a file beside it, as the deployable stack has it. */

const BUCKET = "states";
const KEY = "remotion.tfstate";

/** As `stacks/backend.ts` writes it, and what the mock needs besides. */
const BACKEND = `terraform {
  backend "s3" {
    bucket       = "${BUCKET}"
    key          = "${KEY}"
    region       = "us-east-1"
    use_lockfile = true

    use_path_style              = true
    skip_credentials_validation = true
    skip_requesting_account_id  = true
  }
}
`;

const SECONDS = [
  { second: "waits, and finds nothing to do", args: ["-lock-timeout=300s"], fails: false },
  { second: "ends with the error of the lock", args: ["-lock-timeout=0s"], fails: true },
];

describeAws("Two applies at once", () => {
  describeUnless(unlessTorture("pairs of applies at once with one state", SECONDS.length))(
    "with a lock in S3",
    () => {
      let aws: FaultyAws;
      beforeAll(async () => {
        aws = await startFaultyAws();
        // So that the first is not done before the second has begun.
        aws.proxy.plan(() => "delayed");
      });
      afterAll(() => aws?.stop());

      it.each(SECONDS)("lose nothing: the second one $second", async ({ args, fails }) => {
        await aws.moto.reset();
        await s3("PUT", BUCKET);
        const [one, other] = [workspace(), workspace()];
        await one.init();
        await other.init();

        const first = apply(one, []);
        await expect.poll(isLocked, { timeout: 120_000, interval: 20 }).toBe(true);
        const second = await apply(other, args);

        expect((await first).output).toContain("Apply complete! Resources: 11 added, 0 changed");
        if (fails) {
          expect(second.status).toBe(1);
          expect(second.output).toContain("Error acquiring the state lock");
        } else {
          expect(second.output).toContain("Apply complete! Resources: 0 added, 0 changed");
        }
        expect(await isLocked()).toBe(false);
        expect(await aws.iam.everything()).toEqual(WHOLE_NAMES);
        for (const each of [one, other]) {
          expect(await each.isUpToDate()).toBe(true);
        }
        await other.destroy();
        expect(await aws.iam.everything()).toEqual([]);
        one.remove();
        other.remove();
      });

      function workspace(): Workspace {
        return new Workspace(aws.environment)
          .write("main.tf", WHOLE_ROOT)
          .write("backend.tf", BACKEND);
      }

      async function isLocked(): Promise<boolean> {
        const { ok } = await s3("GET", `${BUCKET}/${KEY}.tflock`);
        return ok;
      }

      /** A request to the mock as the owner of the bucket. */
      function s3(method: string, path: string): Promise<Response> {
        const Authorization =
          "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
        return fetch(new URL(path, aws.moto.url), { method, headers: { Authorization } });
      }
    },
  );
});

function apply(workspace: Workspace, args: readonly string[]): Promise<Outcome> {
  return workspace.attempt("terraform", [
    ...["apply", "-auto-approve", "-input=false", "-no-color"],
    ...args,
  ]);
}
