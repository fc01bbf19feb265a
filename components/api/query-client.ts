import { isServer, QueryCache, QueryClient } from "@tanstack/react-query";
import superjson from "superjson";
import { isSignedOut, isWorthRetrying } from "@/components/api/api-error";

/** Live moves say when something is stale; until then an answer is good for this long. */
const FRESH_MS = 30_000;
const RETRIES = 2;

/** `onSignedOut` is called when an answer says that nobody is signed in any more. */
export function makeQueryClient(onSignedOut: () => void = () => undefined): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: (fault) => isSignedOut(fault) && onSignedOut() }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failed, fault) => !isServer && failed < RETRIES && isWorthRetrying(fault),
      },
      dehydrate: { serializeData: superjson.serialize },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}
