import { type AccountMeta, AccountRole, type Address, type Instruction } from "@solana/kit";
import { type Field, packed } from "./packing";

// What an instruction does with each of its accounts.

export const reads = (address: Address): AccountMeta => ({ address, role: AccountRole.READONLY });
export const writes = (address: Address): AccountMeta => ({ address, role: AccountRole.WRITABLE });
export const signs = (address: Address): AccountMeta => ({ address, role: AccountRole.READONLY_SIGNER });
export const signsAndWrites = (address: Address): AccountMeta => ({ address, role: AccountRole.WRITABLE_SIGNER });

export const instruction = (
  programAddress: Address,
  accounts: readonly AccountMeta[],
  fields: readonly Field[],
): Instruction => ({ programAddress, accounts, data: packed(fields) });
