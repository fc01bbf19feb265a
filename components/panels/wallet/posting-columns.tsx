import { ArrowRight } from "lucide-react";
import Link from "next/link";
import type { Posting } from "@/components/api/answers";
import { Moment } from "@/components/panels/runs/moment";
import { endsOf, whatOf } from "@/components/panels/wallet/posting-words";
import { Money } from "@/components/ui/money";
import type { Column } from "@/components/ui/table";

export const POSTING_COLUMNS: readonly Column<Posting>[] = [
  { key: "what", header: "What", width: "fill", cell: (posting) => whatOf(posting) },
  { key: "time", header: "Time", cell: ({ at }) => <Moment at={at} look="exact" /> },
  {
    key: "run",
    header: "Run",
    cell: ({ run }) =>
      run ? (
        <Link href={`/runs/${run}`} prefetch={false} className="underline">
          Open the run
        </Link>
      ) : (
        <span className="text-faint">None</span>
      ),
  },
  {
    key: "ends",
    header: "From and to",
    narrow: "hide",
    cell: (posting) => <Ends posting={posting} />,
  },
  {
    key: "amount",
    header: "Amount",
    align: "end",
    cell: ({ currency, amount }) => <Money currency={currency} amount={amount} sign="always" />,
  },
];

function Ends({ posting }: { posting: Posting }) {
  const { from, to } = endsOf(posting);
  return (
    <span className="text-muted">
      {from} <ArrowRight aria-label="to" className="inline" /> {to}
    </span>
  );
}
