import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bucketGrantStatements } from "../../lib/remotion/bucket-grants.js";
import type { OutputBucket } from "../../lib/remotion/output-bucket.js";
import upstream from "../../lib/remotion/upstream-policies.json" with { type: "json" };
import { startAws } from "../support/aws.js";
import { exampleIn } from "../support/example.js";
import { IamApi } from "../support/iam-api.js";
import { EDITIONS } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { describeAws } from "../support/suites.js";

const withGrants = (policy: { Statement: unknown[] }, buckets: readonly OutputBucket[]) => ({
  ...policy,
  Statement: [...policy.Statement, ...bucketGrantStatements(buckets, "aws")],
});

describeAws("Each example is applied, planned without changes and destroyed", () => {
  let moto: Moto;
  let iam: IamApi;
  beforeAll(async () => {
    moto = await startAws();
    iam = new IamApi(moto.url);
  });
  afterAll(() => moto.stop());

  describe.each(EDITIONS)("with the %s edition", (edition) => {
    it("everything: the policies are Remotion's own, and every side gets its part of the buckets", async () => {
      const workspace = await exampleIn("everything", edition, moto.environment);
      await workspace.apply();

      const { user, role } = upstream.policies.aws;
      const callers = withGrants(user, [{ name: "acme-videos", prefix: "", access: "read" }]);
      expect(await iam.userPolicy("remotion-user", "remotion-user-policy")).toEqual(callers);
      expect(await iam.rolePolicy("remotion-lambda-role", "remotion-lambda-policy")).toEqual(
        withGrants(role, [
          { name: "acme-videos", prefix: "", access: "write", acl: true },
          { name: "acme-archive", prefix: "finished/", access: "write" },
        ]),
      );
      expect(
        await iam.managedPolicy("arn:aws:iam::123456789012:policy/remotion-executionrole-policy"),
      ).toEqual(callers);
      for (const caller of ["video-api", "video-nightly"]) {
        expect(await iam.attachedPolicies(caller)).toEqual(["remotion-executionrole-policy"]);
      }

      expect(await workspace.isUpToDate()).toBe(true);
      await workspace.destroy();
      expect(await iam.everything()).toEqual([]);
      workspace.remove();
    });

    it("separate-modules: a renamed role in a path is the one that may be passed", async () => {
      const workspace = await exampleIn("separate-modules", edition, moto.environment);
      await workspace.apply();

      const userPolicy = await iam.userPolicy("video-remotion-user", "remotion-user-policy");
      const managed = "arn:aws:iam::123456789012:policy/video-remotion-executionrole-policy";
      expect(await iam.managedPolicy(managed)).toEqual(userPolicy);
      expect(JSON.stringify(userPolicy)).toContain(
        '"arn:aws:iam::*:role/video/video-remotion-lambda-role"',
      );

      expect(await workspace.isUpToDate()).toBe(true);
      await workspace.destroy();
      expect(await iam.everything()).toEqual([]);
      workspace.remove();
    });

    it("bucket-grants: a role that exists already gets two buckets more", async () => {
      await iam.createRole("remotion-lambda-role");
      const workspace = await exampleIn("bucket-grants", edition, moto.environment);
      await workspace.apply();

      expect(await iam.attachedPolicies("remotion-lambda-role")).toEqual([
        "remotion-bucket-grants",
      ]);
      expect(
        await iam.managedPolicy("arn:aws:iam::123456789012:policy/remotion-bucket-grants"),
      ).toEqual(
        withGrants({ ...upstream.policies.aws.role, Statement: [] }, [
          { name: "acme-videos", prefix: "finished/", access: "write", acl: true },
          { name: "acme-archive", prefix: "", access: "put" },
        ]),
      );

      expect(await workspace.isUpToDate()).toBe(true);
      await workspace.destroy();
      expect(await iam.everything()).toEqual(["remotion-lambda-role"]);
      await iam.deleteRole("remotion-lambda-role");
      workspace.remove();
    });
  });
});
