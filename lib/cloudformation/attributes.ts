import { shownAddress } from "../json/shown.js";
import { toText } from "../terraform-expression/convert.js";
import { TextPieces } from "../terraform-expression/text-pieces.js";
import { Unknown } from "../terraform-expression/unknown.js";
import type { Value } from "../terraform-expression/value.js";
import type { Declared, Template } from "./template.js";

/** How resources of a type are named, and what their ARN is made of. */
interface Named {
  /** The property with the name. */
  readonly name: string;
  /** What stands before the name in the ARN, behind the partition. */
  readonly arn: readonly ("account" | "region" | "path" | string)[];
  /** What stands behind it. */
  readonly end?: string;
  /** The attributes that are the ARN. @default Arn */
  readonly attributes?: readonly string[];
  /** Whether a Ref is the ARN, and not the name. */
  readonly refIsArn?: boolean;
  /** Whether names that CloudFormation makes up are in lower case. */
  readonly lower?: boolean;
}

const IAM = (name: string, kind: string): Named => ({
  name,
  arn: ["iam::", "account", `:${kind}`, "path"],
});

const NAMED: Readonly<Record<string, Named>> = {
  "AWS::IAM::Group": IAM("GroupName", "group"),
  "AWS::IAM::InstanceProfile": IAM("InstanceProfileName", "instance-profile"),
  "AWS::IAM::ManagedPolicy": {
    ...IAM("ManagedPolicyName", "policy"),
    attributes: ["PolicyArn"],
    refIsArn: true,
  },
  "AWS::IAM::Role": IAM("RoleName", "role"),
  "AWS::IAM::User": IAM("UserName", "user"),
  "AWS::Lambda::Function": {
    name: "FunctionName",
    arn: ["lambda:", "region", ":", "account", ":function:"],
  },
  "AWS::Logs::LogGroup": {
    name: "LogGroupName",
    arn: ["logs:", "region", ":", "account", ":log-group:"],
    end: ":*",
  },
  "AWS::S3::Bucket": { name: "BucketName", arn: ["s3:::"], lower: true },
};

/**
 * The name of a resource, which CloudFormation makes up where it is not given.
 *
 * @param kept characters of the logical id that a made-up name has for sure; infinite for a name that tells one
 * resource from the others
 */
export function nameOfResource(
  resource: Declared,
  template: Template,
  kept = KEPT,
): string | Unknown {
  const named = Object.hasOwn(NAMED, resource.type) ? NAMED[resource.type] : undefined;
  const given = named === undefined ? undefined : template.property(resource, named.name);
  if (given !== undefined && given !== null) {
    const name = textOf(given);
    return name instanceof Unknown ? new Unknown(name.reason, [resource.id], name.known) : name;
  }
  const { reason, pieces } = madeUp(resource, template, named?.lower ?? false, kept);
  return new Unknown(reason, [resource.id], { pieces });
}

/** What a Ref to a resource stands for. */
export function refOfResource(resource: Declared, template: Template): Value {
  const named = Object.hasOwn(NAMED, resource.type) ? NAMED[resource.type] : undefined;
  if (named === undefined) {
    return afterwards(resource);
  }
  return named.refIsArn ? arnOfResource(resource, template) : nameOfResource(resource, template);
}

/** What an attribute of a resource stands for. */
export function attributeOfResource(
  resource: Declared,
  attribute: string,
  template: Template,
): Value {
  const { id, type } = resource;
  if (type === "AWS::CloudFormation::Stack") {
    return new Unknown(
      `it is an output of the nested stack ${shownAddress(id)}, whose template is another file`,
    );
  }
  const named = Object.hasOwn(NAMED, type) ? NAMED[type] : undefined;
  return named !== undefined && (named.attributes ?? ["Arn"]).includes(attribute)
    ? arnOfResource(resource, template)
    : afterwards(resource);
}

/** The ARN of a resource, as far as it is told; unknown for a type whose ARNs are not known here. */
export function arnOfResource(resource: Declared, template: Template): string | Unknown {
  const named = Object.hasOwn(NAMED, resource.type) ? NAMED[resource.type] : undefined;
  if (named === undefined) {
    return afterwards(resource);
  }
  const text = new TextPieces(template.limits);
  text.add(`arn:${template.partition}:`);
  for (const part of named.arn) {
    text.add(partOfArn(part, resource, template));
  }
  text.add(nameOfResource(resource, template));
  text.add(named.end ?? "");
  return text.text();
}

function partOfArn(part: string, resource: Declared, template: Template): string | Unknown {
  switch (part) {
    case "account":
      return toText(template.ref("AWS::AccountId") ?? null);
    case "region":
      return toText(template.ref("AWS::Region") ?? null);
    case "path":
      return textOf(template.property(resource, "Path") ?? "/");
    default:
      return part;
  }
}

/** A text; unknown where CloudFormation would refuse the value. */
function textOf(value: Value): string | Unknown {
  return typeof value === "object" && value !== null && !(value instanceof Unknown)
    ? new Unknown("it is no text")
    : toText(value ?? "");
}

function afterwards({ id }: Declared): Unknown {
  return new Unknown(`what AWS makes of ${shownAddress(id)} is known only after the deployment`, [
    id,
  ]);
}

/** The characters of a logical id, and of a stack's name, that are in a made-up name however long the others are. */
const KEPT = 20;

/**
 * A made-up name is the stack's name, the logical id, both shortened where they are long, and an end that
 * CloudFormation draws.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html
 */
function madeUp(
  { id }: Declared,
  template: Template,
  lower: boolean,
  kept: number,
): { readonly reason: string; readonly pieces: readonly string[] } {
  const cased = (text: string) => (lower ? text.toLowerCase() : text);
  const logicalId = cased(id.length <= kept ? `-${id}-` : `-${id.slice(0, kept)}`);
  const stack = template.ref("AWS::StackName");
  const start = typeof stack === "string" && stack.length <= KEPT ? cased(stack) : undefined;
  return {
    reason: `CloudFormation makes up the name of ${shownAddress(id)}`,
    pieces: start === undefined ? ["", logicalId, ""] : [`${start}${logicalId}`, ""],
  };
}
