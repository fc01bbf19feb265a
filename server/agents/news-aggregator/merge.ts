import { breathe } from "../breathe";
import type { FeedItem } from "./feed";

export type SourceItem = FeedItem & { source: string };
/** `also` names the other sources that tell the same. */
export type Story = Omit<SourceItem, "id"> & { also: readonly string[] };

const ALIKE = 0.8;
const FEWEST_WORDS = 4; // "News in brief" is no story of its own
const MOST_WORDS = 40; // of a title: who copies one copies its beginning
const MOST_ITEMS = 5_000;
const AT_ONCE = 100;
const FOLLOWERS = /^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref)$/;

export type Merged = { stories: Story[]; older: number };

type Wanted = { since: string; most: number; signal: AbortSignal };

/** Each story once, the newest first; what has no day stands last. `older` is how many were too many to look at. */
export async function merge(items: readonly SourceItem[], { since, most, signal }: Wanted): Promise<Merged> {
  const sorted = items
    .filter(({ published }) => since === "" || published >= since)
    .sort((left, right) => compare(right.published, left.published) || compare(left.title, right.title));
  const told = new Telling(most);
  for (const [place, item] of sorted.slice(0, MOST_ITEMS).entries()) {
    if (place % AT_ONCE === 0) await breathe(signal);
    told.add(item);
  }
  return { stories: told.stories(), older: Math.max(0, sorted.length - MOST_ITEMS) };
}

type Known = { words: ReadonlySet<string>; story: Story; also: Set<string> };

/** The stories so far: found by what they are called and where they lie without a look at each of them. */
class Telling {
  readonly #all: Known[] = [];
  readonly #byId = new Map<string, Known>();
  readonly #byLink = new Map<string, Known>();

  constructor(private readonly most: number) {}

  add(item: SourceItem): void {
    const signs = signsOf(item);
    const known = this.#find(signs);
    if (known) {
      if (item.source !== known.story.source) known.also.add(item.source);
    } else if (this.#all.length < this.most) this.#begin(item, signs);
  }

  stories(): Story[] {
    return this.#all.map(({ story, also }) => ({ ...story, also: [...also] }));
  }

  #find({ id, link, words }: Signs): Known | undefined {
    return this.#byId.get(id) ?? this.#byLink.get(link) ?? this.#all.find((one) => areAlike(one.words, words));
  }

  #begin({ id: _, ...story }: SourceItem, { id, link, words }: Signs): void {
    const known = { words, story: { ...story, also: [] }, also: new Set<string>() };
    this.#all.push(known);
    if (id !== "") this.#byId.set(id, known);
    if (link !== "") this.#byLink.set(link, known);
  }
}

type Signs = { id: string; link: string; words: ReadonlySet<string> };

function signsOf({ id, link, title, source }: SourceItem): Signs {
  const words = title
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return {
    id: id === "" ? "" : URL.canParse(id) ? id : `${source} ${id}`,
    link: canonical(link),
    words: new Set(words?.slice(0, MOST_WORDS)),
  };
}

function areAlike(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  const [fewer, more] = left.size < right.size ? [left, right] : [right, left];
  if (fewer.size < FEWEST_WORDS || fewer.size < more.size * ALIKE) return false;
  let shared = 0;
  for (const word of fewer) if (more.has(word)) shared++;
  return shared / (left.size + right.size - shared) >= ALIKE;
}

/** The address without what only says who came from where. */
function canonical(link: string): string {
  if (!URL.canParse(link)) return "";
  const url = new URL(link);
  for (const name of [...url.searchParams.keys()]) if (FOLLOWERS.test(name)) url.searchParams.delete(name);
  url.searchParams.sort();
  return `${url.host.replace(/^www\./, "")}${url.pathname.replace(/\/+$/, "")}${url.search}`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
