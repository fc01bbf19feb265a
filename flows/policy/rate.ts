import type { RuleOf } from "./rules";

/** How many payments may follow at once, at a moment. Units: `atMs` since the epoch. */
export type Bucket = { tokens: number; atMs: number };

/** What is in a bucket now: it fills by `perMinute`, up to `burst`. A clock that goes back fills nothing. */
export function filled(bucket: Bucket | null, nowMs: number, { perMinute, burst }: RuleOf<"rate">): Bucket {
  if (!bucket) return { tokens: burst, atMs: nowMs };
  const passed = Math.max(0, nowMs - bucket.atMs);
  return { tokens: Math.min(burst, bucket.tokens + (passed * perMinute) / 60_000), atMs: Math.max(nowMs, bucket.atMs) };
}

/** Takes one token, or says that there is none. */
export function takeToken(
  bucket: Bucket | null,
  nowMs: number,
  rule: RuleOf<"rate">,
): { bucket: Bucket; allowed: boolean } {
  const now = filled(bucket, nowMs, rule);
  if (now.tokens < 1) return { bucket: now, allowed: false };
  return { bucket: { ...now, tokens: now.tokens - 1 }, allowed: true };
}
