import { httpSubscriptionLink, type TRPCLink } from "@trpc/client";
import type superjson from "superjson";
import type { AppRouter } from "@/server/api/root";

/** Server-sent events, one stream for each subscription. */
export function subscriptionLink(url: string, transformer: typeof superjson): TRPCLink<AppRouter> {
  return httpSubscriptionLink({ url, transformer });
}
