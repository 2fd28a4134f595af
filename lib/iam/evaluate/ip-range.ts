/**
 * A test for addresses in a range, or undefined when the text is no address and no CIDR range.
 * An address without a prefix length stands for itself alone.
 *
 * @param range an IPv4 or IPv6 address, or a range as in `203.0.113.0/24`
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export function ipRange(range: string): ((address: string) => boolean) | undefined {
  const slash = range.indexOf("/");
  const network = slash === -1 ? range : range.slice(0, slash);
  const family = familyOf(network);
  if (family === undefined) {
    return undefined;
  }
  const longest = family === "ipv4" ? 32 : 128;
  const length = slash === -1 ? longest : prefixLength(range.slice(slash + 1), longest);
  if (length === undefined) {
    return undefined;
  }
  const list = new (net().BlockList)();
  list.addSubnet(network, length, family);
  return (address) => familyOf(address) === family && list.check(address, family);
}

/** Loaded where a policy names addresses, which few do: that takes longer than a policy does. */
function net(): typeof import("node:net") {
  return process.getBuiltinModule("node:net");
}

/** Addresses with a zone, as in fe80::1%eth0, mean something on one machine only and are none here. */
function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const { isIPv4, isIPv6 } = net();
  if (isIPv4(address)) {
    return "ipv4";
  }
  return isIPv6(address) && !address.includes("%") ? "ipv6" : undefined;
}

function prefixLength(text: string, longest: number): number | undefined {
  const length = /^[0-9]{1,3}$/.test(text) ? Number(text) : undefined;
  return length !== undefined && length <= longest ? length : undefined;
}
