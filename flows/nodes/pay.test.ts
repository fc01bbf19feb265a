import { expect, test } from "vitest";
import { faultsOf, lowered, portNames } from "./around.contract";

const credits = (amount: string) => ({ currency: "microcredits", amount });
const NUMBER = { type: "integer" };
const pays = (settings: object = {}) => ({ payee: "acme", cap: credits("500"), amount: credits("500"), ...settings });

test("[N5] a payment pays one account a fixed amount, or what an expression says under its cap", () => {
  expect(portNames("pay", pays({ inputs: ["hours"] }))).toEqual({ inputs: ["hours!", "after"], outputs: ["paid"] });
  expect(lowered("pay", pays())).toMatchObject({
    steps: [
      {
        takes: {},
        instruction: { op: "pay", payee: "acme", cap: { amount: 500n }, amount: { fixed: { amount: 500n } } },
      },
    ],
    offers: { paid: { value: "made", schema: { "x-studio-type": "money" } } },
  });
  const byHours = pays({ amount: "hours * 50", inputs: ["hours"] });
  expect(lowered("pay", byHours, { inputs: { hours: NUMBER } }).steps).toMatchObject([
    { takes: { hours: { from: "input" } }, instruction: { amount: { expression: "hours * 50" } } },
  ]);
});

test("[N7] a payee is an account that is written out, and nothing that is worked out", () => {
  for (const payee of ["{{ payee }}", "inputs['payee']", "a + b", "", "@starter", 7, ["acme"]])
    expect(faultsOf("pay", pays({ payee }))).toEqual(["payee"]);
  for (const payee of ["value.payee", "invoice.payee", "invoice"])
    expect(faultsOf("pay", pays({ payee, inputs: ["invoice"] }))).toMatchObject([
      { code: "settings_invalid", field: "payee", problem: /written out/ },
    ]);
  expect(faultsOf("pay", pays({ payee: "acme.books", inputs: ["invoice"] }))).toEqual([]);
});

test("[N7] nothing that comes in can name a payee", () => {
  const inputs = { payee: { type: "string" }, hours: NUMBER };
  const { steps } = lowered("pay", pays({ payee: "acme", amount: "hours", inputs: ["payee", "hours"] }), { inputs });
  expect(steps).toMatchObject([{ instruction: { payee: "acme" } }]);
});

test("[N7] an amount above the cap, of another currency or of no currency is refused before a run", () => {
  const field = { code: "settings_invalid", field: "amount" };
  expect(faultsOf("pay", pays({ amount: credits("501") }))).toMatchObject([field]);
  expect(faultsOf("pay", pays({ amount: "501" }))).toMatchObject([field]);
  expect(faultsOf("pay", pays({ amount: "250 * 2" }))).toEqual([]);
  expect(faultsOf("pay", pays({ amount: { currency: "usdc_base", amount: "1" } }))).toMatchObject([field]);
  expect(faultsOf("pay", pays({ amount: { amount: "1" } }))).toEqual(["amount"]);
  expect(faultsOf("pay", pays({ cap: "hours" }))).toEqual(["cap"]);
  const trial = { currency: "trial_microcredits", amount: "5" };
  expect(faultsOf("pay", pays({ cap: trial, amount: trial }))).toMatchObject([{ field: "cap" }]);
});

test("[N3] a payment reports an amount that is no whole number, and one that is below zero", () => {
  const amount = (text: string) =>
    faultsOf("pay", pays({ amount: text, inputs: ["hours"] }), { inputs: { hours: NUMBER } });
  expect(amount("hours * 1.5")).toMatchObject([{ code: "expression_invalid", field: "amount" }]);
  expect(amount("'5'")).toMatchObject([{ code: "expression_invalid", field: "amount" }]);
  expect(amount("-1")).toMatchObject([{ problem: /below zero/ }]);
  expect(amount("1 / 0")).toMatchObject([{ problem: /never has an answer/ }]);
});

test("[N8] what a payment waits for is no input of its amount", () => {
  expect(faultsOf("pay", pays({ inputs: ["after"] }))).toEqual(["inputs.0"]);
  expect(lowered("pay", pays(), { inputs: { after: true } }).steps).toMatchObject([{ takes: {} }]);
});
