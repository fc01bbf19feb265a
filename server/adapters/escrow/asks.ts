import { getCompiledTransactionMessageDecoder, getTransactionDecoder } from "@solana/kit";

/** The number of an instruction of our program is the first byte of its data (programs/clients/escrow-instructions.ts). */
const [SETTLE, CLOSE] = [3, 7];

/** What a transaction of ours does once it has landed: all of it, because a transaction is done whole or not at all. */
export function asksOf(transaction: string, program: string): { settles: boolean; closes: boolean } {
  const { messageBytes } = getTransactionDecoder().decode(Uint8Array.from(Buffer.from(transaction, "base64")));
  const message = getCompiledTransactionMessageDecoder().decode(messageBytes);
  const asked =
    message.version === 1
      ? message.instructionHeaders.map(({ programAccountIndex: by }, place) => ({
          by,
          data: message.instructionPayloads[place]?.instructionData,
        }))
      : message.instructions.map(({ programAddressIndex: by, data }) => ({ by, data }));
  const numbers = asked.filter(({ by }) => message.staticAccounts[by] === program).map(({ data }) => data?.[0]);
  return { settles: numbers.includes(SETTLE), closes: numbers.includes(CLOSE) };
}
