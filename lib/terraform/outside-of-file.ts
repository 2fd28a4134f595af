import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import { property } from "../json/json-value.js";
import { shownAddress } from "../json/shown.js";
import { Unknown } from "../terraform-expression/unknown.js";
import type { IamFile, IamResource } from "./iam-file.js";
import { inDoubt } from "./in-doubt.js";
import { isOrganizationId, organizationPolicies } from "./organization-policies.js";
import type {
  BucketKey,
  BucketName,
  BucketPolicy,
  DisabledAcls,
  KeyPolicy,
  OutsideFacts,
} from "./outside-facts.js";
import { PolicyDocuments } from "./policy-text.js";
import { unknownPartOf } from "./unknown-part-of.js";

/** The prefix of names that the provider makes up where it is given none. */
const DEFAULT_PREFIX = "terraform-";

/** What of a file decides beside IAM: policies of buckets, of keys and of an organization. */
export function outsideOfFile(file: IamFile): OutsideFacts {
  return new OutsideOfFile(file).facts();
}

class OutsideOfFile {
  readonly #file: IamFile;
  readonly #documents: PolicyDocuments;
  readonly #byType = new Map<string, IamResource[]>();
  readonly #byAddress = new Map<string, IamResource>();

  constructor(file: IamFile) {
    this.#file = file;
    this.#documents = new PolicyDocuments(file.give, new Map());
    for (const resource of file.outside ?? []) {
      // A template says in one resource what Terraform says in several: the bucket comes first.
      if (!this.#byAddress.has(resource.address)) {
        this.#byAddress.set(resource.address, resource);
      }
      const others = this.#byType.get(resource.type) ?? [];
      this.#byType.set(resource.type, others);
      others.push(resource);
    }
  }

  facts(): OutsideFacts {
    const [organization] = this.#of("aws_organizations_organization");
    const managementAccount = organization?.argument("master_account_id");
    const id = organization?.argument("id");
    return {
      organization: organizationPolicies(
        {
          policies: this.#of("aws_organizations_policy"),
          attachments: this.#of("aws_organizations_policy_attachment"),
        },
        {
          documentOf: (policy) => this.#documentOf(policy, "content"),
          caveatOf: (resource) => this.#caveat(resource),
        },
      ),
      ...(typeof managementAccount === "string" ? { managementAccount } : {}),
      ...(typeof id === "string" && isOrganizationId(id) ? { organizationId: id } : {}),
      bucketPolicies: this.#bucketPolicies(),
      bucketKeys: this.#bucketKeys(),
      keyPolicies: this.#keyPolicies(),
      disabledAcls: [...this.#disabledAcls(), ...this.#blockedAcls()],
    };
  }

  #of(type: string): readonly IamResource[] {
    return this.#byType.get(type) ?? [];
  }

