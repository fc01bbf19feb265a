import { z } from "zod";
import { type Agent, type AgentFailure, done, type Outcome, refused } from "@/sdk/agent";
import type { Apart, Care } from "../apart/apart";
import { type Fetching, fetchGuarded } from "../fetching/fetch-guarded";
import type { Budget } from "../fetching/read-body";
import type { Feed } from "./feed";
import { newsAggregatorManifest } from "./manifest";
import { merge, type SourceItem, type Story } from "./merge";
import type { FeedInput } from "./read-feed";

const Input = z.object({
  addresses: z.array(z.string()).default([]),
  feeds: z.array(z.object({ name: z.string(), text: z.string() })).default([]),
  since: z.string().default(""),
  most: z.number().int().min(1).max(200).default(50),
});
type Input = z.infer<typeof Input>;

const MOST_FEEDS = 40;
const AT_ONCE = 4; // each may hold 10 MB, in a process that other agents share
const MOST_BYTES = 40 * 1024 * 1024;
const FETCHING_MS = 100_000; // of the deadline's 120 s, for all of them
const LATE_MS = 30_000;
const ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5";

export type NewsAggregatorOptions = { apart: Apart; fetching: Fetching };

export function newsAggregator(options: NewsAggregatorOptions): Agent {
  return {
    manifest: newsAggregatorManifest,
    execute: (input, { signal, tell }) => aggregate(Input.parse(input), options, { signal, tell }),
  };
}

type Fault = { source: string; code: string; message: string };
type Told = { source: string; result: Outcome<Feed> };

async function aggregate(input: Input, options: NewsAggregatorOptions, care: Care): Promise<Outcome> {
  const since = sinceOf(input.since);
  if (since === null) return refused("since_unreadable", 'Say since when as a day or a moment: "2024-05-01".');
  if (input.addresses.length + input.feeds.length > MOST_FEEDS) {
    return refused("feeds_too_many", `Give at most ${MOST_FEEDS} feeds at once.`);
  }
  const told = await readAll(input, options, care);
  if (told.length === 0) return refused("feeds_missing", "Give addresses of feeds, or the text of feeds.");
  const faults = told.flatMap(({ source, result }) => (result.ok ? [] : [{ source, error: result.error }]));
  if (faults.length === told.length) return { ok: false, error: allFailed(faults) };
  const items = told.flatMap(({ source, result }): SourceItem[] =>
    result.ok ? result.value.items.map((item) => ({ ...item, source: result.value.title || source })) : [],
  );
  const { stories, older } = await merge(items, { since, most: input.most, signal: care.signal });
  const sources = told.flatMap(({ source, result }) =>
    result.ok ? [{ source, title: result.value.title, items: result.value.items.length }] : [],
  );
  const named: Fault[] = faults.map(({ source, error: { code, message } }) => ({ source, code, message }));
  const output = {
    items: stories,
    text: digestOf(stories),
    documents: stories.map(documentOf),
    sources,
    faults: named,
  };
  return done({ output, detail: { sources: sources.length, faults: named.length, read: items.length, older } });
}

async function readAll(input: Input, { apart, fetching }: NewsAggregatorOptions, care: Care): Promise<Told[]> {
  const addresses = [...new Set(input.addresses)];
  let ready = 0;
  const all = addresses.length + input.feeds.length;
  const counted = async (source: string, reading: Promise<Outcome<Feed>>) => {
    const result = await reading;
    ready++;
    care.tell({ progress: { done: ready / all, message: `${ready} of ${all} feeds` } });
    return { source, result };
  };
  const read = (feed: FeedInput) => apart("readFeed", feed, care);
  const lateMs = Math.min(LATE_MS, Math.floor((FETCHING_MS * AT_ONCE) / addresses.length));
  const reading: Reading = { signal: care.signal, read, budget: { left: MOST_BYTES }, lateMs };
  const fetched = gated(addresses, (address) => counted(address, fetchFeed(address, fetching, reading)));
  const given = input.feeds.map(({ name, text }) => counted(name, read({ feed: text, contentType: "", address: "" })));
  return (await Promise.all([fetched, Promise.all(given)])).flat();
}

/** A few at once, in the order of `sources`: all the others hold nothing in memory meanwhile. */
async function gated(sources: readonly string[], one: (source: string) => Promise<Told>): Promise<Told[]> {
  const told: Told[] = [];
  const waiting = sources.entries(); // shared: each takes the next
  const takeAll = async () => {
    for (const [place, source] of waiting) told[place] = await one(source);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeAll));
  return told;
}

type Reading = {
  signal: AbortSignal;
  read(input: FeedInput): Promise<Outcome<Feed>>;
  budget: Budget;
  lateMs: number;
};

/** Done when it is read, so that what was fetched is held no longer than that. */
async function fetchFeed(address: string, fetching: Fetching, { read, ...limits }: Reading): Promise<Outcome<Feed>> {
  const fetched = await fetchGuarded({ address, accept: ACCEPT, ...limits }, fetching);
  if (!fetched.ok) return fetched;
  const { bytes, contentType, address: found } = fetched.value;
  return read({ feed: bytes, contentType, address: found });
}

/** A source that fails is named beside the news of the others; when all fail there is no news. */
function allFailed(faults: readonly { source: string; error: AgentFailure }[]): AgentFailure {
  const words = faults.map(({ source, error }) => `${source.slice(0, 200)}: ${error.message}`).join(" ");
  const isPassing = faults.some(({ error }) => error.class === "transient");
  return {
    code: "feeds_failed",
    message: `No feed could be read. ${words}`.slice(0, 2_000),
    class: isPassing ? "transient" : "business",
  };
}

function sinceOf(written: string): string | null {
  if (written.trim() === "") return "";
  const at = Date.parse(written);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

function documentOf({ title, summary, source }: Story) {
  return {
    title: `${title} (${source})`.slice(0, 500),
    text: [title, summary].filter((part) => part !== "").join("\n\n"),
  };
}

/** As Markdown. What feeds say cannot add links or headings to it. */
function digestOf(stories: readonly Story[]): string {
  const plain = (text: string) => text.replaceAll(/[\\`*_{}[\]<>|#!]/g, "\\$&");
  return stories
    .map(({ title, source, published, summary, link }) => {
      const day = published === "" ? "" : `, ${published.slice(0, 10)}`;
      return [`**${plain(title || "Untitled")}** (${plain(source)}${day})`, plain(summary), link]
        .filter(Boolean)
        .join("\n");
    })
    .join("\n\n");
}
