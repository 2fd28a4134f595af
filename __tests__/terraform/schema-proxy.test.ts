import { afterAll, beforeAll, expect, it } from "vitest";
import { startAws } from "../support/aws.js";
import { moduleSource, PROVIDER } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { describeAws } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";

const MODULE = `${PROVIDER}
data "aws_caller_identity" "current" {}

module "remotion" {
  source = "${moduleSource("remotion-lambda", "hcl")}"
}
`;

describeAws("Terraform that is told of no more types than tests use", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startAws();
  });
  afterAll(() => moto.stop());

  it("plans what it plans with a provider of its own", async () => {
    const { TF_REATTACH_PROVIDERS: reattached, ...environment } = moto.environment;
    const plans = [];
    for (const each of [moto.environment, environment]) {
      const workspace = await new Workspace(each).write("main.tf", MODULE).init();
      // Attributes that were looked at stand there in whichever order that happened.
      const {
        timestamp: _now,
        relevant_attributes: _looked,
        ...plan
      } = Object(await workspace.plan());
      plans.push(plan);
      workspace.remove();
    }

    expect(reattached).toBeDefined();
    expect(plans[0].resource_changes).toHaveLength(5);
    expect(plans[0]).toEqual(plans[1]);
  });

  it("is told so where another type is used", async () => {
    const workspace = new Workspace(moto.environment);
    await workspace.write("main.tf", `${PROVIDER}\nresource "aws_sqs_queue" "any" {}\n`).init();
    const { status, output } = await workspace.attempt("terraform", ["validate", "-no-color"]);
    workspace.remove();

    expect(status).toBe(1);
    expect(output).toContain("does not support resource type");
  });
});
