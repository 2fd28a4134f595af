import { jsonEncode } from "../expression/json-encode.js";
import type { Limits } from "../expression/limits.js";
import { isList, isValueObject, type Value } from "../expression/value.js";
import type { IamResource } from "../iam-file.js";
import { arnOf } from "../iam-name.js";
import { Unknown } from "../unknown.js";
import { MERGED_ARGUMENTS, policyDocumentData } from "./policy-document-data.js";

/** What an attribute that no argument sets can be made from. */
export interface ComputedFrom {
  /** `aws_iam_role`, or `data.aws_partition`. */
  readonly type: string;
  readonly resource: IamResource;
  /** The value of an argument; undefined where it is not set. */
  readonly argument: (name: string) => Value | undefined;
  readonly partition: string;
  readonly limits: Limits;
}

type Computed = Readonly<Record<string, (from: ComputedFrom) => Value>>;

const NAMED: Computed = { id: name, name, arn, path: () => "/" };

/** Resource type → attributes that AWS makes up, and how they are known all the same. */
const COMPUTED: Readonly<Record<string, Computed>> = {
  aws_iam_group: NAMED,
  aws_iam_policy: { ...NAMED, id: arn },
  aws_iam_role: NAMED,
  aws_iam_user: NAMED,
  aws_s3_bucket: {
    id: ({ argument, resource }) => argument("bucket") ?? afterApply(resource),
    arn: ({ argument, partition, resource }) => {
      const bucket = argument("bucket");
      return typeof bucket === "string" ? `arn:${partition}:s3:::${bucket}` : afterApply(resource);
    },
  },
  "data.aws_partition": {
    id: ({ partition }) => partition,
    partition: ({ partition }) => partition,
  },
  "data.aws_iam_policy_document": { json: documentJson, minified_json: documentJson },
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
  return argument("name") ?? afterApply(resource);
}

function arn({ argument, resource, partition }: ComputedFrom): Value {
  return typeof argument("name") === "string" ? arnOf(resource, partition) : afterApply(resource);
}

function documentJson({ argument, limits }: ComputedFrom): Value {
  if (MERGED_ARGUMENTS.some((name) => argument(name) !== undefined)) {
    return new Unknown("it merges policy documents, which is not worked out here");
  }
  const statements = argument("statement") ?? null;
  if ((isList(statements) ? statements : [statements]).some(hasDynamicBlocks)) {
    return new Unknown("dynamic blocks are not worked out here");
  }
  const text = jsonEncode(statements, limits);
  return text instanceof Unknown ? text : jsonEncode(policyDocumentData(argument), limits);
}

function hasDynamicBlocks(statement: Value): boolean {
  return isValueObject(statement) && Object.hasOwn(statement, "dynamic");
}

function afterApply({ address }: IamResource): Unknown {
  const reason = address.startsWith("data.")
    ? "it is read from AWS"
    : "it is known only after the apply";
  return new Unknown(reason, [address]);
}
