import { createHash } from "node:crypto";
import { PARTITIONS } from "../../../../lib/iam/partition.js";
import type { PolicyDocument } from "../../../../lib/iam/policy-document.js";
import { BUCKET_ACCESSES, WRITER_ACCESSES } from "../../../../lib/remotion/output-bucket.js";
import { type PolicyOptions, rolePolicy, userPolicy } from "../../../../lib/remotion/policies.js";
import { ROLE_PROFILES, USER_PROFILES } from "../../../../lib/remotion/profile-names.js";

/** A policy, with what it was made from. */
export interface MadePolicy {
  /** As in `user deploy aws, accountId, regions + vpc`. */
  readonly name: string;
  readonly options: PolicyOptions;
  readonly policy: PolicyDocument;
}

const NARROWINGS = {
  accountId: "123456789012",
  regions: ["us-east-1", "eu-central-1"],
  bucketNames: ["remotionlambda-useast1-abc1234567"],
  functionNames: ["remotion-render-4-0-527-mem2048mb-disk2048mb-120sec"],
} as const satisfies PolicyOptions;

const EXTRAS = {
  customLayerArns: ["arn:aws:lambda:us-east-1:123456789012:layer:fonts:3"],
  vpc: true,
  allInsightsRegions: true,
} as const satisfies PolicyOptions;

const GRANTS: readonly PolicyOptions[] = BUCKET_ACCESSES.flatMap((access) =>
  ["", "finished/"].flatMap((prefix) =>
    (WRITER_ACCESSES.some((writer) => writer === access) ? [false, true] : [false]).map((acl) => ({
      outputBuckets: [{ name: "acme-videos", prefix, access, acl }],
    })),
  ),
);

/** Every policy of every profile × narrowing × option, and one for each grant. */
export function everyPolicy(): readonly MadePolicy[] {
  const options = [
    ...subsetsOf(NARROWINGS).flatMap((narrowing) =>
      subsetsOf(EXTRAS).map((extras) => ({ ...narrowing, ...extras })),
    ),
    ...GRANTS,
  ];
  return PARTITIONS.flatMap((partition) =>
    options.flatMap((some) => {
      const made = { ...some, partition };
      const name = `${partition}${nameOf(some)}`;
      return [
        ...USER_PROFILES.map((profile) => ({
          name: `user ${profile} ${name}`,
          options: made,
          policy: userPolicy({ ...made, profile }),
        })),
        ...ROLE_PROFILES.map((profile) => ({
          name: `role ${profile} ${name}`,
          options: made,
          policy: rolePolicy({ ...made, profile }),
        })),
      ];
    }),
  );
}

/** A policy in few characters: of two that are the same, the same. */
export function digest(policy: PolicyDocument): string {
  return createHash("sha256").update(JSON.stringify(policy)).digest("hex").slice(0, 16);
}

function nameOf({ outputBuckets, ...options }: PolicyOptions): string {
  const grants = (outputBuckets ?? []).map(
    ({ access, prefix, acl }) =>
      `${access}${prefix && ` under ${prefix}`}${acl ? " with acl" : ""}`,
  );
  return [...Object.keys(options), ...grants].map((name) => `, ${name}`).join("");
}

function subsetsOf<T extends object>(whole: T): readonly Partial<T>[] {
  return Object.entries(whole).reduce<readonly Partial<T>[]>(
    (subsets, [key, value]) => subsets.flatMap((some) => [some, { ...some, [key]: value }]),
    [{}],
  );
}
