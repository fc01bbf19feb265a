import type { Pool } from "pg";
import { type Currency, money } from "@/flows/basics/money";
import { err, ok } from "@/flows/basics/result";
import { canonicalJson } from "@/flows/plan/canonical";
import { fromStored } from "@/flows/plan/stored";
import type { Capture, CreditsPort, Posted, Release, Reserve } from "@/flows/ports/credits";
import { isConnectionLost } from "../connection";
import { heldAccount, mainAccount } from "./accounts";
import type { Moved } from "./movement";

type Ask = Reserve | Capture | Release;
type Row = { refusal: string | null; answer: string | null; rest: string | null; rest_currency: Currency | null };

/**
 * Credits kept in Postgres, one row per transfer. The unique operation id is what makes a movement happen once.
 * Every movement locks its reservation first and then its accounts in the order of their ids. Each is one statement: its
 * function locks, judges, writes and answers, so that nobody else waits for our way to the database and back.
 */
export function ledgerCredits(pool: Pool): CreditsPort {
  return {
    async reserve(ask) {
      const { operation, payer, amount } = ask;
      if (amount.amount === 0n) return err({ code: "amount_zero" });
      const accounts = [mainAccount(payer, amount.currency), heldAccount(operation)];
      return post(pool, ask, { name: "ledger_reserve", given: [payer, ...accounts, ...columns(amount)] });
    },
    async capture(ask) {
      const { reservation, payee, amount } = ask;
      if (amount.amount === 0n) return err({ code: "amount_zero" });
      const main = mainAccount(payee, amount.currency);
      return post(pool, ask, { name: "ledger_capture", given: [reservation, main, ...columns(amount)] });
    },
    release: (ask) => post(pool, ask, { name: "ledger_release", given: [ask.reservation] }),
  };
}

type Movement = { name: "ledger_reserve" | "ledger_capture" | "ledger_release"; given: readonly string[] };

async function post(pool: Pool, ask: Ask, { name, given }: Movement): Promise<Moved> {
  const values = [ask.operation, canonicalJson(ask), ...given];
  const text = `select * from ${name}(${values.map((_, place) => `$${place + 1}`).join(", ")})`;
  try {
    const { rows } = await pool.query<Row>({ name, text, values });
    return answerOf(ask, rows[0]);
  } catch (problem) {
    if (isConnectionLost(problem)) return err({ code: "outcome_unknown" });
    throw problem;
  }
}

function answerOf(ask: Ask, row: Row | undefined): Moved {
  if (row?.refusal === null && row.answer !== null) return ok(fromStored<Posted>(row.answer));
  const refused = row ? refusalOf(ask, row) : null;
  if (!refused) throw new Error(`${ask.operation} came to no answer that is known: ${JSON.stringify(row)}`);
  return refused;
}

function refusalOf(ask: Ask, { refusal, rest, rest_currency }: Row): Moved | null {
  const left = rest === null || rest_currency === null ? null : money(rest_currency, BigInt(rest));
  if (refusal === "operation_reused") return err({ code: refusal, operation: ask.operation });
  if (refusal === "reservation_closed" && "reservation" in ask)
    return err({ code: refusal, reservation: ask.reservation });
  if (refusal === "payee_ineligible" && "payee" in ask) return err({ code: refusal, payee: ask.payee });
  const isShort = refusal === "funds_insufficient" || refusal === "reservation_exceeded";
  return isShort && left ? err({ code: refusal, left }) : null;
}

function columns({ currency, amount }: Reserve["amount"]): [string, string] {
  return [currency, amount.toString()];
}
