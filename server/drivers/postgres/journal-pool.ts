import { Pool } from "pg";

/**
 * The driver's own connections, so that a busy ledger never keeps a journal waiting. Every statement on them looks rows
 * up by key, so that one plan serves all that it may be given; to plan a journal's write anew takes longer than to make it.
 */
export function journalPool(connectionString: string): Pool {
  const options = "-c plan_cache_mode=force_generic_plan";
  return new Pool({ connectionString, max: 4, application_name: "studio-journal", options });
}
