import { type Address, getAddressDecoder, getAddressEncoder } from "@solana/kit";

// The program's data is little-endian and without gaps.

export type Field = Uint8Array;

/** An integer of so many bytes; times before 1970 do not occur. */
export function number(value: number | bigint, size: 1 | 2 | 4 | 8): Field {
  const field = new Uint8Array(8);
  const whole = BigInt(value);
  if (whole < 0n || whole >= 1n << BigInt(8 * size)) throw new RangeError(`${value} does not fit into ${size} bytes`);
  new DataView(field.buffer).setBigUint64(0, whole, true);
  return field.subarray(0, size);
}

export const key = (address: Address): Field => Uint8Array.from(getAddressEncoder().encode(address));

/** A byte that says how many follow, and what follows. */
export const rows = <Row>(all: readonly Row[], fields: (row: Row) => readonly Field[]): Field =>
  packed([number(all.length, 1), ...all.flatMap(fields)]);

export function packed(fields: readonly Field[]): Uint8Array {
  const whole = new Uint8Array(fields.reduce((size, field) => size + field.length, 0));
  let at = 0;
  for (const field of fields) {
    whole.set(field, at);
    at += field.length;
  }
  return whole;
}

/** Reads fields from front to back. */
export function unpacking(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const keys = getAddressDecoder();
  let at = 0;
  const take = (size: number) => {
    const from = at;
    at += size;
    return from;
  };
  return {
    small: (size: 1 | 2 | 4): number => {
      const from = take(size);
      if (size === 1) return view.getUint8(from);
      return size === 2 ? view.getUint16(from, true) : view.getUint32(from, true);
    },
    amount: (): bigint => view.getBigUint64(take(8), true),
    time: (): bigint => view.getBigInt64(take(8), true),
    key: (): Address => keys.decode(bytes, take(32)),
    bytes: (size: number): Uint8Array => {
      const from = take(size);
      return bytes.slice(from, from + size);
    },
    skip: (size: number): void => void take(size),
  };
}
