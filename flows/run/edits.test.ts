import { expect, test } from "vitest";
import { OperationId } from "../basics/ids";
import { askedAfter, timesChanged } from "./edits";

test.each(["r/review/ask", "r/ask/ask", "r/ask.3/ask", "r/again[1]/asked/ask"])(
  "[R51] a question is known by how often it was changed, whatever its step is called: %s",
  (first) => {
    const asked = OperationId.parse(first);
    expect(timesChanged(asked)).toBe(0);
    for (const times of [1, 9, 20]) {
      const changed = askedAfter(asked, times);
      expect([changed, timesChanged(changed)]).toEqual([`${first}.${times}`, times]);
      expect(askedAfter(changed, 0)).toBe(asked);
    }
  },
);
