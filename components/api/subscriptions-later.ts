import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import superjson from "superjson";
import type { AppRouter } from "@/server/api/root";

/** The link for live streams, loaded when the first of them is opened: no page needs it to be drawn. */
export function subscriptionsLater(url: string): TRPCLink<AppRouter> {
  return (runtime) =>
    ({ op, next }) =>
      observable((observer) => {
        let closed = false;
        let close = () => {};
        void import("./subscription-link").then(({ subscriptionLink }) => {
          if (closed) return;
          const link = subscriptionLink(url, superjson)(runtime);
          const subscription = link({ op, next }).subscribe(observer);
          close = () => subscription.unsubscribe();
        });
        return () => {
          closed = true;
          close();
        };
      });
}
