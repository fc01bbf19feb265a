import type { Money } from "./money";

const NAMES = { microcredits: "credits", trial_microcredits: "trial credits", usdc_base: "USDC" } as const;

/** An amount as people read it: `3.10 credits`, with two to six digits behind the point. */
export function inWords({ currency, amount }: Money): string {
  const digits = amount.toString().padStart(7, "0");
  const fraction = digits.slice(-6).replace(/0{1,4}$/, "");
  return `${digits.slice(0, -6)}.${fraction} ${NAMES[currency]}`;
}
