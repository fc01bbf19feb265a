/** A signed post counts for this long, either way: clocks differ. Units: milliseconds. */
export const REPLAY_WINDOW_MS = 300_000;

/** What names one delivery of one sender. No point in it, so that what is signed can be read in one way only. */
export const DELIVERY_KEY = /^[A-Za-z0-9_-]{1,80}$/;

const HEADER = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

/** `t=<seconds since the epoch>,v1=<HMAC-SHA-256 in hex>`. */
export type Signature = { atS: number; mark: string };

export function readSignature(header: string): Signature | null {
  const [, at, mark] = HEADER.exec(header.replaceAll(" ", "")) ?? [];
  return at === undefined || mark === undefined ? null : { atS: Number(at), mark };
}

/** What is signed before the bytes of the body: the time and the key, so that neither can be exchanged. [W4] */
export function signedPrefix(atS: number, key: string): string {
  return `${atS}.${key}.`;
}

export function isFresh({ atS }: Signature, nowMs: number): boolean {
  return Math.abs(nowMs - atS * 1_000) <= REPLAY_WINDOW_MS;
}
