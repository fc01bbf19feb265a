const DECIMALS = 6;

/** An amount of a token with six decimals, never rounded. Units: base units in. */
export function usdc(base: bigint): string {
  const digits = base.toString().padStart(DECIMALS + 1, "0");
  const part = digits.slice(-DECIMALS).replace(/0+$/, "").padEnd(2, "0");
  return `${digits.slice(0, -DECIMALS)}.${part} USDC`;
}

/** A time of the chain, which counts seconds. */
export const moment = (seconds: bigint): string => `${new Date(Number(seconds) * 1_000).toISOString().slice(0, 19)}Z`;
