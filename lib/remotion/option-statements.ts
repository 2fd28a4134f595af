import type { Statement } from "../iam/policy-document.js";
import { API_ROWS, type CallOption } from "./api-calls.js";
import { FURTHER_INSIGHTS_LAYERS } from "./layers.js";
import { fillTemplate, placeholdersOf, type ResourceScope } from "./resource-scope.js";

/** What Remotion can do and its stock policies do not allow. */
export interface PolicyExtras {
  /** Layers of one's own that functions get, as ARNs with their versions. @default none */
  readonly customLayerArns?: readonly string[];
  /** Functions are in a VPC. @default false */
  readonly vpc?: boolean;
  /** Lambda Insights also where AWS publishes it from accounts of the region's own. @default false */
  readonly allInsightsRegions?: boolean;
}

/** One statement that is there only if its option is. */
export interface OptionStatement {
  readonly sid: string;
  readonly option: keyof PolicyExtras;
  /** Which principal it is for. */
  readonly principal: "user" | "role";
  readonly actions: readonly string[];
  /** What the calls are made for, in the table of API calls. */
  readonly callOption: CallOption;
  /** ARN templates, or the ARNs that the option itself names. */
  readonly resources: readonly string[] | "customLayerArns";
  readonly scope: string;
  readonly reason: string;
}

/** Profiles whose APIs make no use of any option: the options of a policy with such a profile are off. */
export const PROFILES_WITHOUT_OPTIONS: readonly string[] = ["render"];

/** The statements that stand beside a profile's own, each for an option. */
export const OPTION_STATEMENTS: readonly OptionStatement[] = [
  {
    sid: "CustomLayers",
    option: "customLayerArns",
    principal: "user",
    ...actionsFor("ownLayers", "deployer", (resource) => resource.includes("{ownLayer}")),
    resources: "customLayerArns",
    scope: "the layers named",
    reason: "Put layers of one's own into a function.",
  },
  {
    sid: "CustomLayersOfFunctions",
    option: "customLayerArns",
    principal: "user",
    ...actionsFor("ownLayers", "deployer", (resource) => !resource.includes("{ownLayer}")),
    resources: ["arn:{partition}:lambda:{region}:{account}:function:{function}"],
    scope: "functions whose names begin with remotion-render-",
    reason: "See which layers a function has, and give it others.",
  },
  {
    sid: "AllInsightsRegions",
    option: "allInsightsRegions",
    principal: "user",
    ...actionsFor("insights", "deployer"),
    resources: FURTHER_INSIGHTS_LAYERS,
    scope: "Lambda Insights in af-south-1, ap-east-1, ap-northeast-3 and eu-south-1",
    reason:
      "Put Lambda Insights into functions in regions where AWS publishes it from other accounts.",
  },
  {
    sid: "FunctionsInVpc",
    option: "vpc",
    principal: "user",
    ...actionsFor("vpc", "deployer"),
    resources: ["*"],
    scope: "the whole account: these actions know no narrower resource",
    reason: "Check the VPC, the subnets and the security groups that a function is put into.",
  },
  {
    sid: "NetworkInterfaces",
    option: "vpc",
    principal: "role",
    ...actionsFor("vpc", "function"),
    resources: ["*"],
    scope: "the whole account: Lambda asks for these without a narrower resource",
    reason:
      "Let Lambda connect functions to their VPC, and disconnect them, with interfaces in its subnets.",
  },
];

/** The statements of a principal's options, without those that are off. */
export function optionStatements(
  principal: "user" | "role",
  profile: string,
  extras: PolicyExtras,
  scope: ResourceScope,
): Statement[] {
  if (PROFILES_WITHOUT_OPTIONS.includes(profile)) {
    return [];
  }
  const placeholders = placeholdersOf(scope);
  return OPTION_STATEMENTS.flatMap((statement): Statement[] => {
    const value = extras[statement.option];
    const on = Array.isArray(value) ? value.length > 0 : value === true;
    if (statement.principal !== principal || !on) {
      return [];
    }
    const resources =
      statement.resources === "customLayerArns"
        ? (extras.customLayerArns ?? [])
        : statement.resources.flatMap((template) => fillTemplate(template, placeholders));
    return [
      { Sid: statement.sid, Effect: "Allow", Action: statement.actions, Resource: resources },
    ];
  });
}

/** The actions that the table of API calls has for an option. */
function actionsFor(
  option: CallOption,
  actor: "deployer" | "function",
  matches: (resource: string) => boolean = () => true,
): Pick<OptionStatement, "actions" | "callOption"> {
  const actions = API_ROWS.filter((row) => row.actor === actor)
    .flatMap(({ calls }) => calls)
    .filter((call) => call.option === option && matches(call.resource))
    .map(({ action }) => action);
  const distinct = [...new Set(actions)].sort();
  return { actions: distinct, callOption: option };
}
