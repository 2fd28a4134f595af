import { isObject, type JsonObject, objectIn, textIn } from "../json/json-value.js";
import { shownAddress } from "../json/shown.js";
import { hasFunctions } from "./intrinsic-functions.js";
import { FOR_EACH } from "./loops.js";

/* What a template leaves to others, who may give more to those who are in it. */

/** Transforms of AWS's own that add nothing to what is written, but for what this project reads. */
const HARMLESS = /^AWS::(?:Serverless-|LanguageExtensions|CodeDeployBlueGreen|SecretsManager-)/;

/** Types that say nothing of who may do what. */
function isOfIam(body: unknown): boolean {
  const type = textIn(body, "Type");
  return type === undefined || /^AWS::(?:IAM|CloudFormation|Serverless)::/.test(type);
}

/** Why anybody in the template may have more policies than it says: one sentence each, as its rest. */
export function openEnds(content: JsonObject): readonly string[] {
  const resources = objectIn(content, "Resources");
  const globals = objectIn(content, "Globals");
  return [
    ...(hasFunctions(content) ? ["a macro makes a part of the template"] : []),
    // A permissions boundary of SAM's roles may stand there.
    ...([globals, ...Object.values(globals)].some(hasFunctions)
      ? ["a macro makes a part of the Globals"]
      : []),
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
      return key.startsWith(FOR_EACH) && makesPolicies(body)
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

/** Policies that decide beside those of users and roles. */
const OF_OTHERS: ReadonlySet<string> = new Set([
  "AWS::Organizations::Policy",
  "AWS::S3::BucketPolicy",
]);

/** Whether a loop makes something that decides: `[variable, collection, { "Id${variable}": resource }]`. */
function makesPolicies(loop: unknown): boolean {
  const body: unknown = Array.isArray(loop) ? loop[2] : undefined;
  return (
    !isObject(body) ||
    Object.values(body).some((one) => isOfIam(one) || OF_OTHERS.has(textIn(one, "Type") ?? ""))
  );
}

function isConnector(body: unknown): boolean {
  return (
    textIn(body, "Type") === "AWS::Serverless::Connector" ||
    (isObject(body) && Object.hasOwn(body, "Connectors"))
  );
}
