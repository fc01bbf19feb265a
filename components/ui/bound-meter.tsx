import { type Currency, formatAmount, UNIT } from "@/components/ui/amount";
import { Money } from "@/components/ui/money";

export type BoundMeterProps = {
  currency: Currency;
  /** The worst case: the whole length of the meter. */
  bound: bigint | string;
  spent: bigint | string;
  /** Set aside and not yet spent. */
  reserved?: bigint | string;
  /** Where there is little room: the bar and one line of words. */
  compact?: boolean;
  className?: string;
};

/** How much of the worst case is spent, how much is set aside. */
export function BoundMeter({ currency, bound, spent, reserved = 0n, compact, className }: BoundMeterProps) {
  const whole = BigInt(bound);
  const share = (amount: bigint | string) => (whole > 0n ? Number((BigInt(amount) * 1000n) / whole) / 10 : 0);
  const words = `${formatAmount(spent)} of at most ${formatAmount(bound)} ${UNIT[currency]} spent`;
  return (
    <div className={className}>
      {/* biome-ignore lint/a11y/useSemanticElements: a meter element cannot show two parts */}
      <div
        role="meter"
        aria-label="Spent of worst case"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share(spent)}
        aria-valuetext={words}
        className="flex h-2 overflow-hidden border border-control bg-sunken"
      >
        <span style={{ width: `${share(spent)}%` }} className="bg-spent" />
        <span style={{ width: `${share(reserved)}%` }} className="hatched text-reserved" />
      </div>
      {compact ? (
        <p className="mt-1 whitespace-nowrap text-12 text-muted">
          Spent <Money currency={currency} amount={spent} kind="spent" /> of{" "}
          <span className="font-mono text-worst tabular-nums">{formatAmount(bound)}</span>
        </p>
      ) : (
        <dl className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-12">
          <Part name="Spent" kind="spent" currency={currency} amount={spent} />
          {BigInt(reserved) > 0n && <Part name="Reserved" kind="reserved" currency={currency} amount={reserved} />}
          <Part name="Worst case" kind="worst" currency={currency} amount={bound} />
        </dl>
      )}
    </div>
  );
}

type PartProps = { name: string; kind: "spent" | "reserved" | "worst"; currency: Currency; amount: bigint | string };

function Part({ name, kind, currency, amount }: PartProps) {
  return (
    <div className="flex items-baseline gap-2">
      <dt className="text-muted">{name}</dt>
      <dd>
        <Money currency={currency} amount={amount} kind={kind} />
      </dd>
    </div>
  );
}
