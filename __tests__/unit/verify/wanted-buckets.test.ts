import { describe, expect, it } from "vitest";
import { parseOutputBucket } from "../../../lib/cli/output-bucket-option.js";
import { bucketGrantStatements } from "../../../lib/remotion/bucket-grants.js";
import type { OutputBucket } from "../../../lib/remotion/output-bucket.js";
import type { Excess } from "../../../lib/verify/answer.js";
import { wantedBuckets } from "../../../lib/verify/wanted-buckets.js";

/** What a policy with these grants has in excess of one without. */
function excessOf(buckets: readonly OutputBucket[], partition = "aws"): Excess[] {
  return bucketGrantStatements(buckets, partition).flatMap(({ Action, Resource }) =>
    Action.flatMap((action) =>
      Resource.map((resource) => ({ policy: "grants", action, resource })),
    ),
  );
}

const pair = (action: string, resource: string): Excess => ({ policy: "own", action, resource });

describe("what is in excess on buckets of one's own", () => {
  it.each<{ actor: "role" | "user"; options: readonly string[]; partition?: string }>([
    { actor: "role", options: ["acme-videos:write"] },
    { actor: "role", options: ["acme-videos/finished/:write+acl", "acme-archive:put"] },
    { actor: "role", options: ["acme-archive/2024/:put+acl"] },
    { actor: "role", options: ["acme-videos:write"], partition: "aws-cn" },
    { actor: "user", options: ["acme-videos:read"] },
    { actor: "user", options: ["acme-videos:delete"] },
    { actor: "user", options: ["acme-videos:read", "acme-videos:delete"] },
  ])("is wanted by $options, of $actor", ({ actor, options, partition = "aws" }) => {
    const buckets = options.map(parseOutputBucket);
    const [sentence = "", ...more] = wantedBuckets(excessOf(buckets, partition), actor);

    expect(more).toEqual([]);
    const given = [...sentence.matchAll(/--output-bucket (\S+) /g)].map(([, one]) => one);
    expect(given.toSorted()).toEqual([...options].sort());
  });

  it.each<{ why: string; excess: readonly Excess[] }>([
    { why: "nothing is in excess", excess: [] },
    { why: "it is something else", excess: [pair("logs:CreateLogGroup", "*")] },
    {
      why: "a part of the grant is missing",
      excess: [pair("s3:GetObject", "arn:aws:s3:::acme/*")],
    },
    { why: "the bucket is not named in full", excess: excessOf([bucket("acme-*")]) },
    { why: "the folder is a pattern", excess: excessOf([bucket("acme", "a*/")]) },
    { why: "it is Remotion's", excess: excessOf([bucket("remotionlambda-useast1-abcdefghij")]) },
    { why: "a shell would obey it", excess: excessOf([bucket("acme", "a;id/")]) },
  ])("is not told where $why", ({ excess }) => {
    expect(wantedBuckets(excess, "user")).toEqual([]);
  });

  it("is told of five, and counted beyond", () => {
    const many = Array.from({ length: 2_000 }, (_, index) => bucket(`acme-${index}`));
    const [sentence = ""] = wantedBuckets(excessOf(many), "user");

    expect(sentence.match(/--output-bucket/g)).toHaveLength(5);
    expect(sentence).toMatch(/, and 1995 more like these, if /);
  });
});

function bucket(name: string, prefix = ""): OutputBucket {
  return { name, prefix, access: "read" };
}
