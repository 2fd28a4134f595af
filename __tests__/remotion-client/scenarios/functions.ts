import { partitionOf } from "../support/aws-names.js";
import { REGION } from "../support/render-fixture.js";
import type { Scenario } from "../support/scenario.js";
import { FUNCTION_SIZE, withFunction } from "../support/situations.js";
import type { World } from "../support/world.js";

const OTHER_FUNCTION = "remotion-render-any-mem1024mb-disk2048mb-120sec";
const OWN_ROLE = "arn:aws:iam::123456789012:role/role-of-a-user";

function ownLayer(region: string, version: number): string {
  const partition = partitionOf(region);
  return `arn:${partition}:lambda:${region}:123456789012:layer:layer-of-a-user:${version}`;
}

function deploy(options: Record<string, unknown> = {}) {
  return ({ remotion }: World) =>
    remotion.call("deployFunction", {
      ...FUNCTION_SIZE,
      createCloudWatchLogGroup: false,
      ...options,
    });
}

const NEW = { api: "deployFunction", situation: "new function" } as const;
const EXISTING = { api: "deployFunction", situation: "function already deployed" } as const;

/** Deploying, listing and deleting functions. */
export const FUNCTION_SCENARIOS: readonly Scenario[] = [
  { ...NEW, variant: "plain", run: deploy() },
  { ...NEW, variant: "with a log group", run: deploy({ createCloudWatchLogGroup: true }) },
  {
    ...NEW,
    variant: "in a VPC",
    run: deploy({ vpcSubnetIds: "subnet-1,subnet-2", vpcSecurityGroupIds: "sg-1" }),
  },
  { ...NEW, variant: "with a role of its own", run: deploy({ customRoleArn: OWN_ROLE }) },
  { ...NEW, variant: "with Lambda Insights", run: deploy({ enableLambdaInsights: true }) },
  { ...NEW, variant: "with Apple's emojis", run: deploy({ runtimePreference: "apple-emojis" }) },
  {
    ...NEW,
    variant: "with layers of one's own",
    run: deploy({ customLayerArns: [ownLayer(REGION, 1)] }),
  },
  {
    ...NEW,
    variant: "in China",
    run: deploy({
      region: "cn-north-1",
      customLayerArns: [ownLayer("cn-north-1", 1)],
      enableLambdaInsights: true,
    }),
  },
  {
    ...NEW,
    variant: "beside a function of another size",
    prepare: (world) => withFunction(world, { name: OTHER_FUNCTION }),
    run: deploy(),
  },
  { ...EXISTING, variant: "plain", prepare: (world) => withFunction(world), run: deploy() },
  {
    ...EXISTING,
    variant: "with a log group",
    prepare: (world) => withFunction(world),
    run: deploy({ createCloudWatchLogGroup: true }),
  },
  {
    ...EXISTING,
    variant: "with the layers that it has",
    prepare: (world) => withFunction(world, { layers: [ownLayer(REGION, 1)] }),
    run: deploy({ customLayerArns: [ownLayer(REGION, 1)] }),
  },
  {
    ...EXISTING,
    variant: "with other layers",
    prepare: (world) => withFunction(world),
    run: deploy({ customLayerArns: [ownLayer(REGION, 2)] }),
  },
  {
    api: "deleteFunction",
    situation: "any",
    variant: "plain",
    prepare: (world) => withFunction(world),
    run: ({ remotion, functionName }) =>
      remotion.call("deleteFunction", { region: REGION, functionName }),
  },
  {
    api: "getFunctions",
    situation: "any",
    variant: "none deployed",
    run: ({ remotion }) => remotion.call("getFunctions", { region: REGION, compatibleOnly: false }),
  },
  {
    api: "getFunctions",
    situation: "any",
    variant: "one deployed",
    prepare: (world) => withFunction(world),
    run: ({ remotion }) => remotion.call("getFunctions", { region: REGION, compatibleOnly: true }),
  },
  {
    api: "getFunctionInfo",
    situation: "any",
    variant: "plain",
    prepare: (world) => withFunction(world),
    run: ({ remotion, functionName }) =>
      remotion.call("getFunctionInfo", { region: REGION, functionName }),
  },
  {
    api: "getFunctionVersion",
    situation: "any",
    variant: "plain",
    prepare: (world) => withFunction(world),
    run: ({ remotion, functionName }) =>
      remotion.call("getFunctionVersion", { region: REGION, functionName, logLevel: "info" }),
  },
];
