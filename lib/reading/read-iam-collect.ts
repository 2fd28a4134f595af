import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import type { ByteSource } from "../json/json-reader.js";
import {
  isObject,
  type JsonObject,
  objectIn,
  property,
  textIn,
  textsOf,
} from "../json/json-value.js";
import { noCollectedAccount, noIamCollect, severalCollectedAccounts } from "../terraform/errors.js";
import { isOrganizationId } from "../terraform/organization-policies.js";
import {
  type BucketKey,
  type BucketPolicy,
  type KeyPolicy,
  NOTHING_OUTSIDE,
  type OrganizationPolicy,
  type OutsideFacts,
} from "../terraform/outside-facts.js";
import { readContents, refuseRepeated } from "./file-content.js";
import { readPolicyDocument } from "./read-policy-document.js";

/** A folder, from wherever. Paths in it have slashes. */
export interface CollectedFolder {
  /** Names of what is in a folder; none where it is not there. */
  readonly names: (path: string) => readonly string[];
  /** What is made of a file; undefined where it is not there. */
  readonly read: <T>(path: string, use: (source: ByteSource) => T) => T | undefined;
}

/** How deep an organization may be: AWS takes five units in one another. */
const MAX_DEPTH = 10;

/**
 * Reads what decides in an account beside its users and roles from a folder of iam-collect: policies of its
 * organization, of its buckets and of their keys.
 *
 * @param account twelve digits; undefined for the only one in the folder
 * @throws {UnreadableFile} when it is no such folder, has not that account or has several, or a file in it cannot be
 * read
 * @see https://github.com/cloud-copilot/iam-collect/blob/main/docs/Storage.md
 */
export function readIamCollect(folder: CollectedFolder, account: string | undefined): OutsideFacts {
  const places = folder.names("aws").flatMap((partition) =>
    folder
      .names(`aws/${partition}/accounts`)
      .filter((name) => /^\d{12}$/.test(name))
      .map((name) => ({ base: `aws/${partition}`, account: name })),
  );
  if (places.length === 0) {
    throw noIamCollect();
  }
  const [place, ...others] = places.filter(
    (one) => account === undefined || one.account === account,
  );
  if (place === undefined) {
    throw noCollectedAccount(
      account ?? "",
      places.map((one) => one.account),
    );
  }
  if (others.length > 0) {
    throw severalCollectedAccounts(places.map((one) => one.account));
  }
  return new CollectedAccount(folder, place).facts();
}

class CollectedAccount {
  readonly #folder: CollectedFolder;
  readonly #base: string;
  readonly #account: string;

  constructor(folder: CollectedFolder, { base, account }: { base: string; account: string }) {
    this.#folder = folder;
    this.#base = base;
    this.#account = account;
  }

