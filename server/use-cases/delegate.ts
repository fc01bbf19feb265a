import type { AccountId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Services } from "../services";

export type DelegateError =
  | { code: "account_not_found"; account: AccountId }
  | { code: "delegation_invalid"; problem: string }
  | { code: "delegation_not_found" };

const DAY_MS = 86_400_000;
const MOST_DAYS = 90;

export type Delegate = { from: AccountId; to: AccountId; flow: string | null; until: Date };

/**
 * Lets somebody else answer in one's place, from now on and for a time. They answer for nobody whose place was given to one
 * in turn, and never for a run that they started themselves.
 */
export async function delegate(
  { accounts, clock, delegations, ids }: Pick<Services, "accounts" | "clock" | "delegations" | "ids">,
  { from, to, flow, until }: Delegate,
): Promise<Result<{ id: string }, DelegateError>> {
  const now = clock.now();
  const problem = problemOf({ from, to, until }, now);
  if (problem) return err({ code: "delegation_invalid", problem });
  if (flow !== null && !(await delegations.mayGive(from, flow)))
    return err({ code: "delegation_invalid", problem: "This flow never asked you, and is not yours." });
  if (!(await accounts.find(to))) return err({ code: "account_not_found", account: to });
  const id = ids.fresh();
  await delegations.create({ id, from, to, flow, fromAt: new Date(now), until });
  return ok({ id });
}

function problemOf({ from, to, until }: Omit<Delegate, "flow">, nowMs: number): string | null {
  if (from === to) return "Nobody stands in for themselves.";
  if (until.getTime() <= nowMs) return "It ends before it begins.";
  return until.getTime() > nowMs + MOST_DAYS * DAY_MS ? `It ends within ${MOST_DAYS} days.` : null;
}
