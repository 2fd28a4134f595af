import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Trust, trustPolicy } from "../../lib/iam/trust-policy.js";
import { userPolicy } from "../../lib/remotion/policies.js";
import { startAws } from "../support/aws.js";
import { ACCOUNT, CALLERS, type Caller } from "../support/callers.js";
import { exampleIn } from "../support/example.js";
import { IamApi } from "../support/iam-api.js";
import type { Edition } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { REPOSITORY } from "../support/repository.js";
import { describeAws } from "../support/suites.js";

const BINARY = join(REPOSITORY, "lib", "cli", "bin.mjs");

/** What the example of a caller makes. */
interface Made {
  readonly role: string;
  readonly inlinePolicies?: readonly string[];
  readonly instanceProfiles?: readonly string[];
}

const MADE: Readonly<Record<Caller, Made>> = {
  lambda: { role: "video-api", inlinePolicies: ["video-api-logs"] },
  ec2: { role: "video-server", instanceProfiles: ["video-server"] },
  fargate: { role: "video-task" },
  "github-actions": { role: "video-workflow" },
  "another-account": { role: "video-partner" },
};

const CALLER_NAMES = Object.keys(CALLERS) as Caller[];

describeAws("Each caller's example is applied, planned without changes and destroyed", () => {
  let moto: Moto;
  let iam: IamApi;
  beforeAll(async () => {
    moto = await startAws();
    iam = new IamApi(moto.url);
  });
  afterAll(() => moto.stop());

  async function applyPlanDestroy(caller: Caller, edition: Edition): Promise<void> {
    const { role, inlinePolicies = [], instanceProfiles = [] } = MADE[caller];
    const trust: Trust = CALLERS[caller];
    const workspace = await exampleIn(caller, edition, moto.environment);
    await workspace.apply();

    expect(await iam.trustPolicy(role)).toEqual(trustPolicy(trust));
    expect(await iam.attachedPolicies(role)).toEqual([`${role}-render`]);
    expect(await iam.managedPolicy(`arn:aws:iam::${ACCOUNT}:policy/${role}-render`)).toEqual(
      userPolicy({ profile: "render" }),
    );
    expect(await iam.inlinePolicies(role)).toEqual(inlinePolicies);
    expect(await iam.instanceProfiles(role)).toEqual(instanceProfiles);

    const options = ["--profile", "render", "--principal", role];
    const verify = [BINARY, "verify", "terraform.tfstate", ...options];
    expect(await workspace.attempt(process.execPath, verify)).toMatchObject({ status: 0 });

    expect(await workspace.isUpToDate()).toBe(true);
    await workspace.destroy();
    workspace.remove();
  }

  it.each(CALLER_NAMES)("%s", (caller) => applyPlanDestroy(caller, "hcl"));

  it("github-actions, from the JSON edition", () => applyPlanDestroy("github-actions", "json"));

  it("and leaves nothing behind", async () => {
    expect(await iam.everything()).toEqual([]);
  });
});
