"use client";

import { Search } from "lucide-react";
import Link from "next/link";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { Kbd } from "@/components/ui/kbd";
import { Page } from "@/components/ui/page";
import { Select } from "@/components/ui/select";
import { Loading, SkeletonRows } from "@/components/ui/skeleton";
import { TextInput } from "@/components/ui/text-input";
import { FacetChoices } from "./facet-choices";
import { ListingRow } from "./listing-row";
import { agentsWord } from "./registry-words";
import { useRegistrySearch } from "./use-registry-search";
import { type RegistryWanted, wantedOf } from "./wanted-in-url";

const ORDERS = [
  { value: "fit", label: "Best fit" },
  { value: "title", label: "Name" },
  { value: "price", label: "Price, lowest first" },
  { value: "newest", label: "Newest" },
] as const;
const PAUSE_MS = 150;
const EVERYTHING = wantedOf(new URLSearchParams());

/** Every agent that can be called: found by words, narrowed by what matters before one pays. */
export function RegistryPage() {
  const { wanted, look, counts, pages } = useRegistrySearch();
  const listings = pages.data?.pages.flat() ?? [];
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [resets, setResets] = useState(0);
  const fault = pages.error ?? counts.error;

  useEffect(() => {
    const focus = (event: globalThis.KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest("input, textarea, select");
      if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, []);

  /** Arrows go from the field into what was found, along it, and back. */
  function walk(event: KeyboardEvent) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (event.target instanceof HTMLSelectElement) return;
    const links = [...(list.current?.querySelectorAll<HTMLElement>("[data-listing]") ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    if (next < 0) field.current?.focus();
    else links[next]?.focus();
  }

  /** The field begins anew, too: what was being typed would come back into the address. */
  function reset() {
    look(EVERYTHING);
    setResets(resets + 1);
  }

  return (
    <Page
      title="Registry"
      text="Agents that can be called: what they do, what they cost, what leaves with a call."
      width="wide"
      actions={
        <Link href="/publish" className={buttonStyle({})}>
          Publish an agent
        </Link>
      }
    >
      <div className="grid items-start gap-6 sm:grid-cols-[var(--measure-menu)_minmax(0,1fr)]">
        <search className="contents">
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows of the field and the list under it */}
          <div className="flex min-w-0 flex-col gap-3 sm:order-2" onKeyDown={walk}>
            <div className="flex flex-wrap items-center gap-2">
              <div className="min-w-0 flex-1 basis-60">
                <WordsField key={resets} ref={field} text={wanted.text} look={look} />
              </div>
              <Select
                aria-label="Order"
                options={ORDERS}
                value={wanted.order}
                onChange={(order) => look({ order })}
                className="w-48 max-sm:w-full"
              />
            </div>
            <p role="status" className="flex flex-wrap items-baseline justify-between gap-x-4 text-12 text-muted">
              <span>{counts.data ? `${agentsWord(counts.data.total)} found` : "Counting"}</span>
              <span className="max-sm:hidden">
                <Kbd>/</Kbd> searches, <Kbd>↓</Kbd> goes to what was found
              </span>
            </p>
            <details className="sm:hidden">
              <summary className="min-h-control py-2 font-strong">Narrow the search</summary>
              <FacetChoices wanted={wanted} counts={counts.data} look={look} />
            </details>
            <ApiFault
              fault={fault}
              actions={<Button onClick={() => void Promise.all([pages.refetch(), counts.refetch()])}>Try again</Button>}
            />
            {pages.isPending && !fault && (
              <Loading label="Searching the registry">
                <div className="rounded-card border bg-surface">
                  <SkeletonRows rows={8} />
                </div>
              </Loading>
            )}
            {listings.length > 0 && (
              <ul
                ref={list}
                aria-label="Agents"
                aria-busy={pages.isPlaceholderData}
                className="overflow-hidden rounded-card border bg-surface"
              >
                {listings.map((listing) => (
                  <ListingRow key={listing.name} listing={listing} />
                ))}
              </ul>
            )}
            {pages.data && listings.length === 0 && <NothingFound wanted={wanted} onReset={reset} />}
            {pages.hasNextPage && (
              <div>
                <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                  More agents
                </Button>
              </div>
            )}
          </div>
          <div className="max-sm:hidden sm:order-1">
            <FacetChoices wanted={wanted} counts={counts.data} look={look} />
          </div>
        </search>
      </div>
    </Page>
  );
}

type FieldProps = { ref: React.RefObject<HTMLInputElement | null>; text: string } & Looking;
type Looking = { look(change: Partial<RegistryWanted>): void };

/** What is typed stands here at once, and in the address when the hand rests. */
function WordsField({ ref, text, look }: FieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const wait = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(wait.current), []);
  return (
    <TextInput
      ref={ref}
      type="search"
      aria-label="Search the registry"
      placeholder="What should be done?"
      icon={<Search aria-hidden />}
      maxLength={200}
      value={typed ?? text}
      onChange={({ target: { value } }) => {
        setTyped(value);
        clearTimeout(wait.current);
        wait.current = setTimeout(() => look({ text: value }), PAUSE_MS);
      }}
    />
  );
}

function NothingFound({ wanted, onReset }: { wanted: RegistryWanted; onReset(): void }) {
  const narrowed =
    wanted.favourites && wanted.text === "" ? "You have no favourites that fit." : "No agent fits all of this.";
  return (
    <EmptyState
      level={2}
      title={narrowed}
      text="Words are found by their beginning, in names, categories and descriptions. Take a word or a choice away to find more."
      actions={<Button onClick={onReset}>Show every agent</Button>}
    />
  );
}
