import { z } from "zod";
import type { Json } from "@/flows/basics/json";
import { judgePlainJson } from "@/flows/graph/plain-json";
import { EVENT_NAME } from "@/flows/nodes/triggers";
import { DELIVERY_KEY } from "@/flows/triggers/signature";
import { publishEvent } from "../../use-cases/publish-event";
import { unwrap } from "../errors";
import { router, signedInProcedure } from "../trpc";

const LARGEST = { depth: 64, values: 20_000 };

const Publish = z.strictObject({
  name: z.string().regex(EVENT_NAME),
  id: z.string().regex(DELIVERY_KEY),
  data: z.custom<Record<string, Json>>(
    (value) =>
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      judgePlainJson(value, LARGEST) === "plain",
    "has to be a plain JSON object",
  ),
});

export const eventsRouter = router({
  /** Starts the publisher's own triggers for the event, once per id. */
  publish: signedInProcedure
    .input(Publish)
    .mutation(async ({ ctx, input: { name, id, data } }) =>
      unwrap(await publishEvent(ctx.services, { owner: ctx.user.id, event: name, id, data })),
    ),
});
