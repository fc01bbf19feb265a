import { formatAmount, UNIT } from "@/components/ui/amount";
import type { Money } from "@/flows/basics/money";

/** `1.00 credits`, or several currencies side by side; nothing to pay is `0.00 credits`. */
export function boundText(bound: readonly Money[]): string {
  if (bound.length === 0) return "0.00 credits";
  return bound.map(({ amount, currency }) => `${formatAmount(amount)} ${UNIT[currency]}`).join(" + ");
}
