import { clsx } from "clsx";
import { type Currency, formatAmount, UNIT } from "@/components/ui/amount";

export type MoneyKind = "worst" | "reserved" | "spent" | "left";

const COLOUR: Record<MoneyKind, string> = {
  worst: "text-worst",
  reserved: "text-reserved",
  spent: "text-spent",
  left: "text-remaining",
};

export type MoneyProps = {
  currency: Currency;
  amount: bigint | string;
  kind?: MoneyKind | undefined;
  /** A posting says which way it went, also when it came in. */
  sign?: "always" | undefined;
  className?: string | undefined;
};

/** The only way in which money is shown: `12.50 credits`. */
export function Money({ currency, amount, kind, sign, className }: MoneyProps) {
  const plus = sign === "always" && BigInt(amount) > 0n ? "+" : "";
  return (
    <span className={clsx("whitespace-nowrap font-mono tabular-nums", kind ? COLOUR[kind] : "text-ink", className)}>
      {currency === "trial_microcredits" && (
        <>
          <span className="rounded-control border border-line-strong border-dashed px-1 font-sans text-12 text-muted">
            trial
          </span>{" "}
        </>
      )}
      {plus}
      {formatAmount(amount)} <span className={kind ? undefined : "text-muted"}>{UNIT[currency]}</span>
    </span>
  );
}
