import { describe, expect, it } from "vitest";
import {
  aclWithoutWriting,
  notARelease,
  notInPartition,
  releaseTooOld,
  UnknownReleaseError,
  writtenByCaller,
} from "../../../lib/remotion/errors.js";

describe("an error of Remotion's policies", () => {
  it.each([
    [
      "a region of another partition",
      notInPartition("regions[0]", "cn-north-1", "aws"),
      'regions[0] is "cn-north-1", which is not in the partition "aws": give what is in it, or set partition. Remotion runs in "aws" and "aws-cn" alone.',
    ],
    [
      "a bucket that a caller would write to",
      writtenByCaller("outputBuckets[0].access", "put", ["read", "delete"], "the role"),
      'outputBuckets[0].access is "put", and callers write no video: give "read" or "delete", and give "put" to the role.',
    ],
    [
      "an ACL where nothing is written",
      aclWithoutWriting("outputBuckets[0]", "read"),
      'outputBuckets[0] has acl with the access "read": only what writes a video sets its ACL. Leave acl out, or give the access "write" or "put".',
    ],
    [
      "no release",
      notARelease("4", { subject: "a release", requirement: "give x.y.z." }),
      '"4" is not a release: give x.y.z.',
    ],
    [
      "a release that is too old",
      releaseTooOld("3.0.0", "3.1.1"),
      "Remotion 3.0.0 is older than 3.1.1, the oldest release that publishes policies: what it needs is not known. Update @remotion/lambda, or name a release from 3.1.1 on.",
    ],
  ])("names the value, the rule and the way out: %s", (_, error, message) => {
    expect(error.message).toBe(message);
  });

  it("of a release can be told by its class and its name", () => {
    expect(notARelease("4", { subject: "", requirement: "" })).toBeInstanceOf(UnknownReleaseError);
    expect(releaseTooOld("3.0.0", "3.1.1").name).toBe("UnknownReleaseError");
  });
});
