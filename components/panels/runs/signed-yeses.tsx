"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleHelp, type LucideIcon, OctagonX, ShieldCheck } from "lucide-react";
import { useTRPC } from "@/components/api/trpc";
import type { Verdict } from "@/flows/receipts/receipt-file";
import { signedInWords } from "@/flows/receipts/signed-words";

type Signed = Verdict["signed"][number];

const LOOKS: Record<Signed["shown"], { Icon: LucideIcon; tone: string }> = {
  checked: { Icon: ShieldCheck, tone: "text-ok" },
  claimed: { Icon: CircleHelp, tone: "text-faint" },
  unfit: { Icon: OctagonX, tone: "text-bad" },
};

type SignedYesesProps = { run: string; signed: readonly Signed[]; titleOf(step: string): string };

/** Who is said to have signed their yes, by what, and whether this browser has seen the signature. */
export function SignedYeses({ run, signed, titleOf }: SignedYesesProps) {
  const trpc = useTRPC();
  const { data: voters = [] } = useQuery(trpc.runs.voters.queryOptions({ run }));
  const nameOf = (account: string) => voters.find(({ id }) => id === account)?.name ?? account;
  return (
    <section>
      <h3 className="mb-1 text-12 text-muted">Signed</h3>
      <ul aria-label="Signed" className="flex flex-col gap-1">
        {signed.map((each) => {
          const { Icon, tone } = LOOKS[each.shown];
          const sentence = signedInWords(each, { nameOf, titleOf });
          return (
            <li key={sentence} className="flex items-start gap-2">
              <span className={`mt-0.5 ${tone}`}>
                <Icon aria-hidden />
              </span>
              <span className="min-w-0 break-words">{sentence}.</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
