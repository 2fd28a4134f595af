import { awsManagedPolicy } from "../iam/aws-managed/aws-managed-policy.js";
import { isObject, type JsonObject, objectIn, property, textIn } from "../json/json-value.js";
import { shownAddress } from "../terraform/shown.js";
import { Unknown } from "../terraform/unknown.js";

/** What SAM gives to the role that it makes for a resource. */
interface Runs {
  /** What it becomes. */
  readonly becomes: string;
  /** The property that names its role there. */
  readonly role: string;
  readonly service: string;
  /** The policies that its role always has, with their paths. */
  readonly policies: readonly string[];
}

const RUNNING: Readonly<Record<string, Runs>> = {
  "AWS::Serverless::Function": {
    becomes: "AWS::Lambda::Function",
    role: "Role",
    service: "lambda.amazonaws.com",
    policies: ["service-role/AWSLambdaBasicExecutionRole"],
  },
  "AWS::Serverless::StateMachine": {
    becomes: "AWS::StepFunctions::StateMachine",
    role: "RoleArn",
    service: "states.amazonaws.com",
    policies: [],
  },
};

/** Sections of `Globals`, by the type that they are for. */
const GLOBALS: Readonly<Record<string, string>> = {
  "AWS::Serverless::Function": "Function",
  "AWS::Serverless::StateMachine": "StateMachine",
};

/** Properties that decide what SAM's role is allowed, and that may stand in `Globals`. */
const OF_ROLE = ["PermissionsBoundary", "RolePath", "Tracing", "VpcConfig"];

/**
 * A template of SAM with its functions and state machines as what SAM makes of them, as far as their roles
 * go. What is not of SAM stays as it is.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
 */
export function withoutServerless(content: JsonObject): JsonObject {
  const resources = objectIn(content, "Resources");
  const globals = objectIn(content, "Globals");
  const isOfSam = (body: unknown) => Object.hasOwn(RUNNING, textIn(body, "Type") ?? "");
  if (!Object.values(resources).some(isOfSam)) {
    return content;
  }
  const made = Object.entries(resources).flatMap(([id, body]): [string, unknown][] => {
    const type = textIn(body, "Type") ?? "";
    const runs = Object.hasOwn(RUNNING, type) ? RUNNING[type] : undefined;
    return runs === undefined || !isObject(body)
      ? [[id, body]]
      : expanded(id, body, runs, objectIn(globals, GLOBALS[type] ?? ""));
  });
  return { ...content, Resources: Object.fromEntries(made) };
}

function expanded(
  id: string,
  body: JsonObject,
  runs: Runs,
  globals: JsonObject,
): [string, unknown][] {
  const properties: JsonObject = {
    ...Object.fromEntries(
      OF_ROLE.flatMap((name) => (Object.hasOwn(globals, name) ? [[name, globals[name]]] : [])),
    ),
    ...objectIn(body, "Properties"),
  };
  const condition = Object.hasOwn(body, "Condition") ? { Condition: body["Condition"] } : {};
  const roleId = `${id}Role`;
  const role = property(properties, "Role");
  const running = {
    ...condition,
    Type: runs.becomes,
    Properties: { ...properties, [runs.role]: role ?? { "Fn::GetAtt": [roleId, "Arn"] } },
  };
  const isMade = role === undefined || role === null;
  return isMade
    ? [
        [id, running],
        [
          roleId,
          { ...condition, Type: "AWS::IAM::Role", Properties: roleOf(id, properties, runs) },
        ],
      ]
    : [[id, running]];
}

/** The role that SAM makes for a function. */
function roleOf(id: string, properties: JsonObject, runs: Runs): JsonObject {
  const given = [properties["Policies"] ?? []].flat();
  const managed = given.filter((policy) => typeof policy === "string" || isFunction(policy));
  const inline = given.flatMap((policy, index) =>
    typeof policy === "string" || isFunction(policy)
      ? []
      : [{ PolicyName: `${id}RolePolicy${index}`, PolicyDocument: inlineDocument(policy) }],
  );
  const { RolePath, PermissionsBoundary, AssumeRolePolicyDocument } = properties;
  return {
    AssumeRolePolicyDocument: AssumeRolePolicyDocument ?? {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["sts:AssumeRole"], Principal: { Service: [runs.service] } },
      ],
    },
    ...(RolePath === undefined ? {} : { Path: RolePath }),
    ...(PermissionsBoundary === undefined ? {} : { PermissionsBoundary }),
    ManagedPolicyArns: [
      ...runs.policies.map(arnOf),
      ...(Object.hasOwn(properties, "VpcConfig") && runs.policies.length > 0
        ? [arnOf("service-role/AWSLambdaVPCAccessExecutionRole")]
        : []),
      ...(isTraced(properties) ? [arnOf("AWSXrayWriteOnlyAccess")] : []),
      ...managed.map((policy) => (typeof policy === "string" ? arnOfName(policy) : policy)),
    ],
    Policies: inline,
  };
}

function isTraced({ Tracing: tracing }: JsonObject): boolean {
  return tracing === "Active" || property(tracing, "Enabled") === true;
}

function isFunction(policy: unknown): boolean {
  const [name = "", ...others] = isObject(policy) ? Object.keys(policy) : [];
  return others.length === 0 && (name === "Ref" || name.startsWith("Fn::"));
}

/** A policy that is written out, or one of SAM's own templates, all of which allow and none of which denies. */
function inlineDocument(policy: unknown): unknown {
  if (isObject(policy) && Object.hasOwn(policy, "Statement")) {
    return policy;
  }
  const [name = "a policy"] = isObject(policy) ? Object.keys(policy) : [];
  const unknown = new Unknown(
    `what SAM's policy template ${shownAddress(name)} allows is not worked out`,
  );
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: unknown, Resource: unknown }],
  };
}

const FOLDERS = ["", "service-role/", "job-function/"];

/** A policy as SAM takes it: an ARN, or the name of one of AWS's own. */
function arnOfName(policy: string): unknown {
  if (policy.startsWith("arn:")) {
    return policy;
  }
  const folder = FOLDERS.find(
    (one) => awsManagedPolicy(`arn:aws:iam::aws:policy/${one}${policy}`) !== undefined,
  );
  return arnOf(`${folder ?? ""}${policy}`);
}

function arnOf(policy: string): unknown {
  return { "Fn::Sub": `arn:\${AWS::Partition}:iam::aws:policy/${policy}` };
}
