import { matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
import { FURTHER_INSIGHTS_LAYERS, LAYERS } from "../remotion/layers.js";
import { DEFAULT_REGIONS } from "../remotion/regions.js";
import { REMOTION_VERSION } from "../remotion/release.js";
import type { Dimension } from "./answer.js";
import { regionOfBucket, regionWithDashes } from "./aws-region.js";
import { sampleRegion } from "./checked-scope.js";
import { onceEach } from "./once-each.js";
import { isAllow, listOf, statementsOf, type WrittenStatement } from "./statements.js";

/** What policies name in full where a wildcard could stand: what they may be narrowed to. */
export type Candidates = Readonly<Record<Dimension, readonly string[]>>;

/** How many names of a kind are looked at: more are no narrowing that anybody checks by hand. */
export const MAX_NAMES = 50;

/** Accounts that Remotion and AWS publish layers from: to name them narrows nothing. */
const OF_LAYERS = /:layer:/;
const LAYER_ACCOUNTS: ReadonlySet<string | undefined> = new Set(
  [...Object.values(LAYERS.byPartition).flat(), ...FURTHER_INSIGHTS_LAYERS].map(
    (arn) => arn.split(":")[4],
  ),
);

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
const ACCOUNT = /^\d{12}$/;

/** A pattern for regions that leaves some out. */
const REGIONS = /^[a-z][a-z0-9?*-]*$/;

/** Condition keys whose values narrow, in lower case. */
const KEYS: Readonly<Record<string, Dimension>> = {
  "aws:requestedregion": "region",
  "aws:resourceaccount": "account",
  "aws:principalaccount": "account",
  "s3:resourceaccount": "account",
};

/**
 * The regions, accounts, buckets and functions that Allow statements name, and the regions and accounts that
 * Deny statements leave out.
 */
export function candidatesIn(documents: readonly unknown[]): Candidates {
  const found: Record<Dimension, Set<string>> = {
    account: new Set(),
    region: new Set(),
    bucket: new Set(),
    function: new Set(),
  };
  for (const document of documents) {
    for (const statement of statementsOf(document)) {
      for (const [dimension, value] of namedBy(statement)) {
        found[dimension].add(value);
      }
    }
  }
  const listed = (dimension: Dimension) => [...found[dimension]].slice(0, MAX_NAMES);
  return {
    account: listed("account"),
    region: listed("region"),
    bucket: listed("bucket"),
    function: listed("function"),
  };
}

/** Something that is named in full. */
type Named = readonly [Dimension, string];

const namedBy = onceEach((statement: WrittenStatement): readonly Named[] => {
  const allows = isAllow(statement);
  return [
    ...(allows ? listOf(statement["Resource"]).flatMap(namesIn) : []),
    ...narrowingConditions(statement["Condition"], allows),
  ];
});

function namesIn(arn: string): readonly Named[] {
  const [, , service, region = "", account = "", ...rest] = arn.split(":");
  const name = rest.join(":");
  const isLayer = OF_LAYERS.test(arn);
  return [
    ...(isLayer ? [] : regionsIn(region).map((one): Named => ["region", one])),
    ...(isLayer || !ACCOUNT.test(account) ? [] : [["account", account] as const]),
    ...(service === "s3" ? bucketIn(name.split("/")[0] ?? "") : []),
    ...(service === "lambda" ? functionIn(name) : []),
  ];
}

/** A function that is named; of a release that is, one that could exist. */
function functionIn(resource: string): readonly Named[] {
  const [, name] = /^function:([A-Za-z0-9_-]+)(?::|$)/.exec(resource) ?? [];
  if (name !== undefined) {
    // A name whose ending was forgotten is none that Remotion makes.
    return name === FUNCTIONS ? [] : [["function", name]];
  }
  const [, pattern] = /^function:([A-Za-z0-9_*?-]+)$/.exec(resource) ?? [];
  const whole = pattern === undefined || !/\d/.test(pattern) ? undefined : functionLike(pattern);
  return whole === undefined ? [] : [["function", whole]];
}

/** A function that could exist, of those that a pattern takes, which says a release, a size or a time. */
function functionLike(pattern: string): string | undefined {
  const glob = parseGlob(pattern);
  const text = pattern.replaceAll("?", "1");
  const releases = [...beginningWith(/^remotion-render-(\d+(?:-\d+)*)/.exec(text)?.[1]), RELEASE];
  const sizeOf = (name: RegExp, sample: string) => [...beginningWith(name.exec(text)?.[1]), sample];
  const memories = sizeOf(/mem(\d+)/, "2048");
  const disks = sizeOf(/disk(\d+)/, "2048");
  const times = [
    ...beginningWith(/(\d+)sec/.exec(text)?.[1]),
    ...beginningWith(/mb-(\d+)/.exec(text)?.[1]),
    "120",
  ];
  for (const release of releases) {
    for (const memory of memories) {
      for (const disk of disks) {
        for (const time of times) {
          const name = `remotion-render-${release}-mem${memory}mb-disk${disk}mb-${time}sec`;
          if (A_FUNCTION.test(name) && matchesGlob(glob, name)) {
            return name;
          }
        }
      }
    }
  }
  return undefined;
}

/** What may begin so: a release such as `4-0-527`, a number of megabytes or seconds. */
function beginningWith(begun: string | undefined): readonly string[] {
  return begun === undefined ? [] : ["", "0", "-0", "0-0", "-0-0"].map((rest) => `${begun}${rest}`);
}

const RELEASE = REMOTION_VERSION.replaceAll(".", "-");

const FUNCTIONS = "remotion-render";

/**
 * A function as Remotion names it.
 *
 * @see https://www.remotion.dev/docs/lambda/naming-convention
 */
const A_FUNCTION = /^remotion-render-\d+-\d+-\d+-mem\d+mb-disk\d+mb-\d+sec$/;

/** A bucket that is named, or the region of all buckets that are. */
function bucketIn(bucket: string): readonly Named[] {
  if (/^remotionlambda-[a-z0-9.-]+$/.test(bucket)) {
    const [, dashless = ""] = /^remotionlambda-([a-z0-9]+)-?$/.exec(bucket) ?? [];
    const region = regionOfBucket(bucket);
    return [
      // A name that ends behind the region is none that Remotion makes.
      ...(regionWithDashes(dashless) === undefined ? [["bucket", bucket] as const] : []),
      ...(region === undefined ? [] : [["region", region] as const]),
    ];
  }
  // Remotion's own policies name a bucket and what is in it so, by one pattern.
  const [, whole] = /^(remotionlambda-[a-z0-9]+-[a-z0-9.-]*[a-z0-9])\*$/.exec(bucket) ?? [];
  return [
    ...(whole === undefined || regionOfBucket(whole) === undefined
      ? []
      : [["bucket", whole] as const]),
    ...regionsOfBuckets(bucket).map((region): Named => ["region", region]),
  ];
}

/** The region of all buckets that a pattern takes, or those of some, where it leaves others out. */
function regionsOfBuckets(pattern: string): readonly string[] {
  const [, dashless] = /^remotionlambda-([a-z0-9]+)-?\*/.exec(pattern) ?? [];
  const region =
    regionOfBucket(pattern) ?? (dashless === undefined ? undefined : regionWithDashes(dashless));
  if (region !== undefined) {
    return [region];
  }
  const [, places] = /^(remotionlambda-[a-z0-9*?]*)/.exec(pattern) ?? [];
  if (places === undefined) {
    return [];
  }
  const glob = parseGlob(`${places}-`);
  const within = parseGlob(places);
  const taken = DEFAULT_REGIONS.filter((one) => {
    const begun = `remotionlambda-${one.replaceAll("-", "")}`;
    return matchesGlob(glob, `${begun}-`) || matchesGlob(within, begun);
  });
  return taken.length === DEFAULT_REGIONS.length ? [] : taken;
}

/**
 * What conditions name: an Allow by what a key is to be, a Deny by what it is not to be. The other way round they
 * leave something out, and of regions the others can be told.
 */
function narrowingConditions(condition: unknown, allows: boolean): readonly Named[] {
  return entriesOf(condition).flatMap(([operator, keys]) =>
    /null/i.test(operator)
      ? []
      : entriesOf(keys).flatMap(([key, values]) =>
          namedAs(KEYS[key.toLowerCase()], listOf(values), /not/i.test(operator) === allows),
        ),
  );
}

function namedAs(
  dimension: Dimension | undefined,
  values: readonly string[],
  areLeftOut: boolean,
): readonly Named[] {
  if (dimension === "region") {
    const regions = values.flatMap(regionsIn);
    return (areLeftOut ? regionsBeside(regions) : regions).map((region) => [dimension, region]);
  }
  return dimension === undefined || areLeftOut
    ? []
    : values.flatMap(accountIn).map((account) => [dimension, account]);
}

/** The regions beside those that are left out, where that is the one which is checked unless something says another. */
function regionsBeside(regions: readonly string[]): readonly string[] {
  return regions.includes(sampleRegion("aws"))
    ? DEFAULT_REGIONS.filter((region) => !regions.includes(region))
    : [];
}

/** A region, or those that a pattern such as `eu-*` may stand for. */
function regionsIn(text: string): readonly string[] {
  if (REGION.test(text)) {
    return [text];
  }
  if (!REGIONS.test(text)) {
    return [];
  }
  const pattern = parseGlob(text);
  return DEFAULT_REGIONS.filter((region) => matchesGlob(pattern, region));
}

function accountIn(text: string): readonly string[] {
  return ACCOUNT.test(text) && !LAYER_ACCOUNTS.has(text) ? [text] : [];
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : [];
}
