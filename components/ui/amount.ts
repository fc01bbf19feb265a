/** The currencies that a screen can show. Amounts are whole numbers of the smallest unit, never floats. */
export type Currency = "microcredits" | "trial_microcredits" | "usdc_base";

/** All three have six decimals: 1 credit = 1_000_000 microcredits, 1 USDC = 1_000_000 base units. */
const DECIMALS = 6;
const SHOWN_AT_LEAST = 2;
const ONE = 10n ** BigInt(DECIMALS);

export const UNIT: Record<Currency, string> = {
  microcredits: "credits",
  trial_microcredits: "credits",
  usdc_base: "USDC",
};

/** `12.50`, `1,204.50`, `0.0004`. At least two decimals and as many more as the amount needs: never rounded. */
export function formatAmount(amount: bigint | string): string {
  const value = BigInt(amount);
  const size = value < 0n ? -value : value;
  const whole = (size / ONE).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  const fraction = (size % ONE).toString().padStart(DECIMALS, "0").replace(/0+$/, "").padEnd(SHOWN_AT_LEAST, "0");
  return `${value < 0n ? "−" : ""}${whole}.${fraction}`;
}

export type AmountProblem = "amount_missing" | "amount_malformed" | "amount_too_precise";
export type ParsedAmount = { ok: true; value: bigint } | { ok: false; code: AmountProblem };

/**
 * What a person typed. A comma is refused rather than guessed: it is a decimal point to one reader and a
 * thousand to the next.
 */
export function parseAmount(typed: string): ParsedAmount {
  const text = typed.trim();
  if (text === "") return { ok: false, code: "amount_missing" };
  const [, whole = "", fraction = ""] = /^(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (whole === "" && fraction === "") return { ok: false, code: "amount_malformed" };
  if (fraction.length > DECIMALS) return { ok: false, code: "amount_too_precise" };
  return { ok: true, value: BigInt(whole || "0") * ONE + BigInt(fraction.padEnd(DECIMALS, "0")) };
}

export const AMOUNT_PROBLEM: Record<AmountProblem, string> = {
  amount_missing: "Enter an amount.",
  amount_malformed: "Enter digits and one point, such as 12.50.",
  amount_too_precise: "At most six decimals.",
};
