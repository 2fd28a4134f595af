import { expect, it } from "vitest";
import { checkKind, type ValueKind } from "../../../lib/iam/value-kind.js";
import { OUTPUT_BUCKETS } from "../../../lib/remotion/output-bucket-kinds.js";

it("what decides which statements there are must be known before Terraform runs, and names need not", () => {
  const known = new Map<string, boolean>();
  const takesUnknown = ({ plain }: ValueKind, path: string): boolean => {
    known.set(path, plain === true);
    return false;
  };
  const bucket = {
    name: "acme-videos",
    prefix: "",
    access: "write",
    acl: true,
    kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  };
  checkKind(OUTPUT_BUCKETS, "buckets", [bucket], { takesUnknown });

  expect(Object.fromEntries(known)).toEqual({
    buckets: false,
    "buckets[0]": false,
    "buckets[0].name": false,
    "buckets[0].prefix": false,
    "buckets[0].access": true,
    "buckets[0].acl": true,
    "buckets[0].kmsKeyArn": false,
  });
});
