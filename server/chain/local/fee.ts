import type { CompiledTransactionMessage } from "@solana/kit";

const PER_SIGNATURE = 5_000n;
const BUDGET_PROGRAM = "ComputeBudget111111111111111111111111111111";
const DEFAULT_UNITS = 200_000n;
const MOST_UNITS = 1_400_000n;
const MICROLAMPORTS = 1_000_000n;
const SET_UNITS = 2;
const SET_PRICE = 3;

/**
 * What a transaction with this message costs.
 *
 * Units: lamports. Every signature costs 5,000, and the compute units asked for cost their price in microlamports.
 * Source: solana.com/docs/core/fees (read 2026-11-20). Signatures that programs check are not counted.
 */
export function feeOf(message: CompiledTransactionMessage): bigint {
  const base = PER_SIGNATURE * BigInt(message.header.numSignerAccounts);
  if (message.version === 1) return base + priorityOf(message);
  const { units, price } = budgetOf(message);
  return base + (units * price + MICROLAMPORTS - 1n) / MICROLAMPORTS;
}

/** A transaction of version 1 says its priority fee in lamports, in its first config value. */
function priorityOf({ configMask, configValues }: Extract<CompiledTransactionMessage, { version: 1 }>): bigint {
  const first = configValues[0];
  return (configMask & 0b11) === 0b11 && first?.kind === "u64" ? first.value : 0n;
}

function budgetOf({ instructions, staticAccounts }: Exclude<CompiledTransactionMessage, { version: 1 }>) {
  let units: bigint | undefined;
  let price = 0n;
  let others = 0n;
  for (const { programAddressIndex, data } of instructions) {
    if (staticAccounts[programAddressIndex] !== BUDGET_PROGRAM || !data) {
      others += 1n;
      continue;
    }
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    if (data[0] === SET_UNITS && data.length >= 5) units = BigInt(view.getUint32(1, true));
    if (data[0] === SET_PRICE && data.length >= 9) price = view.getBigUint64(1, true);
  }
  const asked = units ?? others * DEFAULT_UNITS;
  return { units: asked < MOST_UNITS ? asked : MOST_UNITS, price };
}
