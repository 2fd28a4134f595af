/** How a region is written in the names of Remotion's buckets, in its parts. */
const WITHOUT_DASHES =
  /^([a-z]{2})(gov|isob?|isoe|isof)?(northeast|northwest|southeast|southwest|north|south|east|west|central)(\d)$/;

/** `us-east-1` for `useast1`, as Remotion writes regions in the names of its buckets; undefined for no region. */
export function regionWithDashes(region: string): string | undefined {
  const [matched, ...parts] = WITHOUT_DASHES.exec(region) ?? [];
  return matched === undefined ? undefined : parts.filter(Boolean).join("-");
}

/**
 * The region that a Remotion bucket's name says, `remotionlambda-useast1-abc1234567`; undefined for others.
 *
 * @see https://www.remotion.dev/docs/lambda/naming-convention
 */
export function regionOfBucket(name: string): string | undefined {
  const [, region] = /^remotionlambda-([a-z0-9]+)-/.exec(name) ?? [];
  return region === undefined ? undefined : regionWithDashes(region);
}

/** The region that IAM answers from, which is one for each partition. */
export function regionOfIam(partition: string): string {
  return partition === "aws-cn" ? "cn-north-1" : "us-east-1";
}
