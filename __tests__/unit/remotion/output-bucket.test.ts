import { describe, expect, it } from "vitest";
import { completeOutputBucket, type OutputBucket } from "../../../lib/remotion/output-bucket.js";

describe("completeOutputBucket", () => {
  it("fills in the whole bucket, write access and no ACL", () => {
    expect(completeOutputBucket({ name: "b" })).toEqual({
      name: "b",
      prefix: "",
      access: "write",
      acl: false,
    });
  });

  it("keeps what is given", () => {
    const bucket: OutputBucket = { name: "b", prefix: "v/", access: "put", acl: true };

    expect(completeOutputBucket(bucket)).toEqual(bucket);
  });
});
