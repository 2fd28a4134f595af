import { isObject, type JsonObject, objectIn, textIn } from "../json/json-value.js";
import { shownAddress } from "../terraform/shown.js";
import { Unknown } from "../terraform/unknown.js";
import { hasFunctions } from "./intrinsic-functions.js";
import type { Declared } from "./template.js";

/* What a template leaves to others, who may give more to those who are in it. */

/** Transforms of AWS's own that add nothing to what is written, but for what this project reads. */
const HARMLESS = /^AWS::(?:Serverless-|LanguageExtensions|CodeDeployBlueGreen|SecretsManager-)/;

const FOR_EACH = "Fn::ForEach::";

/** Types that say nothing of who may do what. */
function isOfIam(body: unknown): boolean {
  const type = textIn(body, "Type");
  return type === undefined || /^AWS::(?:IAM|CloudFormation|Serverless)::/.test(type);
}

/** Why anybody in the template may have more policies than it says: one sentence each, as its rest. */
export function openEnds(content: JsonObject): readonly string[] {
  const resources = objectIn(content, "Resources");
  return [
    ...macrosOf(content).map(
      (name) => `the macro ${shownAddress(name)} may make more of the template`,
    ),
    ...Object.entries(resources).flatMap(([key, body]) => {
      if (key === "Fn::Transform") {
        return ["a macro makes some of its resources"];
      }
      if (isOfIam(body) && [body, objectIn(body, "Properties")].some(hasFunctions)) {
        return [`a macro or a loop makes a part of ${shownAddress(key)}`];
      }
      return key.startsWith(FOR_EACH) && makesIam(body)
        ? [`${shownAddress(key)} makes resources, and is not worked out`]
        : [];
    }),
    ...(Object.values(resources).some(isConnector)
      ? ["a connector of SAM gives policies, and is not worked out"]
      : []),
  ];
}

/** The names of the macros that may make anything of a template. */
export function macrosOf(content: JsonObject): readonly string[] {
  return [content["Transform"]]
    .flat()
    .flatMap(nameOfTransform)
    .filter((name) => !HARMLESS.test(name));
}

/** The name of a transform; a text that is unknown is one of any name. */
function nameOfTransform(transform: unknown): readonly string[] {
  if (transform === undefined || transform === null) {
    return [];
  }
  return [typeof transform === "string" ? transform : (textIn(transform, "Name") ?? "of no name")];
}

/** Whether a loop makes something of IAM: `[variable, collection, { "Id${variable}": resource }]`. */
function makesIam(loop: unknown): boolean {
  const body: unknown = Array.isArray(loop) ? loop[2] : undefined;
  return !isObject(body) || Object.values(body).some(isOfIam);
}

function isConnector(body: unknown): boolean {
  return (
    textIn(body, "Type") === "AWS::Serverless::Connector" ||
    (isObject(body) && Object.hasOwn(body, "Connectors"))
  );
}

/** The nested stacks of a template. */
export function nestedStacks(resources: readonly Declared[]): readonly Declared[] {
  return resources.filter(({ type }) =>
    ["AWS::CloudFormation::Stack", "AWS::Serverless::Application"].includes(type),
  );
}

/** The logical ids that a value of a template refers to. */
export function referredTo(json: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const open: unknown[] = [json];
  for (let next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
    if (Array.isArray(next)) {
      for (const item of next) {
        open.push(item);
      }
    } else if (isObject(next) && !(next instanceof Unknown)) {
      for (const [key, value] of Object.entries(next)) {
        for (const id of idsIn(key, value)) {
          found.add(id);
        }
        open.push(value);
      }
    }
  }
  return found;
}

function idsIn(name: string, argument: unknown): readonly string[] {
  switch (name) {
    case "Ref":
      return typeof argument === "string" ? [argument] : [];
    case "Fn::GetAtt": {
      const [id] = [argument].flat();
      return typeof id === "string" ? [id.split(".")[0] ?? ""] : [];
    }
    case "Fn::Sub": {
      const [text] = [argument].flat();
      return typeof text === "string"
        ? Array.from(text.matchAll(/\$\{([^{}.!]*)/g), ([, id = ""]) => id.trim())
        : [];
    }
    default:
      return [];
  }
}
