import ipaddr from "ipaddr.js";

const GLOBAL = ipaddr.parseCIDR("2000::/3") as [ipaddr.IPv6, number];

/**
 * Whether an address is one of the open internet. Loopback, private, shared, link-local, multicast, reserved and
 * documentation ranges are not, nor are IPv6 addresses that carry an IPv4 address inside: they may lead to any of these.
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address); // ::ffff:10.0.0.1 is 10.0.0.1
  if (parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || (parsed as ipaddr.IPv6).match(GLOBAL);
}
