import type { Money } from "./money";

/** An amount as people read it: `3.10 credits`, with two to six digits behind the point. */
export function inWords({ currency, amount }: Money): string {
  if (currency === "usdc_base") return `${amount} base units of USDC`;
  const digits = amount.toString().padStart(7, "0");
  const fraction = digits.slice(-6).replace(/0{1,4}$/, "");
  const name = currency === "trial_microcredits" ? "trial credits" : "credits";
  return `${digits.slice(0, -6)}.${fraction} ${name}`;
}
