import { AccountRole, type Address, address, getUtf8Encoder, type Instruction } from "@solana/kit";
import { associatedAddress, SYSTEM_PROGRAM, TOKEN_PROGRAM } from "@/programs/clients/escrow-addresses";
import { number, packed } from "@/programs/clients/packing";
import type { Chain } from "./chain";
import { type Genesis, sent } from "./genesis";

const MEMO_PROGRAM = address("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr");
const ASSOCIATED_PROGRAM = address("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");
const TRANSFER = 2;
const MINT_TO = 7;
const CREATE_IDEMPOTENT = 1;

/** Gives lamports. Answers with the transaction's signature. */
export const giveSol = (chain: Chain, { keys }: Genesis, gift: { to: Address; lamports: bigint }): Promise<string> =>
  sent(
    chain,
    [
      {
        programAddress: SYSTEM_PROGRAM,
        accounts: [
          { address: keys.faucet.address, role: AccountRole.WRITABLE_SIGNER },
          { address: gift.to, role: AccountRole.WRITABLE },
        ],
        data: packed([number(TRANSFER, 4), number(gift.lamports, 8)]),
      },
      memo(),
    ],
    [keys.faucet],
  );

/** Mints test USDC into the wallet's own token account, which is made when it is missing. */
export async function giveUsdc(chain: Chain, { keys, usdcMint }: Genesis, gift: { to: Address; amount: bigint }) {
  const account = await associatedAddress(gift.to, usdcMint);
  const made: Instruction = {
    programAddress: ASSOCIATED_PROGRAM,
    accounts: [
      { address: keys.faucet.address, role: AccountRole.WRITABLE_SIGNER },
      { address: account, role: AccountRole.WRITABLE },
      { address: gift.to, role: AccountRole.READONLY },
      { address: usdcMint, role: AccountRole.READONLY },
      { address: SYSTEM_PROGRAM, role: AccountRole.READONLY },
      { address: TOKEN_PROGRAM, role: AccountRole.READONLY },
    ],
    data: packed([number(CREATE_IDEMPOTENT, 1)]),
  };
  const minted: Instruction = {
    programAddress: TOKEN_PROGRAM,
    accounts: [
      { address: usdcMint, role: AccountRole.WRITABLE },
      { address: account, role: AccountRole.WRITABLE },
      { address: keys.faucet.address, role: AccountRole.READONLY_SIGNER },
    ],
    data: packed([number(MINT_TO, 1), number(gift.amount, 8)]),
  };
  return { signature: await sent(chain, [made, minted, memo()], [keys.faucet]), account };
}

/** Two gifts alike within one slot would be the same transaction, which lands once. */
const memo = (): Instruction => ({
  programAddress: MEMO_PROGRAM,
  data: Uint8Array.from(getUtf8Encoder().encode(`Faucet of the local chain ${crypto.randomUUID()}`)),
});
