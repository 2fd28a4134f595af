import { crc32 } from "node:zlib";

/**
 * One message of an event stream, the form in which Lambda streams a function's response.
 *
 * @see https://docs.aws.amazon.com/lexv2/latest/dg/event-stream-encoding.html
 */
export function eventStreamMessage(
  headers: Readonly<Record<string, string>>,
  payload: Uint8Array,
): Buffer {
  const headerBytes = Buffer.concat(Object.entries(headers).map(encodeHeader));
  const prelude = Buffer.alloc(8);
  const overhead = prelude.length + 2 * CHECKSUM_LENGTH;
  prelude.writeUInt32BE(overhead + headerBytes.length + payload.length, 0);
  prelude.writeUInt32BE(headerBytes.length, 4);
  const head = Buffer.concat([prelude, checksum(prelude)]);
  const message = Buffer.concat([head, headerBytes, payload]);
  return Buffer.concat([message, checksum(message)]);
}

const CHECKSUM_LENGTH = 4;
const STRING_TYPE = 7;

function encodeHeader([name, value]: [string, string]): Buffer {
  const nameBytes = Buffer.from(name);
  const valueBytes = Buffer.from(value);
  const valueLength = Buffer.alloc(2);
  valueLength.writeUInt16BE(valueBytes.length);
  return Buffer.concat([
    Buffer.from([nameBytes.length]),
    nameBytes,
    Buffer.from([STRING_TYPE]),
    valueLength,
    valueBytes,
  ]);
}

function checksum(bytes: Uint8Array): Buffer {
  const result = Buffer.alloc(CHECKSUM_LENGTH);
  result.writeUInt32BE(crc32(bytes));
  return result;
}