  /** Bucket policies, and those of buckets that say it themselves, where no other resource does. */
  #bucketPolicies(): readonly BucketPolicy[] {
    const declared = this.#of("aws_s3_bucket_policy").map((resource) => ({
      bucket: this.#bucketOf(resource),
      name: resource.address,
      document: this.#documentOf(resource, "policy"),
    }));
    const own = this.#ownOf("policy", declared).map(({ resource, bucket }) => ({
      bucket,
      name: resource.address,
      document: this.#documentOf(resource, "policy"),
    }));
    return [...declared, ...own];
  }

  #bucketKeys(): readonly BucketKey[] {
    const declared = this.#of("aws_s3_bucket_server_side_encryption_configuration").map(
      (resource) => ({ bucket: this.#bucketOf(resource), resource }),
    );
    const own = this.#ownOf("server_side_encryption_configuration", declared);
    return [
      ...declared.flatMap(({ resource, bucket }) =>
        this.#keysIn(resource.argument("rule"), resource, bucket),
      ),
      ...own.flatMap(({ resource, bucket }) => {
        const [configuration] = [resource.argument("server_side_encryption_configuration")].flat();
        return this.#keysIn(
          configuration instanceof Unknown ? configuration : property(configuration, "rule"),
          resource,
          bucket,
        );
      }),
    ];
  }

  /** The buckets that have something themselves, and of which no other resource of the file says it. */
  #ownOf(
    argument: string,
    declared: readonly { readonly bucket: BucketName }[],
  ): readonly { readonly resource: IamResource; readonly bucket: BucketName }[] {
    const names = new Set(declared.map(({ bucket }) => bucket));
    return this.#of("aws_s3_bucket")
      .map((resource) => ({ resource, bucket: this.#nameOfBucket(resource) }))
      .filter(({ bucket, resource }) => {
        const value = resource.argument(argument);
        return value !== undefined && value !== "" && !names.has(bucket);
      });
  }

  #keysIn(rules: unknown, resource: IamResource, bucket: BucketName): readonly BucketKey[] {
    const about = { bucket, name: resource.address };
    const caveat = this.#caveat(resource);
    return [rules].flat().flatMap((rule): BucketKey[] => {
      const encryption = property(rule, "apply_server_side_encryption_by_default");
      const [by] = [encryption].flat();
      const open = [rule, by].find((part) => part instanceof Unknown);
      if (open instanceof Unknown) {
        return [{ ...about, key: "", doubt: this.#keyDoubt(resource, open) }];
      }
      const algorithm = property(by, "sse_algorithm");
      const isOpen = algorithm instanceof Unknown;
      if (!isOpen && (typeof algorithm !== "string" || !algorithm.startsWith("aws:kms"))) {
        return [];
      }
      const key = this.#keyOf(property(by, "kms_master_key_id"));
      const doubt = isOpen ? this.#keyDoubt(resource, algorithm) : caveat;
      return key === undefined
        ? []
        : [{ ...about, key, ...(doubt === undefined ? {} : { doubt }) }];
    });
  }

  #keyDoubt({ address }: IamResource, { reason }: Unknown): UnknownPart {
    return new UnknownPart(
      `whether ${shownAddress(address)} encrypts by a key of one's own is not told: ${reason}`,
      this.#file.give,
    );
  }

  /**
   * The key that a value names: its address where it is in the file, or else the value; "" where neither is told.
   * Undefined for the one that AWS has for S3, which lets all of an account use it.
   */
  #keyOf(value: unknown): string | undefined {
    if (value instanceof Unknown) {
      return this.#keyAt(value) ?? "";
    }
    if (typeof value !== "string" || value === "" || /(?:^|:)alias\/aws\/s3$/.test(value)) {
      return undefined;
    }
    const alias = this.#of("aws_kms_alias").find((resource) =>
      ["name", "arn"].some((name) => resource.argument(name) === value),
    );
    return alias === undefined ? value : (this.#keyOf(alias.argument("target_key_id")) ?? value);
  }

  /** The address of the one key that something unknown is made from. */
  #keyAt({ origins }: Unknown): string | undefined {
    const keys = origins.flatMap((origin) => {
      const resource = this.#byAddress.get(origin);
      const target = resource?.type === "aws_kms_alias" ? resource.argument("target_key_id") : "";
      if (target instanceof Unknown) {
        return target.origins;
      }
      return target === "" || typeof target !== "string" ? [origin] : [target];
    });
    const [only] = keys;
    return keys.length === 1 ? only : undefined;
  }

  #keyPolicies(): readonly KeyPolicy[] {
    const attached = this.#of("aws_kms_key_policy");
    return [
      ...attached.map((resource) => ({
        keys: keysNamed(this.#keyOf(resource.argument("key_id"))),
        name: resource.address,
        document: this.#documentOf(resource, "policy"),
      })),
      ...this.#of("aws_kms_key").map((resource) => {
        const ids = ["arn", "key_id", "id"].map((name) => resource.argument(name));
        return {
          keys: [resource.address, ...ids.filter((id) => typeof id === "string")],
          name: resource.address,
          document:
            resource.argument("policy") === undefined
              ? undefined
              : this.#documentOf(resource, "policy"),
        };
      }),
    ];
  }

  #disabledAcls(): readonly DisabledAcls[] {
    return this.#of("aws_s3_bucket_ownership_controls").flatMap((resource): DisabledAcls[] => {
      const [rule] = [resource.argument("rule")].flat();
      const ownership = rule instanceof Unknown ? rule : property(rule, "object_ownership");
      const about = { bucket: this.#bucketOf(resource), name: resource.address };
      const caveat = this.#caveat(resource);
      if (ownership instanceof Unknown) {
        return [{ ...about, doubt: this.#aclDoubt(resource, ownership) }];
      }
      return ownership === "BucketOwnerEnforced"
        ? [{ ...about, ...(caveat === undefined ? {} : { doubt: caveat }) }]
        : [];
    });
  }

  #blockedAcls(): readonly DisabledAcls[] {
    return this.#of("aws_s3_bucket_public_access_block").flatMap((resource): DisabledAcls[] => {
      const blocks = resource.argument("block_public_acls");
      const about = { bucket: this.#bucketOf(resource), name: resource.address } as const;
      const caveat = this.#caveat(resource);
      if (blocks instanceof Unknown) {
        const doubt = this.#aclDoubt(resource, blocks, "blocks public ACLs");
        return [{ ...about, isOfPublic: true, doubt }];
      }
      // CloudFormation takes texts for booleans.
      return String(blocks).toLowerCase() === "true"
        ? [{ ...about, isOfPublic: true, ...(caveat === undefined ? {} : { doubt: caveat }) }]
        : [];
    });
  }

  #aclDoubt({ address }: IamResource, { reason }: Unknown, does = "disables ACLs"): UnknownPart {
    return new UnknownPart(
      `whether ${shownAddress(address)} ${does} is not told: ${reason}`,
      this.#file.give,
    );
  }

  #documentOf(resource: IamResource, argument: string): unknown {
    const document = this.#documents.of(resource.argument(argument));
    const doubt = this.#caveat(resource);
    return inDoubt({ name: "", address: "", document }, doubt).document;
  }

  #caveat({ caveat }: IamResource): UnknownPart | undefined {
    return caveat === undefined ? undefined : new UnknownPart(caveat, this.#file.give);
  }

  #bucketOf(resource: IamResource): BucketName {
    const value = resource.argument("bucket");
    if (typeof value === "string") {
      return value;
    }
    const unknown = value instanceof Unknown ? value : new Unknown("it is not in the file");
    const [origin, ...others] = unknown.origins;
    const bucket = origin === undefined ? undefined : this.#byAddress.get(origin);
    return bucket?.type === "aws_s3_bucket" && others.length === 0
      ? this.#nameOfBucket(bucket)
      : this.#unknownName(resource, unknown);
  }

  /** One and the same for a bucket, whatever is not told of it. */
  #nameOfBucket(resource: IamResource): BucketName {
    const known = this.#names.get(resource) ?? this.#nameWorkedOut(resource);
    this.#names.set(resource, known);
    return known;
  }

  readonly #names = new Map<IamResource, BucketName>();

  #nameWorkedOut(resource: IamResource): BucketName {
    const name = resource.argument("bucket") ?? resource.argument("id");
    if (typeof name === "string" && name !== "") {
      return name;
    }
    const prefix = resource.argument("bucket_prefix");
    if (name instanceof Unknown && (typeof prefix !== "string" || prefix === "")) {
      return this.#unknownName(resource, name);
    }
    if (prefix instanceof Unknown) {
      return this.#unknownName(resource, new Unknown(prefix.reason));
    }
    const pieces = [typeof prefix === "string" && prefix !== "" ? prefix : DEFAULT_PREFIX, ""];
    return this.#unknownName(resource, new Unknown("AWS makes up its name", [], { pieces }));
  }

  #unknownName({ address }: IamResource, { reason, known }: Unknown): UnknownPart {
    const about = `which bucket ${shownAddress(address)} is for is not told: ${reason}`;
    return unknownPartOf(new Unknown(about, [], known), this.#file.give);
  }
}

function keysNamed(key: string | undefined): readonly string[] {
  return key === undefined || key === "" ? [] : [key];
}
