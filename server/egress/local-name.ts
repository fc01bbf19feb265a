/** Ends of names that stand for places of the network they are asked in (RFC 6761, 6762, 8375, and ICANN's "internal"). */
const LOCAL = new Set(["localhost", "local", "internal", "home.arpa", "in-addr.arpa", "ip6.arpa"]);

/**
 * Whether a name stands for something else in every network: one of the ends above, or a name without a dot, which is
 * looked for among the neighbours. What a server of names says of it makes no difference.
 */
export function isLocalName(host: string): boolean {
  const labels = host.replace(/\.$/, "").toLowerCase().split(".");
  return labels.length < 2 || LOCAL.has(labels.slice(-1).join(".")) || LOCAL.has(labels.slice(-2).join("."));
}
