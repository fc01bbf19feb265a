import type { FeedItem } from "./feed";

export type SourceItem = FeedItem & { source: string };
/** `also` names the other sources that tell the same. */
export type Story = Omit<SourceItem, "id"> & { also: readonly string[] };

const ALIKE = 0.8;
const FEWEST_WORDS = 4; // "News in brief" is no story of its own
const FOLLOWERS = /^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref)$/;

/** Each story once, the newest first; what has no day stands last. */
export function merge(items: readonly SourceItem[], { since, most }: { since: string; most: number }): Story[] {
  const sorted = items
    .filter(({ published }) => since === "" || published >= since)
    .sort((left, right) => compare(right.published, left.published) || compare(left.title, right.title));
  const stories: (Signs & { story: Story; also: Set<string> })[] = [];
  for (const item of sorted) {
    const signs = signsOf(item);
    const known = stories.find((one) => isSame(one, signs));
    if (known) {
      if (item.source !== known.story.source) known.also.add(item.source);
    } else if (stories.length < most) {
      const { id: _, ...story } = item;
      stories.push({ ...signs, story: { ...story, also: [] }, also: new Set() });
    }
  }
  return stories.map(({ story, also }) => ({ ...story, also: [...also] }));
}

type Signs = { id: string; link: string; words: ReadonlySet<string> };

function signsOf({ id, link, title, source }: SourceItem): Signs {
  const words = new Set(
    title
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  );
  return { id: id === "" ? "" : URL.canParse(id) ? id : `${source} ${id}`, link: canonical(link), words };
}

function isSame(left: Signs, right: Signs): boolean {
  if (left.id !== "" && left.id === right.id) return true;
  if (left.link !== "" && left.link === right.link) return true;
  if (Math.min(left.words.size, right.words.size) < FEWEST_WORDS) return false;
  const shared = [...left.words].filter((word) => right.words.has(word)).length;
  return shared / (left.words.size + right.words.size - shared) >= ALIKE;
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
