import { afterAll, beforeAll, expect, it } from "vitest";
import { type CountingProxy, startCountingProxy } from "../support/counting-proxy.js";
import { moduleSource, PROVIDER } from "../support/module-sources.js";
import { awsEnvironment, type Moto, startMoto } from "../support/moto.js";
import { describeAws } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";

/** A user, two roles, three policies and an attachment: by hand they cost 23 calls and 14. */
const ROOT = `${PROVIDER}
resource "aws_iam_role" "api" {
  name = "api"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

module "remotion" {
  source     = "${moduleSource("remotion-lambda", "hcl")}"
  role_names = { api = aws_iam_role.api.name }
}
`;

describeAws("Calls to IAM for the whole set, with a caller's role", () => {
  let moto: Moto;
  let proxy: CountingProxy;
  beforeAll(async () => {
    moto = await startMoto();
    proxy = await startCountingProxy(moto.url);
  });
  afterAll(async () => {
    await proxy.stop();
    await moto.stop();
  });

  it("are at most 23 at apply and 14 at a plan without changes", async () => {
    const workspace = await new Workspace(awsEnvironment(proxy.url)).write("main.tf", ROOT).init();
    await workspace.apply();
    const atApply = proxy.take();
    expect(await workspace.isUpToDate()).toBe(true);
    const atPlan = proxy.take();
    workspace.remove();

    expect(atApply.filter((action) => action.startsWith("Create"))).toHaveLength(4);
    expect(atApply.length).toBeLessThanOrEqual(23);
    expect(atPlan.length).toBeGreaterThan(0);
    expect(atPlan.length).toBeLessThanOrEqual(14);
  });
});