  facts(): OutsideFacts {
    const buckets = this.#buckets();
    const organization = this.#organization();
    return {
      ...NOTHING_OUTSIDE,
      ...organization,
      bucketPolicies: buckets.flatMap((bucket) => this.#policyOf(bucket)),
      ...this.#keysOf(buckets),
      complete: [
        ...(organization.complete ?? []),
        ...(buckets.length > 0 ? (["bucket policies", "key policies"] as const) : []),
      ],
    };
  }

  #path(...parts: readonly string[]): string {
    return [this.#base, ...parts].join("/");
  }

  /** A file of JSON that is no policy; undefined where it is not there. */
  #json(path: string): unknown {
    return this.#folder.read(path, (source) => {
      const { contents, repeated } = readContents([source], "all");
      refuseRepeated(repeated);
      return contents[0];
    });
  }

  #object(path: string): JsonObject | undefined {
    const found = this.#json(path);
    return isObject(found) ? found : undefined;
  }

  /** Names of the account's buckets. */
  #buckets(): readonly string[] {
    return this.#folder
      .names(this.#path("accounts", this.#account, "s3"))
      .filter((name) => /^[a-z0-9][a-z0-9.-]{1,62}$/.test(name));
  }

  #policyOf(bucket: string): readonly BucketPolicy[] {
    const name = this.#path("accounts", this.#account, "s3", bucket, "policy.json");
    const document = this.#folder.read(name, readPolicyDocument);
    return document === undefined ? [] : [{ bucket, name, document }];
  }

  #keysOf(buckets: readonly string[]): Pick<OutsideFacts, "bucketKeys" | "keyPolicies"> {
    const bucketKeys = buckets.flatMap((bucket) => this.#keysOfBucket(bucket));
    const keyPolicies = [...new Set(bucketKeys.map(({ key }) => key))].flatMap((key) =>
      this.#keyPolicy(key),
    );
    return { bucketKeys, keyPolicies };
  }

  #keysOfBucket(bucket: string): readonly BucketKey[] {
    const name = this.#path("accounts", this.#account, "s3", bucket, "encryption.json");
    const region = textIn(
      this.#json(this.#path("accounts", this.#account, "s3", bucket, "metadata.json")),
      "region",
    );
    return [this.#json(name)].flat().flatMap((rule): BucketKey[] => {
      const by = property(rule, "ApplyServerSideEncryptionByDefault");
      const key = textIn(by, "KMSMasterKeyID") ?? "";
      if (
        textIn(by, "SSEAlgorithm")?.startsWith("aws:kms") !== true ||
        key === "" ||
        /(?:^|:)alias\/aws\/s3$/.test(key)
      ) {
        return [];
      }
      const isId = /^[\w-]+$/.test(key) && region !== undefined;
      const partition = this.#base.split("/")[1] ?? "aws";
      return [
        {
          bucket,
          name,
          key: isId ? `arn:${partition}:kms:${region}:${this.#account}:key/${key}` : key,
        },
      ];
    });
  }

  #keyPolicy(key: string): readonly KeyPolicy[] {
    const [, region = "", account = "", id = ""] =
      /^arn:[^:]*:kms:([a-z0-9-]+):(\d{12}):key\/([\w-]+)$/.exec(key) ?? [];
    if (id === "") {
      return [];
    }
    const of = ["accounts", account, "kms", region, "key", id.toLowerCase(), "policy.json"];
    const name = this.#path(...of);
    const document = this.#folder.read(name, readPolicyDocument);
    return document === undefined ? [] : [{ keys: [key], name, document }];
  }

  /** The policies from the root of the organization down to the account; none where it is in none that was collected. */
  #organization(): Pick<
    OutsideFacts,
    "organization" | "organizationId" | "managementAccount" | "complete"
  > {
    for (const id of this.#folder.names(this.#path("organizations"))) {
      const folder = this.#path("organizations", id);
      const own = property(this.#object(`${folder}/accounts.json`), this.#account);
      if (isObject(own)) {
        const managing = textIn(this.#object(`${folder}/metadata.json`), "rootAccountId");
        return {
          organization: this.#levels(own, folder).flatMap(([level, target]) => [
            ...this.#attached("service control policy", level, target, folder),
            ...this.#attached("resource control policy", level, target, folder),
          ]),
          ...(managing === undefined ? {} : { managementAccount: managing }),
          ...(isOrganizationId(id) ? { organizationId: id } : {}),
          complete: ["service control policies", "resource control policies"],
        };
      }
    }
    return { organization: [] };
  }

  /** The account, and the units that it is in, up to the root. */
  #levels(account: JsonObject, folder: string): readonly (readonly [string, JsonObject])[] {
    const units = this.#object(`${folder}/ous.json`) ?? {};
    const levels: (readonly [string, JsonObject])[] = [[this.#account, account]];
    let unit = textIn(account, "ou");
    while (unit !== undefined && levels.length < MAX_DEPTH) {
      const target = objectIn(units, unit);
      levels.push([unit, target]);
      unit = textIn(target, "parent");
    }
    return levels.reverse();
  }

  #attached(
    kind: OrganizationPolicy["kind"],
    level: string,
    target: JsonObject,
    folder: string,
  ): readonly OrganizationPolicy[] {
    const list = kind === "service control policy" ? "scps" : "rcps";
    return textsOf(target[list]).map((arn) => {
      const id = arn.slice(arn.lastIndexOf("/") + 1);
      const name = `${folder}/${list}/${id.toLowerCase()}/policy.json`;
      const document = /^p-[\w]+$/.test(id)
        ? this.#folder.read(name, readPolicyDocument)
        : undefined;
      return {
        kind,
        name,
        level,
        account: this.#account,
        document:
          document ?? new UnknownPart("it is not in the folder", "iam-collect's whole folder"),
      };
    });
  }
}
