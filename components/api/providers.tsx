"use client";

import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, splitLink } from "@trpc/client";
import { createContext, type ReactNode, useContext, useState } from "react";
import superjson from "superjson";
import { LiveMovesProvider } from "@/components/api/live-moves";
import { makeQueryClient } from "@/components/api/query-client";
import { subscriptionsLater } from "@/components/api/subscriptions-later";
import { TRPCProvider } from "@/components/api/trpc";
import { useLiveQueries } from "@/components/api/use-live-queries";
import type { AppRouter } from "@/server/api/root";

/** Who is signed in; `wallet` is the address of the wallet that opens the account, too. */
export type Account = { id: string; name: string; wallet: string | null };

const AccountContext = createContext<Account>({ id: "", name: "", wallet: null });
export const useAccount = (): Account => useContext(AccountContext);

const url = "/api/trpc";
let kept: QueryClient | undefined;

/** One cache for the life of the page in a browser; one per request on the server, where people must not share it. */
function queryClient(): QueryClient {
  if (typeof window === "undefined") return makeQueryClient();
  kept ??= makeQueryClient(() => window.location.assign("/"));
  return kept;
}

function apiClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: subscriptionsLater(url),
        false: httpBatchLink({ url, transformer: superjson, maxURLLength: 4_000 }),
      }),
    ],
  });
}

/** What every signed-in screen needs around it: the API, its cache, live moves, and who is signed in. */
export function Providers({ account, children }: { account: Account; children: ReactNode }) {
  const [queries] = useState(queryClient);
  const [client] = useState(apiClient);
  return (
    <AccountContext value={account}>
      <QueryClientProvider client={queries}>
        <TRPCProvider trpcClient={client} queryClient={queries}>
          <LiveMovesProvider account={account.id}>
            <LiveQueries />
            {children}
          </LiveMovesProvider>
        </TRPCProvider>
      </QueryClientProvider>
    </AccountContext>
  );
}

function LiveQueries() {
  useLiveQueries();
  return null;
}
