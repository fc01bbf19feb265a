import fc from "fast-check";
import { expect, test } from "vitest";
import { DELIVERY_KEY, isFresh, readSignature, signedPrefix } from "./signature";

const keys = fc.stringMatching(/^[A-Za-z0-9_-]{1,80}$/);
const times = fc.integer({ min: 0, max: 99_999_999_999 });

test("[W4] two posts that differ in time, key or body never have the same text to sign", () => {
  const posts = fc.record({ at: times, key: keys, body: fc.string() });
  const signed = ({ at, key, body }: { at: number; key: string; body: string }) => signedPrefix(at, key) + body;
  fc.assert(
    fc.property(posts, posts, fc.nat(100), (one, other, cut) => {
      if (JSON.stringify(one) !== JSON.stringify(other)) expect(signed(one)).not.toBe(signed(other));
      // Points moved between the parts: what would be read otherwise has no key that counts.
      const text = signed(one);
      const [at = "", key = "", ...body] = text.split(".");
      expect({ at: Number(at), key, body: body.join(".") }).toEqual(one);
      expect(DELIVERY_KEY.test(`${one.key}.${one.body}`.slice(0, cut)) && cut > one.key.length).toBe(false);
    }),
  );
});

test("[W4] a signature counts for five minutes before and after its time", () => {
  const at = { atS: 1_000_000, mark: "" };
  const ms = at.atS * 1_000;
  expect([-300_001, -300_000, 0, 300_000, 300_001].map((by) => isFresh(at, ms + by))).toEqual([
    ...[false, true, true, true, false],
  ]);
});

test("[W4] a header is read in one way, and anything else is none", () => {
  const mark = "ab".repeat(32);
  fc.assert(
    fc.property(times, (atS) => {
      expect(readSignature(`t=${atS},v1=${mark}`)).toEqual({ atS, mark });
    }),
  );
  expect(readSignature(`t=5, v1=${mark}`)).toEqual({ atS: 5, mark });
  const v2 = `v2=${mark}`;
  for (const header of ["", `v1=${mark}`, `t=5,${v2}`, `t=-5,v1=${mark}`, `t=5,v1=${mark}0`, `t=5,v1=${mark},${v2}`])
    expect(readSignature(header)).toBeNull();
});
