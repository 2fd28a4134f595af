import { arnParts } from "../iam/evaluate/arn-parts.js";
import { BUCKET_NAME, KEY_PREFIX } from "../iam/rules.js";
import { keepsRule } from "../iam/value-rule.js";
import { bucketGrantStatements } from "../remotion/bucket-grants.js";
import { CALLER_ACCESSES, type OutputBucket, WRITER_ACCESSES } from "../remotion/output-bucket.js";
import type { Excess } from "./answer.js";
import type { Part } from "./part.js";

/** How many options a sentence has: whoever has more of these buckets writes them into the file of options. */
const MOST_OPTIONS = 5;

/** A place that goes into a command as it is: no shell reads anything else in it. */
const PLAIN = /^[\w./=@:+-]+$/;

/**
 * What to give so that a grant to an output bucket is a need, which is checked, and no excess: a sentence, or none where
 * nothing in excess is such a grant.
 *
 * @param excess all of a principal's
 */
export function wantedBuckets(excess: readonly Excess[], actor: Part["actor"]): readonly string[] {
  const found = grantsIn(excess, actor)
    .map(optionFor)
    .filter((option) => PLAIN.test(option));
  if (found.length === 0) {
    return [];
  }
  const further = found.length - MOST_OPTIONS;
  const options = found.slice(0, MOST_OPTIONS).map((option) => `--output-bucket ${option}`);
  const more = further > 0 ? `, and ${further} more like these,` : "";
  return [
    `Give ${options.join(" ")}${more} if it is to have what it has on buckets of your own: that is then checked, too, and no excess.`,
  ];
}

/** The grants to output buckets that are in excess as a whole. */
function grantsIn(excess: readonly Excess[], actor: Part["actor"]): readonly OutputBucket[] {
  const pairs = new Set(excess.map(pairOf));
  const isInExcess = (bucket: OutputBucket, partition: string) =>
    bucketGrantStatements([bucket], partition).every(({ Action, Resource }) =>
      Action.every((action) =>
        Resource.every((resource) => pairs.has(pairOf({ action, resource }))),
      ),
    );
  return [...new Set(excess.map(({ resource }) => resource))].flatMap((resource) => {
    const place = placeOf(resource);
    if (place === undefined) {
      return [];
    }
    const { partition, ...of } = place;
    const accesses = actor === "role" ? WRITER_ACCESSES : CALLER_ACCESSES;
    const granted = accesses
      .map((access): OutputBucket => ({ ...of, access }))
      .filter((bucket) => isInExcess(bucket, partition));
    // Whoever writes is not asked for less as well.
    const chosen = actor === "role" ? granted.slice(0, 1) : granted;
    return chosen.map((bucket) => {
      const withAcl = { ...bucket, acl: true };
      return actor === "role" && isInExcess(withAcl, partition) ? withAcl : bucket;
    });
  });
}

/** The folder that a pattern for objects names in full. */
function placeOf(
  resource: string,
): (Pick<OutputBucket, "name" | "prefix"> & { readonly partition: string }) | undefined {
  const [, partition = "", service, , , path = ""] = arnParts(resource) ?? [];
  const [, name = "", prefix = ""] = /^([^/]*)\/(.*)\*$/.exec(path) ?? [];
  const isOwn = keepsRule(BUCKET_NAME, name) && !name.startsWith("remotionlambda-");
  return service === "s3" && isOwn && keepsRule(KEY_PREFIX, prefix)
    ? { partition, name, prefix }
    : undefined;
}

function optionFor({ name, prefix, access, acl }: OutputBucket): string {
  return `${name}${prefix === "" ? "" : `/${prefix}`}:${access}${acl === true ? "+acl" : ""}`;
}

function pairOf({ action, resource }: Pick<Excess, "action" | "resource">): string {
  return `${action.toLowerCase()} ${resource}`;
}
