import ipaddr from "ipaddr.js";

/** All of IPv6 that has been given out (RFC 4291, section 2.4). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an IP address belongs to the public internet. Private, local, shared, test and reserved ranges do not, nor do
 * IPv6 addresses that stand for an IPv4 address: what they reach depends on the network that they are sent into.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || address.includes("%")) return false;
  const parsed = ipaddr.parse(address);
  return parsed.range() === "unicast" && (parsed.kind() === "ipv4" || parsed.match(GLOBAL_UNICAST));
}
