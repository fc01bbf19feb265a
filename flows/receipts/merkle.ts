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

/**
 * How many leaves, from the first on, a root is over; null when it is over none of these. Each leaf more costs a few
 * hashes and not all those before it again: whoever hands in a long list keeps nobody busy.
 */
export function leavesUnder(root: string, leaves: readonly string[]): number | null {
  if (root === merkleRoot([])) return 0;
  const whole: { hash: Digest; size: number }[] = []; // full trees from the left, each smaller than the one before
  for (const [place, leaf] of leaves.entries()) {
    let tree = { hash: sha256Hex(`leaf:${leaf}`), size: 1 };
    for (let left = whole.at(-1); left?.size === tree.size; left = whole.at(-1)) {
      whole.pop();
      tree = { hash: branch(left.hash, tree.hash), size: 2 * tree.size };
    }
    whole.push(tree);
    const all = whole.reduceRight<Digest | null>((right, { hash }) => (right ? branch(hash, right) : hash), null);
    if (all === root) return place + 1;
  }
  return null;
}

const branch = (left: Digest, right: Digest): Digest => sha256Hex(`branch:${left}${right}`);

function rootOf(level: readonly Digest[]): Digest {
  const [only, ...others] = level;
  if (only && others.length === 0) return only;
  const half = largestPowerOfTwoBelow(level.length);
  return branch(rootOf(level.slice(0, half)), rootOf(level.slice(half)));
}

function largestPowerOfTwoBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
