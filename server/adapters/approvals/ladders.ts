import type { Pool } from "pg";
import { climb, untilNextStep } from "./climbing";

/** Takes every step of a ladder that is due; gives the time until the next. Whoever is asked by it hears of it as of any notice. */
export function postgresLadders(pool: Pool) {
  return {
    async carryOut(stopped: () => boolean): Promise<number | null> {
      while (!stopped() && (await climb(pool)).length > 0);
      return untilNextStep(pool);
    },
  };
}
