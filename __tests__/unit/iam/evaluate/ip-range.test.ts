import { describe, expect, test } from "vitest";
import { ipRange } from "../../../../lib/iam/evaluate/ip-range.js";

describe("a range of addresses", () => {
  test.each<[range: string, inside: string, outside: string]>([
    ["203.0.113.7", "203.0.113.7", "203.0.113.8"],
    ["203.0.113.7/32", "203.0.113.7", "203.0.113.6"],
    ["203.0.113.0/24", "203.0.113.255", "203.0.114.0"],
    ["203.0.113.9/24", "203.0.113.0", "203.0.112.255"],
    ["0.0.0.0/0", "198.51.100.1", "2001:db8::1"],
    ["0.0.0.0/0", "198.51.100.1", "::ffff:198.51.100.1"],
    ["2001:db8::1", "2001:DB8:0::1", "2001:db8::2"],
    ["2001:db8::1/128", "2001:db8::1", "2001:db8::2"],
    ["2001:db8::/32", "2001:db8:ffff::1", "2001:db9::"],
    ["::/0", "2001:db8::1", "203.0.113.7"],
    ["203.0.113.0/24", "203.0.113.1", "no address"],
    ["fe80::/10", "fe80::1", "fe80::1%eth0"],
  ])("%s has %s and not %s", (range, inside, outside) => {
    const holds = ipRange(range);

    expect(holds?.(inside)).toBe(true);
    expect(holds?.(outside)).toBe(false);
  });

  test.each([
    "",
    "host",
    "10.0.0/8",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/x",
    "10.0.0.0/x8",
    "10.0.0.0/8x",
    "10.0.0.0/-1",
    "10.0.0.0/0008",
    "10.0.0.0/8/8",
    "2001:db8::/129",
    "fe80::1%eth0",
    "fe80::1%eth0/64",
  ])("%j is none", (range) => {
    expect(ipRange(range)).toBeUndefined();
  });
});
