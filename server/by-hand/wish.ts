import { type Address, isAddress } from "@solana/kit";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Deed } from "./act";

export const USAGE = `npm run escrow -- show ESCROW
npm run escrow -- list WALLET
npm run escrow -- release ESCROW                           anybody: pays what was earned and is due
npm run escrow -- close ESCROW                             anybody, when it is over: pays, and returns the rest
npm run escrow -- dispute ESCROW --line 1[,2]              the payer, inside the window
npm run escrow -- extend ESCROW --days 7                   the payer
npm run escrow -- resolve ESCROW --line 1 --to-payee 0.01  the arbiter: the rest of what is disputed goes back to the payer

--rpc URL --program ADDRESS   the chain and its escrow program; without them, the local chain of the studio that runs here
--key FILE                    who signs and pays the fee: 32 bytes in hex, or a file of Solana's own tools
--signer ADDRESS              in its place: prints the transaction for a wallet that signs elsewhere
--price N                     millionths of a lamport for a compute unit, to be taken sooner
--send                        does it. Without it, says what would happen.`;

/** The words and options as they were typed. */
export type Typed = {
  readonly words: readonly string[];
  readonly line?: string | undefined;
  readonly days?: string | undefined;
  readonly "to-payee"?: string | undefined;
};

export type Wish =
  | { readonly of: Address; readonly does: "show" | "list" }
  | { readonly of: Address; readonly deed: Deed };

/** What somebody typed. Errors: a sentence that says what to type. */
export function readWish(typed: Typed): Result<Wish, string> {
  const [what, of, ...more] = typed.words;
  if (!what || !of || more.length > 0) return err(USAGE);
  if (!isAddress(of)) return err(`${of} is no address of the chain.`);
  if (what === "show" || what === "list") return ok({ of, does: what });
  const deed = deedOf(what, typed);
  return deed.ok ? ok({ of, deed: deed.value }) : deed;
}

function deedOf(what: string, typed: Typed): Result<Deed, string> {
  switch (what) {
    case "release":
    case "close":
      return ok({ does: what });
    case "dispute": {
      const lines = linesIn(typed.line);
      return lines ? ok({ does: what, lines }) : err("Say which lines, by their numbers: --line 1 or --line 1,2");
    }
    case "extend": {
      const days = /^[1-9]\d{0,2}$/.test(typed.days ?? "") ? BigInt(typed.days ?? "") : null;
      return days === null ? err("Say how many days more: --days 7") : ok({ does: what, seconds: days * 86_400n });
    }
    case "resolve": {
      const [line, ...others] = linesIn(typed.line) ?? [];
      const toPayee = baseUnits(typed["to-payee"]);
      if (line === undefined || others.length > 0) return err("Say which line, by its number: --line 1");
      if (toPayee === null) return err("Say in USDC how much of it goes to the payee, 0 for nothing: --to-payee 0.01");
      return ok({ does: what, line, toPayee });
    }
    default:
      return err(USAGE);
  }
}

/** Each once, by rising number, as the program wants them. */
function linesIn(text = ""): number[] | null {
  if (!/^[1-9]\d?(,[1-9]\d?)*$/.test(text)) return null;
  return [...new Set(text.split(",").map((number) => Number(number) - 1))].sort((a, b) => a - b);
}

/** USDC has six decimals: more would be rounded, so more are refused. */
function baseUnits(text = ""): bigint | null {
  const [, whole, part = ""] = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  return whole === undefined ? null : BigInt(`${whole}${part.padEnd(6, "0")}`);
}
