import { BUCKET_NAME, KMS_KEY_ARN, LAYER_VERSION_ARN, ROLE_NAME } from "../iam/rules.js";
import { keepsRule, type ValueRule } from "../iam/value-rule.js";
import { BUCKET_GRANTS } from "../remotion/bucket-grants.js";
import { type BucketAccess, isWriterAccess } from "../remotion/output-bucket.js";
import { sampleRequest } from "../remotion/sample-request.js";
import type { AllowedBy } from "./answer.js";
import { bucketOf, isSameAction, type LikeCall, namesResource } from "./calls-like.js";
import { type Made, profilesHaving } from "./profiles-having.js";

/** Whose policy a module writes. */
export type Holder = "user" | "caller" | "function";

/** The modules for a holder, each with its input for the profile. */
const MODULES: Readonly<Record<Holder, readonly (readonly [module: string, profile: string])[]>> = {
  user: [
    ["remotion-user", "profile"],
    ["remotion-lambda", "user_profile"],
  ],
  caller: [
    ["remotion-executionrole-policy", "profile"],
    ["remotion-lambda", "executionrole_policy_profile"],
  ],
  function: [
    ["remotion-lambda-role", "profile"],
    ["remotion-lambda", "lambda_role_profile"],
  ],
};

/** A request of Remotion's that somebody's policies do not allow. */
export interface Lack {
  readonly action: string;
  readonly resource: string | undefined;
  /** The calls that it may be, of this holder alone. */
  readonly calls: readonly LikeCall[];
}

/** The modules, and their inputs, that allow a holder's request; none where Remotion's policies have no such thing. */
export function allowedBy(holder: Holder, lack: Lack): AllowedBy[] {
  const { action, calls } = lack;
  const [first] = calls;
  const isNamed = lack.resource !== undefined && namesResource(lack.resource);
  const example = first === undefined ? "*" : sampleRequest(first.call).resource;
  const resource = isNamed ? lack.resource : example;
  const isForeign = calls.length > 0 && calls.every(({ foreign }) => foreign !== undefined);
  const stock = isForeign ? undefined : profileModules(holder, action, resource, [], {});
  if (stock !== undefined && stock.length > 0) {
    return stock;
  }
  const bucket = bucketOf(resource);
  if (calls.some(({ call }) => call.option === "ownBucket") && bucket !== undefined) {
    const granted = outputBucketModules(holder, action, bucket);
    return granted.length > 0 ? granted : narrowedToBucket(holder, action, resource, bucket);
  }
  if (isForeign && bucket !== undefined) {
    return narrowedToBucket(holder, action, resource, bucket);
  }
  if (isSameAction(action, "iam:PassRole")) {
    return passedRole(holder, action, resource);
  }
  return [...new Set(calls.map(({ call }) => call.option))].flatMap((option) => {
    switch (option) {
      case "ownLayers":
        return customLayers(holder, action, resource);
      case "vpc":
        return profileModules(holder, action, resource, ["vpc = true"], { vpc: true });
      case "insights":
        return profileModules(holder, action, resource, ["all_insights_regions = true"], {
          allInsightsRegions: true,
        });
      default:
        return [];
    }
  });
}

/** Modules whose profiles decide, with further arguments that are needed. */
function profileModules(
  holder: Holder,
  action: string,
  resource: string,
  inputs: readonly string[],
  made: Made,
): AllowedBy[] {
  const principal = holder === "function" ? "role" : "user";
  const { having, lacking } = profilesHaving(principal, action, withoutStreams(resource), made);
  return having.length === 0
    ? []
    : MODULES[holder].map(([module, input]) => ({
        module,
        inputs,
        profile: { input, having, lacking },
      }));
}

/** CloudWatch Logs names a group in a message as one with streams that are not named. */
function withoutStreams(resource: string): string {
  return resource.replace(/:log-stream:$/, "");
}

function narrowedToBucket(
  holder: Holder,
  action: string,
  resource: string,
  bucket: string,
): AllowedBy[] {
  const named = `bucket_names = [${text(bucket, BUCKET_NAME, "NAME")}]`;
  return profileModules(holder, action, resource, [named], { bucketNames: [bucket] });
}

function passedRole(holder: Holder, action: string, resource: string): AllowedBy[] {
  const [, ...path] = resource.slice(resource.indexOf(":role") + 1).split("/");
  const name = path.at(-1) ?? "";
  const folder = path.length > 1 ? `/${path.slice(0, -1).join("/")}/` : "/";
  const inputs = [
    `lambda_role_name = ${text(name, ROLE_NAME, "NAME")}`,
    ...(folder === "/" ? [] : [`lambda_role_path = ${JSON.stringify(folder)}`]),
  ];
  const made = { lambdaRoleName: name, lambdaRolePath: folder };
  return profileModules(holder, action, resource, inputs, made).map((allowed) =>
    // That module makes the role and lets it be passed: one name serves for both, and one path.
    allowed.module === "remotion-lambda" && folder !== "/"
      ? { ...allowed, inputs: [inputs[0] ?? "", `path = ${JSON.stringify(folder)}`] }
      : allowed,
  );
}

function customLayers(holder: Holder, action: string, resource: string): AllowedBy[] {
  const isLayer = resource.includes(":layer:");
  const layer = isLayer ? resource : "ARN-OF-A-LAYER-WITH-ITS-VERSION";
  const named = `custom_layer_arns = [${text(layer, LAYER_VERSION_ARN, "ARN-OF-A-LAYER-WITH-ITS-VERSION")}]`;
  return profileModules(holder, action, resource, [named], { customLayerArns: [layer] });
}

/** The modules that grant a bucket beside Remotion's own. */
function outputBucketModules(holder: Holder, action: string, bucket: string): AllowedBy[] {
  const access = accessFor(holder, action);
  if (access === undefined) {
    return [];
  }
  const grant = `output_buckets = [{ name = ${text(bucket, BUCKET_NAME, "NAME")}, prefix = "", access = "${access}"${isSameAction(action, "s3:PutObjectAcl") ? ", acl = true" : ""} }]`;
  return grantModules(holder, grant);
}

/** The modules that grant the key of a bucket beside Remotion's own. */
export function keyModules(
  holder: Holder,
  action: string,
  resource: string | undefined,
): AllowedBy[] {
  const access = accessFor(holder, action);
  const key = text(resource ?? "", KMS_KEY_ARN, "ARN-OF-THE-KEY");
  return access === undefined
    ? []
    : grantModules(
        holder,
        `output_buckets = [{ name = "NAME-OF-THE-BUCKET", prefix = "", access = "${access}", kms_key_arn = ${key} }]`,
      );
}

/** Which access of a bucket has an action, for whom it is. */
function accessFor(holder: Holder, action: string): BucketAccess | undefined {
  return BUCKET_GRANTS.filter(({ actions }) => actions.some((one) => isSameAction(one, action)))
    .flatMap(({ accesses }) => accesses)
    .find((access) => isWriterAccess(access) === (holder === "function"));
}

function grantModules(holder: Holder, input: string): AllowedBy[] {
  const modules = MODULES[holder].map(([module]) => module);
  // Roles that exist already get their buckets from a module of its own.
  const further = holder === "user" ? [] : ["remotion-bucket-grants"];
  return [...modules, ...further].map((module) => ({ module, inputs: [input] }));
}

/** A value as HCL has it; what keeps not its rule stands for no value that could be given. */
function text(value: string, rule: ValueRule, otherwise: string): string {
  return JSON.stringify(keepsRule(rule, value) ? value : otherwise);
}
