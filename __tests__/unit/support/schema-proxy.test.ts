import { expect, it } from "vitest";
import { withoutOtherTypes } from "../../support/schema-proxy.js";

/** A field of a message that is a message: its number and length, and what is in it. */
function field(number: number, content: Buffer): Buffer {
  const [low, high] = [(content.length & 127) | 128, content.length >> 7];
  return Buffer.concat([Buffer.from([(number << 3) | 2, low, high]), content]);
}

/** An entry of a map by types' names, with a schema of this many bytes. */
function entry(map: number, type: string, length: number): Buffer {
  const key = Buffer.from([(1 << 3) | 2, type.length, ...Buffer.from(type)]);
  return field(map, Buffer.concat([key, field(2, Buffer.alloc(length, type))]));
}

const PROVIDER = field(1, Buffer.alloc(300, "p"));
const CAPABILITIES = field(6, Buffer.from([8, 1]));

it("keeps what is no map of types, and the types of services that tests use, as they are", () => {
  const kept = [
    PROVIDER,
    entry(2, "aws_iam_role", 10_000),
    entry(3, "aws_caller_identity", 3),
    entry(3, "aws_s3_bucket", 3),
    CAPABILITIES,
  ];
  const others = [entry(2, "aws_instance", 10_000), entry(3, "aws_ami", 1), entry(8, "aws_x", 1)];
  const [first, ...rest] = kept.flatMap((each, index) => [each, others[index] ?? Buffer.alloc(0)]);

  expect(withoutOtherTypes(Buffer.concat([first as Buffer, ...rest]))).toEqual(Buffer.concat(kept));
});

it("refuses what is no list of messages", () => {
  expect(() => withoutOtherTypes(Buffer.from([8, 1]))).toThrow("wire type 0");
});
