import { shownAddress } from "../json/shown.js";
import type { IamResource } from "../terraform/iam-file.js";
import { mayNotBeMade } from "../terraform/notes.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { nameOfResource } from "./attributes.js";
import { documentOf } from "./policy-document.js";
import type { Declared, Template, Worked } from "./template.js";

type Arguments = Readonly<Record<string, () => unknown>>;

/** A resource of Terraform: its type, its arguments, and why it is open whether it is there. */
type Translated = readonly [type: string, args: Arguments, doubt?: string | undefined];

/** What a resource type is in Terraform: perhaps several resources. */
type Translate = (resource: Declared, template: Template) => readonly Translated[];

const TRANSLATED: Readonly<Record<string, Translate>> = {
  "AWS::KMS::Alias": (resource, template) => [
    [
      "aws_kms_alias",
      {
        name: () => template.property(resource, "AliasName"),
        target_key_id: () => template.property(resource, "TargetKeyId"),
      },
    ],
  ],
  "AWS::KMS::Key": key,
  "AWS::KMS::ReplicaKey": key,
  "AWS::Organizations::Policy": organizationPolicy,
  "AWS::S3::Bucket": (resource, template) => Object.entries(bucket(resource, template)),
  "AWS::S3::BucketPolicy": (resource, template) => [
    [
      "aws_s3_bucket_policy",
      {
        bucket: () => template.property(resource, "Bucket"),
        policy: () => documentOf(template.property(resource, "PolicyDocument")),
      },
    ],
  ],
};

/**
 * What decides in a template beside its IAM, as resources of Terraform.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_S3.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_KMS.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-organizations-policy.html
 */
export function outsideResources(template: Template): readonly IamResource[] {
  return template.resources.flatMap((resource) => {
    const { id, type } = resource;
    const translate = Object.hasOwn(TRANSLATED, type) ? TRANSLATED[type] : undefined;
    const isMade = translate === undefined ? false : template.isMade(resource);
    const condition = isMade instanceof Unknown ? mayNotBeMade(id, isMade.reason) : undefined;
    return (translate?.(resource, template) ?? []).map(([of, args, doubt]): IamResource => {
      const caveat = condition ?? doubt;
      return {
        address: id,
        module: "",
        type: of,
        argument: (name) => (Object.hasOwn(args, name) ? args[name]?.() : undefined) ?? undefined,
        origins: () => [],
        fate: "made",
        ...(caveat === undefined ? {} : { caveat }),
      };
    });
  });
}

function key(resource: Declared, template: Template): readonly Translated[] {
  const policy = () => {
    const value = template.property(resource, "KeyPolicy");
    return value === undefined || value === null ? undefined : documentOf(value);
  };
  return [["aws_kms_key", { policy }]];
}

/** A policy of an organization says itself what it is attached to, and its content may be an object. */
function organizationPolicy(resource: Declared, template: Template): readonly Translated[] {
  const { id } = resource;
  return [
    [
      "aws_organizations_policy",
      {
        type: () => template.property(resource, "Type"),
        content: () => documentOf(template.property(resource, "Content")),
      },
    ],
    ...template.items(resource, "TargetIds").map(
      ({ value, doubt }): Translated => [
        "aws_organizations_policy_attachment",
        {
          policy_id: () => new Unknown("it is in the template", [id]),
          target_id: () => (typeof value === "number" ? String(value) : value),
        },
        doubt === undefined
          ? undefined
          : `whether a condition of ${shownAddress(id)} gives it is not told: ${doubt}`,
      ],
    ),
  ];
}

/** A bucket says itself what Terraform has resources of their own for. */
function bucket(resource: Declared, template: Template): Readonly<Record<string, Arguments>> {
  const part = (value: Worked, ...path: readonly string[]): Worked =>
    path.reduce<Worked>((inner, name) => template.part(inner, name), value);
  const name = () => nameOfResource(resource, template);
  const encryption = template.property(resource, "BucketEncryption");
  const ownership = template.property(resource, "OwnershipControls");
  const access = template.property(resource, "PublicAccessBlockConfiguration");
  const rulesOf = (value: Worked, list: string): readonly Worked[] => {
    const rules = part(value, list);
    return rules instanceof Unknown || !Array.isArray(rules)
      ? [rules]
      : (rules as readonly Worked[]);
  };
  return {
    aws_s3_bucket: { bucket: name },
    ...(encryption === undefined || encryption === null
      ? {}
      : {
          aws_s3_bucket_server_side_encryption_configuration: {
            bucket: name,
            rule: () =>
              rulesOf(encryption, "ServerSideEncryptionConfiguration").map((rule) => {
                const by = part(rule, "ServerSideEncryptionByDefault");
                return by instanceof Unknown
                  ? by
                  : {
                      apply_server_side_encryption_by_default: [
                        {
                          sse_algorithm: part(by, "SSEAlgorithm"),
                          kms_master_key_id: part(by, "KMSMasterKeyID"),
                        },
                      ],
                    };
              }),
          },
        }),
    ...(access === undefined || access === null
      ? {}
      : {
          aws_s3_bucket_public_access_block: {
            bucket: name,
            block_public_acls: () => part(access, "BlockPublicAcls"),
          },
        }),
    ...(ownership === undefined || ownership === null
      ? {}
      : {
          aws_s3_bucket_ownership_controls: {
            bucket: name,
            rule: () =>
              rulesOf(ownership, "Rules").map((rule) =>
                rule instanceof Unknown
                  ? rule
                  : { object_ownership: part(rule, "ObjectOwnership") },
              ),
          },
        }),
  };
}
