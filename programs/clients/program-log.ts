import { type Address, getBase64Encoder } from "@solana/kit";

const ENTERED = /^Program (\w+) invoke \[\d+\]$/;
const LEFT = /^Program \w+ (success|failed)/;
const TOLD = "Program data: ";

/** What `program` itself told indexers in a log, in order. What other programs wrote, also those that it called, is passed over. */
export function toldBy(log: readonly string[], program: Address): Uint8Array[] {
  const inside: string[] = [];
  const told: Uint8Array[] = [];
  for (const line of log) {
    const entered = ENTERED.exec(line)?.[1];
    if (entered) inside.push(entered);
    else if (LEFT.test(line)) inside.pop();
    else if (line.startsWith(TOLD) && inside.at(-1) === program)
      told.push(Uint8Array.from(getBase64Encoder().encode(line.slice(TOLD.length))));
  }
  return told;
}
