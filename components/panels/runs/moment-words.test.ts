import { expect, test } from "vitest";
import { dayOf, exactly, minuteOf } from "@/components/panels/runs/moment-words";

const at = new Date("2026-11-20T23:05:09Z");

test("a moment is written in the zone of its reader", () => {
  expect(exactly(at, "UTC")).toBe("20 Nov 2026, 23:05:09");
  expect(exactly(at, "Asia/Tokyo")).toBe("21 Nov 2026, 08:05:09");
  expect(dayOf(at, "Asia/Tokyo")).toBe("21 Nov 2026");
  expect(minuteOf(at, "UTC")).toBe("23:05");
});
