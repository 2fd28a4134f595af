import { DEFAULT_NAMES } from "./default-names.js";

/** What a policy's wildcards are narrowed to; Remotion's own wildcard where nothing is given. */
export interface Narrowing {
  /** As in `us-east-1`. @default every region */
  readonly regions?: readonly string[];
  /**
   * Twelve digits. Buckets, whose ARNs name no account, are limited to it by a condition, but in the profile
   * `full`, which is Remotion's own. @default every account, which is the principal's own for all but layers
   * and buckets
   */
  readonly accountId?: string;
  /** Remotion's buckets, by name. @default every bucket that begins with `remotionlambda-` */
  readonly bucketNames?: readonly string[];
  /** Remotion's functions, by name. @default every function that begins with `remotion-render-` */
  readonly functionNames?: readonly string[];
}

/** What fills the templates of resources. Strings may be Terraform expressions. */
export interface ResourceScope extends Narrowing {
  /** @default "aws" */
  readonly partition?: string;
  /** Name of the role that Remotion's functions run as. @default "remotion-lambda-role" */
  readonly lambdaRoleName?: string;
  /** IAM path of that role, a slash at both ends. @default "/" */
  readonly lambdaRolePath?: string;
}

/** Placeholders that stand for one string. */
const SCALARS = ["partition", "account", "lambdaRole"] as const;

/**
 * Placeholders that stand for a list. A `bucketTree` is a bucket and all that is in it, `functionLogs` a
 * function's log group and its streams: Remotion's wildcards end in a star and cover both at once.
 */
const LISTS = ["region", "bucket", "bucketTree", "function", "functionLogs"] as const;

/** A placeholder for a string. */
export type Scalar = (typeof SCALARS)[number];

/** A placeholder for a list. */
export type List = (typeof LISTS)[number];

/** What every placeholder stands for. */
export type Placeholders<ListValue = readonly string[]> = Readonly<Record<Scalar, string>> &
  Readonly<Record<List, ListValue>>;

/** The wildcards that Remotion's own policies have. */
export const WILDCARDS: Readonly<Record<"region" | "account" | "bucket" | "function", string>> = {
  region: "*",
  account: "*",
  bucket: "remotionlambda-*",
  function: "remotion-render-*",
};

/** What the placeholders that stand for one string stand for. */
export function scalarsOf(scope: ResourceScope): Readonly<Record<Scalar, string>> {
  const { partition = "aws", accountId = WILDCARDS.account } = scope;
  const { lambdaRolePath = "/", lambdaRoleName = DEFAULT_NAMES.lambdaRole } = scope;
  return { partition, account: accountId, lambdaRole: `${lambdaRolePath}${lambdaRoleName}` };
}

/**
 * What every placeholder stands for.
 *
 * @param withoutDashes takes the dashes out of a region's name. @default in place
 */
export function placeholdersOf(
  scope: ResourceScope,
  withoutDashes = (region: string) => region.replaceAll("-", ""),
): Placeholders {
  const { regions = [], bucketNames = [], functionNames = [] } = scope;
  const inRegions = regions.map((region) => bucketsOfRegion(withoutDashes(region)));
  const bucket = orElse(bucketNames, orElse(inRegions, [WILDCARDS.bucket]));
  return {
    ...scalarsOf(scope),
    region: orElse(regions, [WILDCARDS.region]),
    bucket,
    bucketTree: orElse(
      bucketNames.flatMap((name) => [name, `${name}/*`]),
      bucket,
    ),
    function: orElse(functionNames, [WILDCARDS.function]),
    functionLogs: orElse(
      functionNames.flatMap((name) => [name, `${name}:*`]),
      [WILDCARDS.function],
    ),
  };
}

/** Every Remotion bucket of a region. The region is written without dashes in their names. */
export function bucketsOfRegion(regionWithoutDashes: string): string {
  return `remotionlambda-${regionWithoutDashes}-*`;
}

/** A template's placeholders that stand for lists. */
export function listsIn(template: string): List[] {
  return LISTS.filter((list) => template.includes(`{${list}}`));
}

/** The resources that a template stands for: one for each combination of its lists. */
export function fillTemplate(template: string, placeholders: Placeholders): string[] {
  const [list] = listsIn(template);
  if (list !== undefined) {
    return placeholders[list].flatMap((value) =>
      fillTemplate(template.replaceAll(`{${list}}`, value), placeholders),
    );
  }
  return [fillScalars(template, placeholders)];
}

/** A template with its strings filled in, and its lists left. */
export function fillScalars(template: string, values: Readonly<Record<Scalar, string>>): string {
  return SCALARS.reduce((text, scalar) => text.replaceAll(`{${scalar}}`, values[scalar]), template);
}

/** A list, or another one where it is empty. */
function orElse(list: readonly string[], other: readonly string[]): readonly string[] {
  return list.length > 0 ? list : other;
}
