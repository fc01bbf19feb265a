/** A set of small numbers, one bit each: joining two of them is cheap however many there are. */
export type BitSet = Uint32Array;

export function bitSet(size: number): BitSet {
  return new Uint32Array(Math.ceil(size / 32));
}

export function addBit(bits: BitSet, bit: number): void {
  bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
}

export function addBits(bits: BitSet, more: BitSet | undefined): void {
  if (!more) return;
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] ?? 0) | (more[word] ?? 0);
}

export function hasBit(bits: BitSet | undefined, bit: number): boolean {
  return ((bits?.[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
}
