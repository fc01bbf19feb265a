import type { Pool } from "pg";
import type { AccountId } from "@/flows/basics/ids";
import type { Currency } from "@/flows/basics/money";
import type { WantedSum } from "@/flows/policy/facts";
import type { Policy } from "@/flows/policy/rules";
import { policyInForce, putInForce } from "./kept";
import { sumsOf } from "./sums";

/** The rules that owners have in force, and what was spent under them. */
export function ownersPolicies(pool: Pool) {
  return {
    inForce: (owner: AccountId) => policyInForce(pool, owner),
    put: (owner: AccountId, policy: Policy | null) => putInForce(pool, owner, policy),
    sums: (payer: AccountId, wanted: readonly WantedSum[], at: { currency: Currency; nowMs: number }) =>
      sumsOf(pool, wanted, { payer, run: null, ...at }),
  };
}
