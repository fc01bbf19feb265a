import type { Json } from "../basics/json";
import { isRecord } from "../types/json-schema";
import type { AskedFor } from "./model-turn";

/** One turn as people read it. */
export type ToldTurn = { said: string; problem: string | null; asked: readonly AskedFor[]; answer: Json | null };

/** Reads what a turn came to; null for a value that is none, as somebody may have pinned one. */
export function toldTurn(whole: Json): ToldTurn | null {
  const turn = isRecord(whole) ? whole.turn : null;
  if (!isRecord(turn) || !Array.isArray(turn.history)) return null;
  if (turn.done === true) return { said: "", problem: null, asked: [], answer: (turn.answer ?? null) as Json };
  const latest = turn.history.at(-1);
  if (!isRecord(latest) || !Array.isArray(latest.asked)) return null;
  const problem = typeof latest.problem === "string" ? latest.problem : null;
  return { said: String(latest.said ?? ""), problem, asked: latest.asked as AskedFor[], answer: null };
}
