import type { DocumentTexts } from "../terraform/document-texts.js";
import type { IamResource } from "../terraform/iam-file.js";
import { arnOf } from "../terraform/iam-name.js";
import { policyDocumentData } from "../terraform/policy-document-data.js";
import { encoded } from "../terraform-expression/functions/conversions.js";
import type { Limits } from "../terraform-expression/limits.js";
import { Unknown } from "../terraform-expression/unknown.js";
import type { Value } from "../terraform-expression/value.js";

/** What an attribute that no argument sets can be made from. */
export interface ComputedFrom {
  /** `aws_iam_role`, or `data.aws_partition`. */
  readonly type: string;
  readonly resource: IamResource;
  /** The value of an argument; undefined where it is not set. */
  readonly argument: (name: string) => Value | undefined;
  readonly partition: string;
  /** The region of the provider; unknown where it is not told. */
  readonly region: Value;
  readonly texts: DocumentTexts;
  readonly limits: Limits;
}

type Computed = Readonly<Record<string, (from: ComputedFrom) => Value>>;

const NAMED: Computed = { id: name, name, arn, path: () => "/" };

/** Resource type → attributes that AWS makes up, and how they are known all the same. */
const COMPUTED: Readonly<Record<string, Computed>> = {
  aws_iam_group: NAMED,
  aws_iam_instance_profile: NAMED,
  aws_iam_policy: { ...NAMED, id: arn },
  aws_iam_role: NAMED,
  aws_iam_user: NAMED,
  aws_s3_bucket: { id: bucket, bucket, arn: bucketArn },
  "data.aws_iam_policy_document": { json: documentJson, minified_json: documentJson },
  "data.aws_partition": {
    id: ({ partition }) => partition,
    partition: ({ partition }) => partition,
    dns_suffix: ({ partition }) => (partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"),
  },
  "data.aws_region": { id: region, name: region, region },
};

/** An attribute that no argument sets. */
export function computed(name: string, from: ComputedFrom): Value {
  const attributes = COMPUTED[from.type];
  const known =
    attributes !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return known === undefined ? afterApply(from.resource) : known(from);
}

/** A name that the provider makes up is not known, though its beginning is. */
function name({ argument, resource }: ComputedFrom): Value {
  const given = argument("name") ?? prefixed(argument("name_prefix"), resource);
  // Whatever it is made from, it is this resource's name.
  return given instanceof Unknown
    ? new Unknown(given.reason, [resource.address], given.known)
    : given;
}

function arn({ argument, resource, partition }: ComputedFrom): Value {
  const whole = arnOf(resource, partition);
  if (typeof argument("name") === "string" || whole instanceof Unknown) {
    return whole instanceof Unknown ? afterApply(resource) : whole;
  }
  return argument("name_prefix") === undefined
    ? afterApply(resource)
    : prefixed(whole.replace(/\*$/, ""), resource);
}

function bucket({ argument, resource }: ComputedFrom): Value {
  return argument("bucket") ?? prefixed(argument("bucket_prefix"), resource);
}

function bucketArn(from: ComputedFrom): Value {
  const start = `arn:${from.partition}:s3:::`;
  const named = bucket(from);
  if (typeof named === "string") {
    return `${start}${named}`;
  }
  const { address } = from.resource;
  const [first = "", ...others] = (named instanceof Unknown && named.known.pieces) || ["", ""];
  return new Unknown(reasonOf(address), [address], { pieces: [`${start}${first}`, ...others] });
}

function region(from: ComputedFrom): Value {
  return typeof from.region === "string" ? from.region : afterApply(from.resource);
}

function documentJson({ argument, texts, limits }: ComputedFrom): Value {
  return encoded(policyDocumentData(argument, texts), limits);
}

/** What begins with something that is told, and goes on with what the provider makes up. */
function prefixed(prefix: Value | undefined, { address }: IamResource): Unknown {
  const known = typeof prefix === "string" ? { pieces: [prefix, ""] } : {};
  return new Unknown(reasonOf(address), [address], known);
}

function afterApply({ address }: IamResource): Unknown {
  return new Unknown(reasonOf(address), [address]);
}

function reasonOf(address: string): string {
  return address.startsWith("data.") ? "it is read from AWS" : "it is known only after the apply";
}
