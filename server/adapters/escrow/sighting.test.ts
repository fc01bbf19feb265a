import { expect, test } from "vitest";
import { type Seen, sightingOf } from "./sighting";

const at = (finalizedSlot: bigint, landed: Seen["landed"] = null): Seen => ({
  finalizedSlot,
  finalizedHeight: finalizedSlot - 10n,
  landed,
});
const landed = (slot: bigint, more: Partial<NonNullable<Seen["landed"]>> = {}): Seen["landed"] => ({
  slot,
  failed: null,
  at: "confirmed",
  ...more,
});
const said = (...all: Seen[]) => sightingOf(all, "confirmed");
const unknown = { ok: false, error: { code: "outcome_unknown" } };

test("what no server answered is unknown", () => {
  expect(said()).toMatchObject(unknown);
});

test("what none has seen is as old as the least of their histories", () => {
  expect(said(at(100n), at(60n), at(90n))).toEqual({ ok: true, value: { seen: "nothing", finalizedHeight: 50n } });
});

test("one that is behind contradicts nobody", () => {
  const value = { seen: "landed", slot: 105n, failed: null, final: false };
  expect(said(at(100n, landed(105n)), at(90n))).toEqual({ ok: true, value });
  expect(said(at(110n, landed(105n, { at: "finalized" })), at(90n))).toMatchObject({ value: { final: true } });
});

test("servers that contradict each other make it unknown: it is neither paid for nor signed again", () => {
  expect(said(at(110n, landed(105n, { at: "finalized" })), at(110n))).toMatchObject(unknown);
  expect(said(at(110n, landed(105n)), at(110n, landed(106n)))).toMatchObject(unknown);
  expect(said(at(110n, landed(105n)), at(110n, landed(105n, { failed: "no" })))).toMatchObject(unknown);
});

test("what was only processed is on its way, and where the operator waits for it, so is what is only confirmed", () => {
  expect(said(at(100n, landed(105n, { at: "processed" })))).toEqual({ ok: true, value: { seen: "on_its_way" } });
  expect(sightingOf([at(100n, landed(105n))], "finalized")).toEqual({ ok: true, value: { seen: "on_its_way" } });
});
