const DECIMALS = 6;

/** An amount of a token with six decimals, never rounded. */
export function amount(base: bigint): string {
  const digits = base.toString().padStart(DECIMALS + 1, "0");
  const part = digits.slice(-DECIMALS).replace(/0+$/, "").padEnd(2, "0");
  return `${digits.slice(0, -DECIMALS)}.${part} USDC`;
}
