import { Bot } from "lucide-react";
import Link from "next/link";
import type { Listing } from "@/components/api/answers";
import { PriceTag } from "@/components/nodes/price-tag";
import { FavouriteButton } from "./favourite-button";
import { facetWord } from "./registry-words";

/** One agent among those that were found. What its publisher wrote is text and nothing else. */
export function ListingRow({ listing }: { listing: Listing }) {
  const { name, agent, title, description, publisher, categories, price, protocol, effect, state } = listing;
  return (
    <li className="flex items-start gap-3 border-b px-4 py-3 last:border-b-0 hover:bg-hover">
      <Bot aria-hidden className="mt-1 shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <Link
            href={`/registry/${name}`}
            prefetch={false}
            data-listing
            className="min-w-0 break-words font-strong hover:underline"
          >
            {title}
          </Link>
          <PriceTag price={price} />
        </div>
        <p className="line-clamp-2 break-words text-muted">{description}</p>
        <p className="mt-1 flex flex-wrap gap-x-3 text-12 text-faint">
          <span className="break-all font-mono">{agent}</span>
          <span>{publisher === "house" ? "the studio's own" : "from outside"}</span>
          <span>{facetWord("protocol", protocol)}</span>
          <span>{facetWord("effect", effect)}</span>
          {state === "deprecated" && <span className="text-warn">deprecated</span>}
          {categories.length > 0 && <span className="break-words">{categories.slice(0, 5).join(", ")}</span>}
        </p>
      </div>
      <FavouriteButton name={name} title={title} favourite={listing.favourite} />
    </li>
  );
}
