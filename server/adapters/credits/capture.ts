import type { Pool } from "pg";
import { type Currency, money } from "@/flows/basics/money";
import { err, ok } from "@/flows/basics/result";
import { canonicalJson } from "@/flows/plan/canonical";
import { fromStored } from "@/flows/plan/stored";
import type { Capture, Posted } from "@/flows/ports/credits";
import { isConnectionLost } from "../connection";
import { mainAccount } from "./accounts";
import type { Moved } from "./movement";

type Row = { refusal: string | null; answer: string | null; rest: string | null; rest_currency: Currency | null };

/**
 * Pays from a reservation, in one statement: `ledger_capture` locks, judges, writes and answers, because every step that
 * pays makes one. What it does is what `once` does for the movements that a run makes once.
 */
export async function capture(pool: Pool, ask: Capture): Promise<Moved> {
  const { operation, reservation, payee, amount } = ask;
  if (amount.amount === 0n) return err({ code: "amount_zero" });
  const main = mainAccount(payee, amount.currency);
  try {
    const { rows } = await pool.query<Row>({
      name: "ledger_capture",
      text: "select * from ledger_capture($1, $2, $3, $4, $5, $6)",
      values: [operation, canonicalJson(ask), reservation, main, amount.currency, amount.amount.toString()],
    });
    return answerOf(ask, rows[0]);
  } catch (problem) {
    if (isConnectionLost(problem)) return err({ code: "outcome_unknown" });
    throw problem;
  }
}

function answerOf({ operation, reservation, payee }: Capture, row: Row | undefined): Moved {
  if (row?.refusal === null && row.answer !== null) return ok(fromStored<Posted>(row.answer));
  if (row?.refusal === "operation_reused") return err({ code: "operation_reused", operation });
  if (row?.refusal === "reservation_closed") return err({ code: "reservation_closed", reservation });
  if (row?.refusal === "payee_ineligible") return err({ code: "payee_ineligible", payee });
  if (row?.refusal === "reservation_exceeded" && row.rest !== null && row.rest_currency !== null)
    return err({ code: "reservation_exceeded", left: money(row.rest_currency, BigInt(row.rest)) });
  throw new Error(`${operation} came to no answer that is known: ${JSON.stringify(row)}`);
}
