import { awsManagedPolicy } from "../iam/aws-managed/aws-managed-policy.js";
import { isObject, type JsonObject, objectIn, property, textIn } from "../json/json-value.js";
import { shownAddress } from "../json/shown.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { isIntrinsic } from "./intrinsic-functions.js";

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

const TRUST = "AssumeRolePolicyDocument";

/** Properties that decide what SAM's role is allowed, and that may stand in `Globals`. */
const OF_ROLE = [TRUST, "PermissionsBoundary", "RolePath", "Tracing", "VpcConfig"];

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
  const conditions: [string, unknown][] = [];
  const made = Object.entries(resources).flatMap(([id, body]): [string, unknown][] => {
    const type = textIn(body, "Type") ?? "";
    const runs = Object.hasOwn(RUNNING, type) ? RUNNING[type] : undefined;
    if (runs === undefined || !isObject(body)) {
      return [[id, body]];
    }
    const { own, condition } = expanded(id, body, runs, objectIn(globals, GLOBALS[type] ?? ""));
    conditions.push(...condition);
    return own;
  });
  return {
    ...content,
    Conditions: { ...objectIn(content, "Conditions"), ...Object.fromEntries(conditions) },
    Resources: Object.fromEntries(made),
  };
}

/** What stands for a function or a state machine. */
interface Expanded {
  readonly own: [string, unknown][];
  /** The condition on which its role is made, where that is not its own one. */
  readonly condition: [string, unknown][];
}

function expanded(id: string, body: JsonObject, runs: Runs, globals: JsonObject): Expanded {
  const properties: JsonObject = {
    ...Object.fromEntries(
      OF_ROLE.flatMap((name) => (Object.hasOwn(globals, name) ? [[name, globals[name]]] : [])),
    ),
    ...objectIn(body, "Properties"),
    ...([globals, objectIn(body, "Properties")].every((given) => Object.hasOwn(given, TRUST))
      ? { [TRUST]: new Unknown("SAM joins it with that of the Globals, which is not worked out") }
      : {}),
  };
  const condition = Object.hasOwn(body, "Condition") ? { Condition: body["Condition"] } : {};
  const roleId = `${id}Role`;
  const { role, made } = withOwnRole(property(properties, "Role"), {
    "Fn::GetAtt": [roleId, "Arn"],
  });
  const running = {
    ...condition,
    Type: runs.becomes,
    Properties: { ...properties, [runs.role]: role },
  };
  const own: Expanded["own"] = [[id, running]];
  if (made === NEVER) {
    return { own, condition: [] };
  }
  const roleOfIt = { Type: "AWS::IAM::Role", Properties: roleOf(id, properties, runs) };
  if (made === ALWAYS) {
    return { own: [...own, [roleId, { ...condition, ...roleOfIt }]], condition: [] };
  }
  // No logical id and no condition of a template has a space.
  const name = `the Role of ${id}`;
  return {
    own: [...own, [roleId, { Condition: name, ...roleOfIt }]],
    condition: [[name, "Condition" in condition ? { "Fn::And": [condition, made] } : made]],
  };
}

const ALWAYS = { "Fn::Equals": ["", ""] };
const NEVER = { "Fn::Not": [ALWAYS] };

/**
 * The role of a function with that which SAM makes where none is given, and the condition on which SAM makes one:
 * an Fn::If may choose between a role and none.
 */
function withOwnRole(
  role: unknown,
  own: object,
): { readonly role: unknown; readonly made: object } {
  const [[name, argument] = ["", undefined], ...others] = isObject(role)
    ? Object.entries(role)
    : [];
  if (role === undefined || role === null || (name === "Ref" && argument === "AWS::NoValue")) {
    return { role: own, made: ALWAYS };
  }
  const isChosen = name === "Fn::If" && others.length === 0;
  if (!isChosen || !Array.isArray(argument) || argument.length !== 3) {
    return { role, made: NEVER };
  }
  const [condition, ...branches]: readonly unknown[] = argument;
  const [yes, no] = branches.map((branch) => withOwnRole(branch, own));
  if (yes === undefined || no === undefined || (yes.made === NEVER && no.made === NEVER)) {
    return { role, made: NEVER };
  }
  const holds = { Condition: condition };
  return {
    role: { "Fn::If": [condition, yes.role, no.role] },
    made:
      yes.made === ALWAYS && no.made === ALWAYS
        ? ALWAYS
        : {
            "Fn::Or": [
              { "Fn::And": [holds, yes.made] },
              { "Fn::And": [{ "Fn::Not": [holds] }, no.made] },
            ],
          },
  };
}

/** The role that SAM makes for a function. */
function roleOf(id: string, properties: JsonObject, runs: Runs): JsonObject {
  const given = [properties["Policies"] ?? []].flat();
  const managed = given.filter((policy) => !isInline(policy));
  const inline = given.flatMap((policy, index) =>
    isInline(policy) ? [inlinePolicy(policy, `${id}RolePolicy${index}`)] : [],
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
      ...managed.map(managedPolicy),
    ],
    Policies: inline,
  };
}

function isTraced({ Tracing: tracing }: JsonObject): boolean {
  return tracing === "Active" || property(tracing, "Enabled") === true;
}

/** Whether a policy is written out, or one of SAM's templates, whichever of the two a condition chooses. */
function isInline(policy: unknown): boolean {
  const branches = branchesOf(policy);
  if (branches !== undefined) {
    const given = branches.filter((branch) => !isNone(branch));
    return given.length > 0 && given.every(isInline);
  }
  return typeof policy !== "string" && !(isObject(policy) && isIntrinsic(policy));
}

/** As the role that SAM makes has it: of an Fn::If it makes one of policies. */
function inlinePolicy(policy: unknown, name: string): unknown {
  const branches = branchesOf(policy);
  if (branches === undefined) {
    return isNone(policy) ? policy : { PolicyName: name, PolicyDocument: inlineDocument(policy) };
  }
  return choice(
    policy,
    branches.map((branch) => inlinePolicy(branch, name)),
  );
}

/** What an Fn::If chooses from; undefined for anything else. */
function branchesOf(value: unknown): readonly unknown[] | undefined {
  const argument = isObject(value) && isIntrinsic(value) ? value["Fn::If"] : undefined;
  return Array.isArray(argument) && argument.length === 3 ? argument.slice(1) : undefined;
}

/** The same Fn::If with other branches. */
function choice(value: unknown, branches: readonly unknown[]): object {
  return { "Fn::If": [[property(value, "Fn::If")].flat()[0], ...branches] };
}

function isNone(value: unknown): boolean {
  return isObject(value) && value["Ref"] === "AWS::NoValue";
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

/** A managed policy, whichever of two a condition chooses. */
function managedPolicy(policy: unknown): unknown {
  const branches = branchesOf(policy);
  if (branches !== undefined) {
    return choice(policy, branches.map(managedPolicy));
  }
  return typeof policy === "string" ? arnOfName(policy) : policy;
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
