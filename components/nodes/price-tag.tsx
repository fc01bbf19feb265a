import { clsx } from "clsx";
import { Money } from "@/components/ui/money";
import type { Price } from "@/flows/types/price";
import { priceWords } from "@/flows/types/price-words";

/** What a call costs, in few words; the whole sentence is in its title, and where there is room for it. */
export function PriceTag({ price, className }: { price: Price; className?: string }) {
  if (price.kind === "per_call") return <Money {...price.price} className={className} />;
  return (
    <span className={clsx("whitespace-nowrap", className)} title={priceWords(price)}>
      {price.kind === "free" ? (
        "free"
      ) : (
        <>
          <Money {...price.price} /> <span className="text-muted">per {price.unit}</span>
        </>
      )}
    </span>
  );
}
