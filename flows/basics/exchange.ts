import { type Money, UsdcBase } from "./money";

/** 1 US cent is 1_000_000 microcredits and 10_000 base units of USDC. */
export const MICROCREDITS_PER_BASE_UNIT = 100n;

/** What an amount comes to in USDC, rounded down: nobody is ever paid more than was agreed to. Null: trial credits are worth none. */
export function inUsdc({ currency, amount }: Money): UsdcBase | null {
  if (currency === "usdc_base") return UsdcBase.parse(amount);
  return currency === "microcredits" ? UsdcBase.parse(amount / MICROCREDITS_PER_BASE_UNIT) : null;
}

/** What an amount counts where amounts are compared: trial credits as what they stand for. Units: microcredits. */
export function inMicrocredits({ currency, amount }: Money): bigint {
  return currency === "usdc_base" ? amount * MICROCREDITS_PER_BASE_UNIT : amount;
}

/** Whether an amount can be paid in USDC to the last bit. */
export function isWholeInUsdc({ currency, amount }: Money): boolean {
  return currency === "usdc_base" || (currency === "microcredits" && amount % MICROCREDITS_PER_BASE_UNIT === 0n);
}
