import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { gather } from "@/components/api/gather";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what comes in quick succession is handed over once, in order", () => {
  const handed: (readonly string[])[] = [];
  const moves = gather<string>(100, (items) => handed.push(items));
  moves.add("a");
  moves.add("b");
  vi.advanceTimersByTime(100);
  moves.add("c");
  vi.advanceTimersByTime(100);
  expect(handed).toEqual([["a", "b"], ["c"]]);
});

test("nothing is handed over after the end", () => {
  const handed: (readonly string[])[] = [];
  const moves = gather<string>(100, (items) => handed.push(items));
  moves.add("a");
  moves.stop();
  vi.advanceTimersByTime(1000);
  expect(handed).toEqual([]);
});
