import { type Address, getAddressEncoder, getProgramDerivedAddress, getUtf8Encoder } from "@solana/kit";

export const TOKEN_PROGRAM = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA" as Address;
export const TOKEN_2022_PROGRAM = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb" as Address;
export const SYSTEM_PROGRAM = "11111111111111111111111111111111" as Address;
const ASSOCIATED_PROGRAM = "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL" as Address;
const LOADER = "BPFLoaderUpgradeab1e11111111111111111111111" as Address;

const bytes = getAddressEncoder();
const text = getUtf8Encoder();

/** Where the escrow of one run lies: by the payer and the run's sixteen bytes. */
export const escrowAddress = (program: Address, payer: Address, run: Uint8Array): Promise<Address> =>
  derived(program, [text.encode("escrow"), bytes.encode(payer), run]);

export const vaultAddress = (program: Address, escrow: Address): Promise<Address> =>
  derived(program, [text.encode("vault"), bytes.encode(escrow)]);

export const configAddress = (program: Address): Promise<Address> => derived(program, [text.encode("config")]);

/** The loader's record of a program, which names who may upgrade it. */
export const programDataAddress = (program: Address): Promise<Address> => derived(LOADER, [bytes.encode(program)]);

/** The token account of a wallet that anybody can make for it. */
export const associatedAddress = (wallet: Address, mint: Address, tokenProgram = TOKEN_PROGRAM): Promise<Address> =>
  derived(ASSOCIATED_PROGRAM, [bytes.encode(wallet), bytes.encode(tokenProgram), bytes.encode(mint)]);

/** The address that a program has by these seeds. */
export async function derived(programAddress: Address, seeds: Parameters<typeof getProgramDerivedAddress>[0]["seeds"]) {
  const [address] = await getProgramDerivedAddress({ programAddress, seeds });
  return address;
}
