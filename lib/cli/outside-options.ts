import { compilePolicy } from "../iam/evaluate/compile-policy.js";
import {
  compileResourceControlPolicy,
  compileResourcePolicy,
} from "../iam/evaluate/compile-resource-policy.js";
import { PolicyError } from "../iam/evaluate/errors.js";
import { BUCKET_NAME } from "../iam/rules.js";
import { keepsRule } from "../iam/value-rule.js";
import { UnreadableFile } from "../json/unreadable-file.js";
import { readIamCollect } from "../reading/read-iam-collect.js";
import { readPolicyDocument } from "../reading/read-policy-document.js";
import { insteadOfPlan } from "../terraform/errors.js";
import { isOrganizationId } from "../terraform/organization-policies.js";
import {
  NOTHING_OUTSIDE,
  type OrganizationPolicy,
  type OutsideFacts,
} from "../terraform/outside-facts.js";
import { collectedFolder } from "./collected-folder.js";
import {
  invalidBucketPolicyOption,
  invalidKeyPolicyOption,
  invalidOrganization,
  invalidScpOption,
  UsageError,
} from "./errors.js";
import { withInput } from "./read-input.js";
import type { VerifySettings } from "./verify-settings.js";

/** The options with policies that decide beside those of principals, as the command line has them. */
export interface OutsideArguments {
  /** `FILE` or `LEVEL=FILE`. */
  readonly scp: readonly string[] | undefined;
  readonly rcp: readonly string[] | undefined;
  /** `NAME=FILE`. */
  readonly bucketPolicy: readonly string[] | undefined;
  /** `ARN=FILE`. */
  readonly keyPolicy: readonly string[] | undefined;
  /** The id of the organization. */
  readonly organization: string | undefined;
  /** A folder of iam-collect. */
  readonly iamCollect: string | undefined;
  readonly account: string | undefined;
}

/**
 * The policies that are given beside the file: those of the command line, and those of the file of options. Both
 * count: what denies in either denies.
 *
 * @throws UsageError when a file cannot be read, or holds no such policy
 */
export function givenOutside(
  args: OutsideArguments,
  settings: VerifySettings,
): { readonly outside: OutsideFacts; readonly collected?: OutsideFacts } {
  const folder = args.iamCollect ?? settings.iamCollect;
  const account = args.account ?? settings.account;
  const outside = { ...givenFiles(args, settings), ...givenOrganization(args, settings) };
  return folder === undefined ? { outside } : { outside, collected: collectedIn(folder, account) };
}

function givenOrganization(
  args: OutsideArguments,
  settings: VerifySettings,
): Pick<OutsideFacts, "organizationId"> {
  const organizationId = args.organization ?? settings.organization;
  if (organizationId !== undefined && !isOrganizationId(organizationId)) {
    throw invalidOrganization(organizationId);
  }
  return organizationId === undefined ? {} : { organizationId };
}

/** What iam-collect knows of an account. */
function collectedIn(folder: string, account: string | undefined): OutsideFacts {
  try {
    return readIamCollect(collectedFolder(folder), account);
  } catch (error) {
    throw error instanceof UnreadableFile ? new UsageError(`${folder}: ${error.message}`) : error;
  }
}

function givenFiles(args: OutsideArguments, settings: VerifySettings): OutsideFacts {
  return {
    ...NOTHING_OUTSIDE,
    organization: [
      ...[...(settings.serviceControlPolicies ?? []), ...(args.scp ?? [])].map(
        serviceControlPolicy,
      ),
      ...[...(settings.resourceControlPolicies ?? []), ...(args.rcp ?? [])].map(
        resourceControlPolicy,
      ),
    ],
    bucketPolicies: pairsOf(
      args.bucketPolicy,
      settings.bucketPolicies,
      invalidBucketPolicyOption,
    ).map(([bucket, name]) => {
      if (!keepsRule(BUCKET_NAME, bucket)) {
        throw invalidBucketPolicyOption(`${bucket}=${name}`);
      }
      const document = documentIn(
        name,
        (policy) => compileResourcePolicy(policy, { name, kind: "bucket policy" }),
        "s3api get-bucket-policy",
      );
      return { bucket, name, document };
    }),
    keyPolicies: pairsOf(args.keyPolicy, settings.keyPolicies, invalidKeyPolicyOption).map(
      ([key, name]) => {
        const document = documentIn(
          name,
          (policy) => compileResourcePolicy(policy, { name, kind: "key policy" }),
          "kms get-key-policy",
        );
        return { keys: [key], name, document };
      },
    ),
  };
}

/** Reads `FILE` or `LEVEL=FILE`: files without a level are of one. */
function serviceControlPolicy(option: string): OrganizationPolicy {
  const at = option.indexOf("=");
  const level = option.slice(0, Math.max(0, at));
  const name = option.slice(at + 1);
  if (at === 0 || name === "") {
    throw invalidScpOption(option);
  }
  const document = documentIn(name, (policy) => compilePolicy(policy, name), DESCRIBE_POLICY);
  return { kind: "service control policy", name, level, document };
}

function resourceControlPolicy(name: string): OrganizationPolicy {
  const document = documentIn(
    name,
    (policy) => compileResourceControlPolicy(policy, { name }),
    DESCRIBE_POLICY,
  );
  return { kind: "resource control policy", name, level: "", document };
}

/** The pairs of an option and of the file of options; of one and the same, the option's. */
function pairsOf(
  options: readonly string[] = [],
  settings: Readonly<Record<string, string>> = {},
  invalid: (option: string) => UsageError,
): readonly (readonly [string, string])[] {
  const pairs = options.map((option): [string, string] => {
    const at = option.indexOf("=");
    if (at < 1 || at === option.length - 1) {
      throw invalid(option);
    }
    return [option.slice(0, at), option.slice(at + 1)];
  });
  return [...new Map([...Object.entries(settings), ...pairs])];
}

const DESCRIBE_POLICY = "organizations describe-policy";

/**
 * The policy in a file, once it is known to be one.
 *
 * @param command which of `aws` answers with it
 */
function documentIn(file: string, check: (document: unknown) => unknown, command: string): unknown {
  try {
    const document = withInput(file, readPolicyDocument);
    check(document);
    return document;
  } catch (error) {
    if (error instanceof UnreadableFile) {
      const wayOut = `Give the policy alone, or what \`aws ${command} --output json\` answers.`;
      throw new UsageError(`${file}: ${insteadOfPlan(error, wayOut)}`);
    }
    if (error instanceof PolicyError) {
      throw new UsageError(`${file}: ${error.message}`);
    }
    throw error;
  }
}
