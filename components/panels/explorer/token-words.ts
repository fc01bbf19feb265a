/** An amount in a token's smallest unit, exactly; at least two decimals where the token has them. */
export function tokenAmount(base: bigint, decimals: number): string {
  const size = base < 0n ? -base : base;
  const digits = size.toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  const part = digits
    .slice(digits.length - decimals)
    .replace(/0+$/, "")
    .padEnd(Math.min(2, decimals), "0");
  return `${base < 0n ? "−" : ""}${whole}${part === "" ? "" : `.${part}`}`;
}

export const SOL_DECIMALS = 9;

/** How long a span is, in the largest unit that fits: the dispute window of an escrow. */
export function spanWords(seconds: number): string {
  if (seconds === 0) return "none";
  const [size, unit] = (
    [
      [86_400, "day"],
      [3_600, "hour"],
      [60, "minute"],
    ] as const
  ).find(([one]) => seconds % one === 0 && seconds >= one) ?? [1, "second"];
  const count = seconds / size;
  return `${count.toLocaleString("en")} ${unit}${count === 1 ? "" : "s"}`;
}
