import type { FundingOffer } from "@/components/api/answers";
import { Hash } from "@/components/ui/hash";
import { Money } from "@/components/ui/money";
import { Table } from "@/components/ui/table";
import { changeLines, momentWords, sol, windowWords } from "./offer-words";

/** Everything that the payer agrees to by signing: what moves now, who can be paid at most what, and until when. */
export function OfferView({ offer }: { offer: FundingOffer }) {
  const { terms, network } = offer;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <section aria-label="What signing changes" className="flex flex-col gap-2">
        <h3 className="text-body">What signing changes</h3>
        <ul className="flex flex-col gap-1">
          {changeLines(offer).map(({ account, address, words }) => (
            <li key={address} className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-strong">{account}</span>
              <Hash value={address} of={account} className="text-12" />
              <span className="text-muted">{words}</span>
            </li>
          ))}
        </ul>
        <p className="text-12 text-muted">
          Asked of the chain a moment ago, with the very bytes that your wallet gets. The sponsor pays at most{" "}
          <span className="font-mono">{sol(network.fees)} SOL</span> of network fees and lends{" "}
          <span className="font-mono">{sol(network.rent)} SOL</span> of rent; you pay neither.
        </p>
      </section>
      <section aria-label="Who can be paid" className="flex flex-col gap-2">
        <h3 className="text-body">Who can be paid from it, and nobody else</h3>
        <Table
          label="Payees with their caps"
          rows={terms.lines}
          rowKey={({ account }) => account}
          columns={[
            { key: "payee", header: "Payee", width: "fill", cell: ({ payees }) => payees.join(", ") },
            { key: "wallet", header: "Wallet", cell: ({ wallet }) => <Hash value={wallet} of="payee" /> },
            {
              key: "cap",
              header: "At most",
              align: "end",
              cell: ({ cap }) => <Money currency="usdc_base" amount={cap} kind="worst" />,
            },
          ]}
        />
      </section>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt className="text-muted">Into the escrow</dt>
        <dd>
          <Money currency="usdc_base" amount={terms.cap} kind="worst" />
        </dd>
        <dt className="text-muted">Dispute window</dt>
        <dd>{windowWords(terms.windowSeconds)}</dd>
        <dt className="text-muted">Nothing is earned after</dt>
        <dd>{momentWords(terms.settleBy)}</dd>
        <dt className="text-muted">Expires</dt>
        <dd>{momentWords(terms.expiry)}; from then on anybody may return the rest to you</dd>
        <dt className="text-muted">Fee</dt>
        <dd>{terms.feeBps === 0 ? "none" : `${terms.feeBps / 100} % of what a payee gets, taken from the payee`}</dd>
        <dt className="text-muted">Escrow</dt>
        <dd>
          <Hash value={terms.escrow} of="escrow" /> of plan <Hash value={terms.plan} of="plan" />
        </dd>
      </dl>
    </div>
  );
}
