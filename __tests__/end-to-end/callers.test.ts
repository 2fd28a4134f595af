import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Trust, trustPolicy } from "../../lib/iam/trust-policy.js";
import { userPolicy } from "../../lib/remotion/policies.js";
import { startAws } from "../support/aws.js";
import { ACCOUNT, CALLERS, type Caller } from "../support/callers.js";
import { exampleIn, exampleText } from "../support/example.js";
import { IamApi } from "../support/iam-api.js";
import type { Moto } from "../support/moto.js";
import { describeAws } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";
import { runRecorded } from "../unit/support/recording-console.js";

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

describeAws("Callers' examples are applied, planned without changes and destroyed", () => {
  let moto: Moto;
  let iam: IamApi;
  beforeAll(async () => {
    moto = await startAws();
    iam = new IamApi(moto.url);
  });
  afterAll(() => moto.stop());

  async function expectMade(caller: Caller, workspace: Workspace): Promise<void> {
    const { role, inlinePolicies = [], instanceProfiles = [] } = MADE[caller];
    const trust: Trust = CALLERS[caller];

    expect(await iam.trustPolicy(role)).toEqual(trustPolicy(trust));
    expect(await iam.attachedPolicies(role)).toEqual([`${role}-render`]);
    expect(await iam.managedPolicy(`arn:aws:iam::${ACCOUNT}:policy/${role}-render`)).toEqual(
      userPolicy({ profile: "render" }),
    );
    expect(await iam.inlinePolicies(role)).toEqual(inlinePolicies);
    expect(await iam.instanceProfiles(role)).toEqual(instanceProfiles);

    const options = ["--profile", "render", "--principal", role];
    const state = join(workspace.path, "terraform.tfstate");
    expect(await runRecorded("verify", state, ...options)).toMatchObject({ exitCode: 0 });
  }

  async function expectSettled(workspace: Workspace): Promise<void> {
    expect(await workspace.isUpToDate()).toBe(true);
    await workspace.destroy();
    expect(await iam.everything()).toEqual([]);
    workspace.remove();
  }

  it("github-actions, from the JSON edition", async () => {
    const workspace = await exampleIn("github-actions", "json", moto.environment);
    await workspace.apply();
    await expectMade("github-actions", workspace);
    await expectSettled(workspace);
  });

  describe("all of them, side by side in one account", () => {
    let workspace: Workspace;
    beforeAll(async () => {
      workspace = new Workspace(moto.environment);
      for (const caller of CALLER_NAMES) {
        workspace.write(`${caller}/main.tf`, exampleText(caller, "hcl"));
      }
      const calls = CALLER_NAMES.map(
        (caller) => `module "${caller}" {\n  source = "./${caller}"\n}\n`,
      );
      await workspace.write("main.tf", calls.join("\n")).init();
      await workspace.apply();
    });

    it.each(CALLER_NAMES)("%s", (caller) => expectMade(caller, workspace));

    it("and leave nothing behind", () => expectSettled(workspace));
  });
});
