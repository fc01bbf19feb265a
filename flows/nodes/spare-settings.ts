import type { Json } from "../basics/json";
import type { KindName } from "./catalog";

type Settings = { readonly [setting: string]: Json };

const CAP = { currency: "microcredits", amount: "1" };

/**
 * Settings that each kind with expressions accepts, with one in every field that can hold one. While somebody is still
 * filling a node in, what they have not got right yet stands as it does here, so that the rest can be looked at.
 */
export const spareSettings: Readonly<Partial<Record<KindName, Settings>>> = {
  branch: { condition: "true" },
  switch: { cases: [{ name: "case", when: "true" }] },
  loop: { while: "true", most: 1 },
  transform: { gives: { value: "true" } },
  wait: { until: "true", mostMs: 1_000 },
  guard: { rule: { by: "expression", condition: "true" }, otherwise: "blocks" },
  pay: { payee: "somebody", cap: CAP, amount: "1", inputs: [] },
  model: { model: "any", prompt: "{{ 1 }}", output: { type: "object", properties: {} }, cap: CAP, maxTokens: 1 },
};
