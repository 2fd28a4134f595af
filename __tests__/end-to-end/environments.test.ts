import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compilePolicy } from "../../lib/iam/evaluate/compile-policy.js";
import { evaluate } from "../../lib/iam/evaluate/evaluate.js";
import { simulate } from "../least-privilege/support/iam-simulate.js";
import { startAws } from "../support/aws.js";
import { exampleIn } from "../support/example.js";
import { IamApi } from "../support/iam-api.js";
import { EDITIONS, moduleSource } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { shareOf } from "../support/part.js";
import { describeAws } from "../support/suites.js";

/** What the names of each environment begin with. The last has Remotion's own names. */
const PREFIXES = ["staging-", "production-", ""];

const NAMES = PREFIXES.flatMap((prefix) => [
  `${prefix}remotion-user`,
  `${prefix}remotion-lambda-role`,
  `${prefix}remotion-executionrole-policy`,
]);

const roleArn = (prefix: string) => `arn:aws:iam::123456789012:role/${prefix}remotion-lambda-role`;

describeAws("Staging, production and Remotion's own names in one account", () => {
  let moto: Moto;
  let iam: IamApi;
  beforeAll(async () => {
    moto = await startAws();
    iam = new IamApi(moto.url);
  });
  afterAll(() => moto.stop());

  const editions = shareOf("editions of several environments, applied", EDITIONS, EDITIONS.length);
  describe.each(editions)("with the %s edition", (edition) => {
    it("are applied together, and each user and caller may pass its own role alone", async () => {
      const workspace = await exampleIn("environments", edition, moto.environment);
      workspace.write(
        "default.tf",
        `module "default" {\n  source = "${moduleSource("remotion-lambda", edition)}"\n}\n`,
      );
      await workspace.init();
      await workspace.apply();

      expect(await iam.everything()).toEqual(NAMES.toSorted());
      const { stdout } = await workspace.run("terraform", ["output", "-json", "custom_role_arns"]);
      expect(JSON.parse(stdout)).toEqual({
        staging: roleArn("staging-"),
        production: roleArn("production-"),
      });

      for (const own of PREFIXES) {
        const policies = [
          await iam.userPolicy(`${own}remotion-user`, `${own}remotion-user-policy`),
          await iam.managedPolicy(
            `arn:aws:iam::123456789012:policy/${own}remotion-executionrole-policy`,
          ),
        ];
        for (const policy of policies as object[]) {
          expect(passedRoles(policy)).toEqual([`arn:aws:iam::*:role/${own}remotion-lambda-role`]);
          for (const other of PREFIXES) {
            const expected = own === other ? "allowed" : "implicitly denied";
            const request = { action: "iam:PassRole", resource: roleArn(other) };
            const { decision } = evaluate(request, { identity: [compilePolicy(policy, own)] });
            const simulated = await simulate({ ...request, identity: [policy] });

            expect({ own, other, decision, simulated }).toEqual({
              ...{ own, other, decision: expected },
              simulated: { decision: expected },
            });
          }
        }
      }

      expect(await workspace.isUpToDate()).toBe(true);
      await workspace.destroy();
      expect(await iam.everything()).toEqual([]);
      workspace.remove();
    });
  });
});

/** The resources of every statement on `iam:PassRole`. */
function passedRoles(policy: object): string[] {
  const { Statement } = policy as { Statement: { Action: string[]; Resource: string[] }[] };
  return Statement.filter(({ Action }) => Action.includes("iam:PassRole")).flatMap(
    ({ Resource }) => Resource,
  );
}
