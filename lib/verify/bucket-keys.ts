import {
  type CompiledResourcePolicy,
  compileResourcePolicy,
} from "../iam/evaluate/compile-resource-policy.js";
import type { OutsidePolicies } from "../iam/evaluate/outside-policies.js";
import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import { shownAddress } from "../json/shown.js";
import type { BucketKey, KeyPolicy, OutsideFacts } from "../terraform/outside-facts.js";
import type { OutsideRequest } from "./outside-request.js";
import { mayBeFor } from "./relevant-outside.js";
import { taken } from "./taken-policy.js";

/** A key that S3 asks for in the caller's name, and what its policy is. */
export interface NeededKey {
  /** The actions that S3 asks for. */
  readonly actions: readonly string[];
  /** Its ARN, or that of an example where it is not told. */
  readonly arn: string;
  /** What it is called in a report. */
  readonly name: string;
  /** Its policy; undefined where that leaves all to identity policies. */
  readonly resource?: NonNullable<OutsidePolicies["resource"]>;
  /** Why it is open whether the bucket is encrypted by it. @default it is */
  readonly doubt?: UnknownPart;
  /** Why it is open which key it is, so that nothing allows it for sure. @default it is told */
  readonly which?: UnknownPart;
}

/** The id of a key of KMS, of one region or of several. */
const KEY_ID = /^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** What stands for the id of a key that is not told. */
const EXAMPLE_ID = "00000000-0000-0000-0000-000000000000";

/** What Remotion writes in one piece. Of larger files S3 decrypts the parts to put them together. */
const IN_ONE_PIECE = /\/(?:input-props|resolved-props)\/|\.json$/;

/**
 * The keys of one's own that buckets are encrypted by. Without the policy of such a key nothing is told: identity
 * policies count where it says so.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export class BucketKeys {
  readonly #facts: Pick<OutsideFacts, "bucketKeys" | "keyPolicies">;
  readonly #compiled = new Map<KeyPolicy, CompiledResourcePolicy>();

  constructor(facts: Pick<OutsideFacts, "bucketKeys" | "keyPolicies">) {
    this.#facts = facts;
  }

  /** The policies of the keys that buckets are encrypted by. */
  get policiesInUse(): readonly KeyPolicy[] {
    return this.#facts.bucketKeys.flatMap(({ key }) => this.#policyOf(key) ?? []);
  }

  /** The keys that S3 asks for when a request for something in a bucket is made. */
  neededFor(
    bucket: string,
    request: OutsideRequest,
    site: { readonly partition: string; readonly region: string },
  ): readonly NeededKey[] {
    const actions = actionsFor(request);
    if (actions.length === 0) {
      return [];
    }
    const { bucketKeys } = this.#facts;
    const own = bucketKeys.filter((one) => one.bucket === bucket);
    const counted =
      own.length > 0
        ? own
        : bucketKeys.filter((one) => mayBeFor(one.bucket, bucket, request.isSample));
    return counted.map((one) => ({ actions, ...this.#key(one, request, site) }));
  }

  #key(
    { key, bucket, doubt }: BucketKey,
    { account, accountIsKnown }: OutsideRequest,
    { partition, region }: { readonly partition: string; readonly region: string },
  ): Omit<NeededKey, "actions"> {
    const policy = this.#policyOf(key);
    const own = policy?.keys.find((name) => name.startsWith("arn:")) ?? key;
    const isArn = /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(own);
    const id = KEY_ID.test(own) ? own : EXAMPLE_ID;
    const arn = isArn ? own : `arn:${partition}:kms:${region}:${account}:key/${id}`;
    const isOther = isArn && accountIsKnown && arn.split(":")[4] !== account;
    const name = key === "" ? "that is not told" : shownAddress(key);
    const isTold = isArn || id !== EXAMPLE_ID || (policy !== undefined && isInFile(policy, key));
    const open = doubt ?? (bucket instanceof UnknownPart ? bucket : undefined);
    const policies = policy === undefined ? [unknownPolicy(key)] : this.#compiledOf(policy);
    const rule = isOther ? "of another account" : "own key";
    return {
      arn,
      name,
      ...(policies === undefined ? {} : { resource: { rule, policies } }),
      ...(open === undefined ? {} : { doubt: open }),
      ...(isTold ? {} : { which: WHICH }),
    };
  }

  /** The policy of a key, by whatever it is called there and here. */
  #policyOf(key: string): KeyPolicy | undefined {
    return key === ""
      ? undefined
      : this.#facts.keyPolicies.find(({ keys }) =>
          keys.some((name) => name === key || idIn(name) === idIn(key)),
        );
  }

  #compiledOf(policy: KeyPolicy): readonly CompiledResourcePolicy[] | undefined {
    const { name, document } = policy;
    if (document === undefined) {
      return undefined;
    }
    const compiled =
      this.#compiled.get(policy) ??
      taken(document, (one) => compileResourcePolicy(one, { name, kind: "key policy" }));
    this.#compiled.set(policy, compiled);
    return [compiled];
  }
}

/** What S3 asks of KMS for a request. */
function actionsFor({ action, resource }: OutsideRequest): readonly string[] {
  if (!resource.includes("/")) {
    return [];
  }
  switch (action) {
    case "s3:GetObject":
      return ["kms:Decrypt"];
    case "s3:PutObject":
      return IN_ONE_PIECE.test(resource)
        ? ["kms:GenerateDataKey"]
        : ["kms:GenerateDataKey", "kms:Decrypt"];
    default:
      return [];
  }
}

const WHICH = new UnknownPart(
  "which key that is is not told",
  "the bucket with the ARN of its key",
);

/** Whether a key is told by where it stands in the file, which makes it: no policy names it by its id before. */
function isInFile({ keys }: KeyPolicy, key: string): boolean {
  return keys.includes(key) && !key.startsWith("alias/") && !key.startsWith("arn:");
}

/** The id in the ARN of a key, or the text itself. */
function idIn(key: string): string {
  return /^arn:[^:]*:kms:[^:]*:[^:]*:key\/(.+)$/.exec(key)?.[1] ?? key;
}

/** What stands for the policy of a key that is not in the file: it may allow and deny anything. */
function unknownPolicy(key: string): CompiledResourcePolicy {
  const give = `--key-policy ${key === "" ? "ARN" : shownAddress(key)}=FILE`;
  const document = new UnknownPart("it is not in the file", give);
  return compileResourcePolicy(document, { name: "of this key", kind: "key policy" });
}
