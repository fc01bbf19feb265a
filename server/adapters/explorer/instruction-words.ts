import { getUtf8Decoder } from "@solana/kit";
import { registryInstruction } from "./registry-words";

/** The programs that people meet here, by their addresses. */
const NAMES: Readonly<Record<string, string>> = {
  "11111111111111111111111111111111": "System",
  TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA: "Token",
  TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb: "Token-2022",
  ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL: "Token accounts",
  ComputeBudget111111111111111111111111111111: "Compute budget",
  MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr: "Memo",
  AddressLookupTab1e1111111111111111111111111: "Lookup tables",
  BPFLoaderUpgradeab1e11111111111111111111111: "Program loader",
};

const ESCROW = [
  "Open an escrow",
  "Top up an escrow",
  "Give an escrow more time",
  "Settle: record what payees earned",
  "Dispute earnings",
  "Resolve a dispute",
  "Release: pay what was earned",
  "Close: return the rest",
  "Pause",
  "Lift the pause",
  "Configure the escrow program",
];

const SYSTEM = ["Create an account", "Assign an account", "Transfer SOL"];
const TOKEN: Readonly<Record<number, string>> = {
  0: "Make a mint",
  1: "Make a token account",
  3: "Transfer tokens",
  4: "Allow a delegate",
  5: "Withdraw a delegate",
  7: "Mint tokens",
  8: "Burn tokens",
  9: "Close a token account",
  10: "Freeze a token account",
  11: "Thaw a token account",
  12: "Transfer tokens",
  14: "Mint tokens",
  17: "Count wrapped SOL",
  18: "Make a token account",
  20: "Make a mint",
};
const BUDGET: Readonly<Record<number, string>> = {
  1: "Ask for heap",
  2: "Limit compute units",
  3: "Offer a price for compute units",
  4: "Limit the size of loaded accounts",
};

type Told = { readonly name: string; readonly what: string };

/** Where our own programs are on a chain. */
export type OwnPrograms = { readonly escrow: string | undefined; readonly registry: string | undefined };

/** An instruction in words; of a program that is not known here, only how long its data is. */
export function instructionWords(program: string, data: Uint8Array, { escrow, registry }: OwnPrograms): Told {
  if (program === registry) return { name: "Registry", what: registryInstruction(data) };
  if (program === escrow) return { name: "Escrow", what: ESCROW[data[0] ?? ESCROW.length] ?? "Unknown instruction" };
  const name = NAMES[program];
  if (!name) return { name: "Another program", what: `${data.length} bytes of data` };
  return { name, what: whatOf(name, data) };
}

function whatOf(name: string, data: Uint8Array): string {
  const first = data[0] ?? 0;
  switch (name) {
    case "System":
      return SYSTEM[first] ?? "Another instruction";
    case "Token":
    case "Token-2022":
      return TOKEN[first] ?? "Another instruction";
    case "Token accounts":
      return "Make the wallet's token account";
    case "Compute budget":
      return BUDGET[first] ?? "Another instruction";
    case "Memo":
      return getUtf8Decoder().decode(data.subarray(0, 500));
    default:
      return "Another instruction";
  }
}
