import type { Digest } from "../basics/ids";
import { sha256Hex } from "../plan/digest";

/**
 * The root of a binary tree over hashes, as RFC 6962 builds it: leaves and branches are hashed with different prefixes,
 * so that a branch can never pass for a leaf. No leaves give the hash of the empty text.
 */
export function merkleRoot(leaves: readonly string[]): Digest {
  if (leaves.length === 0) return sha256Hex("");
  return rootOf(leaves.map((leaf) => sha256Hex(`leaf:${leaf}`)));
}

function rootOf(level: readonly Digest[]): Digest {
  const [only, ...others] = level;
  if (only && others.length === 0) return only;
  const half = largestPowerOfTwoBelow(level.length);
  return sha256Hex(`branch:${rootOf(level.slice(0, half))}${rootOf(level.slice(half))}`);
}

function largestPowerOfTwoBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
