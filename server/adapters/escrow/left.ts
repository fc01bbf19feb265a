import type { Pool } from "pg";
import { z } from "zod";
import type { RunId } from "@/flows/basics/ids";
import { UsdcBase } from "@/flows/basics/money";
import type { EscrowView } from "@/flows/ports/escrows";
import { saidSince } from "./said-since";

const amount = z.string().transform(BigInt).default(0n);
const Said = z.object({ paid: amount, fees: amount, returned: amount });

/** What left a run's escrow, whoever sent the transactions; null until finalized history says that it was closed. */
export async function leftOf(pool: Pool, at: { run: RunId; escrow: string }): Promise<EscrowView["left"]> {
  const said = await saidSince(pool, { ...at, kinds: ["released", "closed"] });
  const end = said.findIndex(({ kind }) => kind === "closed");
  if (end < 0) return null;
  const ours = said.slice(0, end + 1).map(({ event }) => Said.parse(JSON.parse(event))); // an account that lies there later is another
  const sum = (of: keyof z.output<typeof Said>) => UsdcBase.parse(ours.reduce((all, each) => all + each[of], 0n));
  return { paid: sum("paid"), fees: sum("fees"), returned: sum("returned") };
}
