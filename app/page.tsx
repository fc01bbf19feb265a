import { redirect } from "next/navigation";
import { TryItNow } from "@/components/panels/account/try-it-now";
import { WalletSignIn } from "@/components/panels/wallets/wallet-sign-in";
import { Brand } from "@/components/ui/brand";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { serverServices } from "@/server/api/server-context";
import { serverQueries } from "./server-queries";

const TERMS = [
  ["500 trial credits", "Enough for hundreds of runs of the sample flows. No card, no mail address."],
  [
    "A local account",
    "It lives in this studio and opens in this browser only, until you link a wallet. There is no password.",
  ],
  ["Nothing leaves", "The sample agents run on this machine, and trial credits never pay outside publishers."],
] as const;

const LOCAL_CHAIN = "solana:localnet";

/** The door. Whoever is signed in goes straight through. */
export default async function DoorPage() {
  const { queries, trpc } = serverQueries();
  if (await queries.fetchQuery(trpc.account.me.queryOptions())) redirect("/flows");
  return (
    <div data-density="page" className="flex min-h-dvh flex-col">
      <header className="flex h-bar shrink-0 items-center justify-between border-b bg-surface px-4">
        <span className="flex items-center gap-2 font-strong">
          <Brand />
          Agent Labs Studio
        </span>
        <span data-density="studio">
          <ThemeToggle />
        </span>
      </header>
      <main className="mx-auto grid w-full max-w-wide flex-1 content-center gap-8 px-4 py-12 sm:px-8 md:grid-cols-2 md:gap-12">
        <div className="flex flex-col gap-6">
          <div>
            <h1 className="text-balance text-28">Flows of paid agents, with a ceiling you set</h1>
            <p className="mt-3 max-w-dialog text-16 text-muted">
              Draw agents and human approvals into a flow, see its worst-case cost, and run it. Every agent is paid only
              for what it delivers, and every step leaves a receipt that anybody can verify offline.
            </p>
          </div>
          <dl className="flex flex-col gap-3">
            {TERMS.map(([term, meaning]) => (
              <div key={term} className="border-line-strong border-l-2 pl-3">
                <dt className="font-strong">{term}</dt>
                <dd className="text-muted">{meaning}</dd>
              </div>
            ))}
          </dl>
        </div>
        <section
          aria-labelledby="try"
          className="flex w-full max-w-sheet flex-col gap-4 self-center rounded-card border bg-surface p-6 md:justify-self-end"
        >
          <h2 id="try" className="text-16">
            Open a local account
          </h2>
          <TryItNow />
          <div className="flex flex-col gap-3 border-t pt-4">
            <p className="text-12 text-muted">
              Or with a wallet of Solana: it opens the same account in every browser, and funds runs on escrow.
            </p>
            <WalletSignIn localChain={serverServices().site.chainId === LOCAL_CHAIN} />
          </div>
        </section>
      </main>
    </div>
  );
}
