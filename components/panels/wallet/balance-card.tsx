import type { Balance } from "@/components/api/answers";
import type { Currency } from "@/components/ui/amount";
import { Money } from "@/components/ui/money";

const MEANS: Record<Currency, { name: string; text: string }> = {
  microcredits: { name: "Credits", text: "Bought. They pay every agent." },
  trial_microcredits: {
    name: "Trial credits",
    text: "Given when the account was opened. They pay the studio's own agents, never outside publishers.",
  },
  usdc_base: { name: "USDC", text: "On the chain." },
};

/** One currency: what is left to spend, and what runs under way have set aside. */
export function BalanceCard({ balance: { free, held } }: { balance: Balance }) {
  const { name, text } = MEANS[free.currency];
  return (
    <section aria-label={name} className="flex flex-col gap-3 rounded-card border bg-surface p-4">
      <h2 className="text-body">{name}</h2>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <div>
          <dt className="text-12 text-muted">Left</dt>
          <dd>
            <Money {...free} kind="left" className="text-20" />
          </dd>
        </div>
        <div>
          <dt className="text-12 text-muted">Reserved</dt>
          <dd>
            <Money {...held} kind="reserved" className="text-20" />
          </dd>
        </div>
      </dl>
      <p className="text-muted">{text}</p>
    </section>
  );
}
