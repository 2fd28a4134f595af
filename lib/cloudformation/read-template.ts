import { isObject, type JsonObject, objectIn, property } from "../json/json-value.js";
import type { IamFile, IamResource } from "../terraform/iam-file.js";
import { Limits } from "../terraform-expression/limits.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { computeResources } from "./compute-resources.js";
import {
  noTemplate,
  onlyNestedStacks,
  refusedValue,
  tooMuchInTemplate,
  unknownCondition,
  unknownParameters,
} from "./errors.js";
import { iamResources } from "./iam-resources.js";
import { hasFunctions } from "./intrinsic-functions.js";
import { withoutLoops } from "./loops.js";
import { macrosOf, openEnds } from "./open-ends.js";
import { outsideResources } from "./outside-resources.js";
import { brokenRule } from "./parameter-rules.js";
import { GIVEN_PSEUDO } from "./pseudo-parameters.js";
import { isGiven, nestedStacks, receivers } from "./receivers.js";
import { withoutServerless } from "./serverless.js";
import { Template } from "./template.js";

/** Steps that a template may take: CloudFormation takes 500 resources and 1 MB. */
const STEPS = 5_000_000;

/** Steps of its loops: what they make counts towards the 1 MB, too. */
const STEPS_OF_LOOPS = 1_000_000;

/** What to give for what a template does not tell. */
const GIVE = "--parameter NAME=VALUE, or the account after the deployment";

/**
 * IAM in a template of CloudFormation, as it would be with the values that are given for its parameters, and
 * the defaults of the others.
 *
 * @param written what the template holds, in JSON or in YAML
 * @param given values of parameters, and of AWS::AccountId, AWS::Partition, AWS::Region and AWS::StackName
 * @throws {UnreadableFile} when it has no resources, leaves all to nested stacks, costs more than a template
 * can, or has no parameter of a name that is given
 */
export function readTemplate(written: JsonObject, given: ReadonlyMap<string, string>): IamFile {
  if (Object.keys(objectIn(written, "Resources")).length === 0) {
    throw noTemplate();
  }
  refuseUnknown(objectIn(written, "Parameters"), given);
  refuseValues(objectIn(written, "Parameters"), given);
  const ofLoops = new Limits(STEPS_OF_LOOPS, tooMuchInTemplate);
  const content = withoutLoops(written, given, ofLoops);
  refuseConditions(content);
  const limits = new Limits(STEPS, tooMuchInTemplate);
  const template = new Template(withoutServerless(content), given, limits);
  const resources = iamResources(template);
  const stacks = nestedStacks(template.resources);
  if (resources.length === 0 && stacks.length > 0) {
    throw onlyNestedStacks(stacks.map(({ id }) => id));
  }
  return {
    resources: [...resources, ...further(resources, content, template)],
    compute: computeResources(template),
    outside: outsideResources(template),
    lookedUp: new Map(),
    partition: template.partition,
    give: GIVE,
    moduleSources: () => [],
  };
}

/** What those in the template may have besides: a policy of which nothing is told, for each. */
function further(
  resources: readonly IamResource[],
  content: JsonObject,
  template: Template,
): readonly IamResource[] {
  const holders = resources.filter(({ type }) => /^aws_iam_(?:user|role|group)$/.test(type));
  const open = openEnds(content);
  const others = receivers(template);
  const declared = new Map(template.resources.map((resource) => [resource.id, resource]));
  return holders.flatMap(({ address, type }) => {
    const holder = declared.get(address);
    const given = others.filter(
      (other) => holder !== undefined && isGiven(holder, other, template),
    );
    return [...open, ...given.map(({ reason }) => reason)].map((reason) =>
      ofUnknown(address, type, reason),
    );
  });
}

function ofUnknown(address: string, holder: string, reason: string): IamResource {
  const args: Readonly<Record<string, unknown>> = {
    [holder.slice("aws_iam_".length)]: new Unknown(reason, [address]),
    name: new Unknown(reason),
    policy: new Unknown(reason),
  };
  return {
    address,
    module: "",
    type: `${holder}_policy`,
    argument: (name) => (Object.hasOwn(args, name) ? args[name] : undefined),
    origins: () => [],
    fate: "made",
  };
}

/** @throws {UnreadableFile} when a value is given for what is no parameter */
function refuseUnknown(parameters: JsonObject, given: ReadonlyMap<string, string>): void {
  const unknown = [...given.keys()].filter(
    (name) => !GIVEN_PSEUDO.has(name) && !Object.hasOwn(parameters, name),
  );
  if (unknown.length > 0) {
    throw unknownParameters(unknown, Object.keys(parameters));
  }
}

/** @throws {UnreadableFile} when CloudFormation would not take a value that is given for a parameter */
function refuseValues(parameters: JsonObject, given: ReadonlyMap<string, string>): void {
  for (const [name, value] of given) {
    const parameter = property(parameters, name);
    const rule = GIVEN_PSEUDO.has(name) ? undefined : brokenRule(parameter, value);
    if (rule !== undefined) {
      throw refusedValue(name, value, rule);
    }
  }
}

/** @throws {UnreadableFile} when a resource's condition is none of the template, which no macro may add to */
function refuseConditions(content: JsonObject): void {
  const conditions = objectIn(content, "Conditions");
  if (hasFunctions(conditions) || hasFunctions(content) || macrosOf(content).length > 0) {
    return;
  }
  for (const [id, body] of Object.entries(objectIn(content, "Resources"))) {
    const condition = isObject(body) ? body["Condition"] : undefined;
    if (
      condition !== undefined &&
      (typeof condition !== "string" || !Object.hasOwn(conditions, condition))
    ) {
      throw unknownCondition(id, condition);
    }
  }
}
