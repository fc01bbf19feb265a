import type { Pool } from "pg";
import type { ChannelPort } from "@/flows/ports/channel";
import { climb, untilNextStep } from "./climbing";
import { tellPeople } from "./telling";

/** Takes every step that is due, and tells people of it where there is a channel. Gives the time until the next step. */
export function postgresLadders(pool: Pool, channel: ChannelPort | null) {
  return {
    async climb(): Promise<number | null> {
      for (let climbed = await climb(pool); climbed.length > 0; climbed = await climb(pool));
      if (channel) await tellPeople(pool, channel);
      return untilNextStep(pool);
    },
  };
}
