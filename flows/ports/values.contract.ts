import { describe, expect, test } from "vitest";
import { digestOf } from "../plan/digest";
import type { ValuesPort } from "./values";

/** Rules every store of values must keep. */
export function valuesContract(name: string, open: () => Promise<ValuesPort>) {
  describe(`values: ${name}`, () => {
    test("[P6] a value comes back as it was put, under the digest of its content", async () => {
      const values = await open();
      const value = { text: "é\u2028 \u{1F600}", list: [1, 2.5, null, true], nested: { b: 1, a: "" } };
      const digest = await values.put(value);
      expect(digest).toBe(digestOf(value));
      expect(await values.get(digest)).toEqual(value);
    });

    test("[P6] the same content has one digest, whatever the order of its keys", async () => {
      const values = await open();
      expect(await values.put({ a: 1, b: 2 })).toBe(await values.put({ b: 2, a: 1 }));
      expect(await values.put({ a: 1 })).not.toBe(await values.put({ a: 2 }));
    });

    test("[P6] what was never put is not there", async () => {
      expect(await (await open()).get(digestOf("nothing"))).toBeNull();
    });
  });
}
