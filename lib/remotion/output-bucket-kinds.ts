import { BUCKET_NAME, KEY_PREFIX, KMS_KEY_ARN } from "../iam/rules.js";
import { kindsOf, type ListKind, orNone } from "../iam/value-kind.js";
import { BUCKET_ACCESSES, type OutputBucket } from "./output-bucket.js";

const PROPS = kindsOf<OutputBucket>()({
  name: { kind: "text", rule: BUCKET_NAME },
  prefix: { kind: "text", rule: KEY_PREFIX },
  access: { kind: "choice", choices: BUCKET_ACCESSES, plain: true },
  acl: orNone({ kind: "flag", plain: true }),
  kmsKeyArn: orNone({ kind: "text", rule: KMS_KEY_ARN }),
});

/** A list of output buckets. */
export const OUTPUT_BUCKETS: ListKind = { kind: "list", items: { kind: "object", props: PROPS } };
