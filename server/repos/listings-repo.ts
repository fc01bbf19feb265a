import type { AccountId, AgentId } from "@/flows/basics/ids";
import type { Manifest } from "@/flows/plan/manifest";
import { EffectClass } from "@/flows/types/agent-manifest";
import { Price } from "@/flows/types/price";
import { Prisma, type PrismaClient } from "@/generated/prisma/client";
import { manifestOf } from "./registry-repo";

/** An agent as the registry lists it: the newest version that can be called. `name` is publisher/name. */
export type Listing = {
  name: string;
  agent: AgentId;
  title: string;
  description: string;
  publisher: "house" | "outside";
  categories: readonly string[];
  price: Price;
  protocol: string;
  effect: EffectClass;
  state: "active" | "deprecated";
  favourite: boolean;
};

export type ListingOrder = "fit" | "title" | "price" | "newest";

/** What a search is narrowed by, one value of each; null is any. The names are columns. */
export const FACETS = ["state", "band", "protocol", "effect", "publisher"] as const;
export type Facet = (typeof FACETS)[number];

/** What somebody looks for. An empty text finds everything; of several categories an agent has all. */
export type Wanted = { [Name in Facet]: string | null } & {
  text: string;
  categories: readonly string[];
  favourites: boolean;
  order: ListingOrder;
  offset: number;
  limit: number;
};

/** `hidden` is why our probes took it out of sight. */
export type AgentVersion = {
  manifest: Manifest;
  state: string;
  protocol: string;
  hidden: string | null;
  reason: string | null;
  at: Date;
};

export type ListingsRepo = {
  search(owner: AccountId, wanted: Wanted): Promise<Listing[]>;
  /** How many fit, and how many would with another choice in one of the facets. Of categories the twenty largest. */
  counts(owner: AccountId, wanted: Conditions): Promise<Counts>;
  /** The studio's own agents, which every palette shows. */
  house(): Promise<Manifest[]>;
  /** Agents that can be called, by id, and the newer versions that there are of them. */
  manifests(agents: readonly AgentId[]): Promise<Manifest[]>;
  /** All versions of an agent that were ever open to all, the newest first. */
  versions(name: string): Promise<AgentVersion[]>;
  isFavourite(owner: AccountId, name: string): Promise<boolean>;
  setFavourite(owner: AccountId, name: string, favourite: boolean): Promise<void>;
};

type Conditions = Omit<Wanted, "order" | "offset" | "limit">;
export type Count = { value: string; agents: number };
export type Counts = { total: number; categories: Count[]; facets: { [Name in Facet]: Count[] } };

type Row = Omit<Listing, "price" | "publisher" | "effect" | "state"> & { terms: unknown } & {
  [Name in "publisher" | "effect" | "state"]: string;
};

/** Of what a text finds, so many are held against one another; a word that finds more is too general to rank by. */
const MOST_RANKED = 2_000;
const MOST_WORDS = 8;
const MOST_HOUSE = 500;

/** Units: milliseconds, searches. */
const WIDE_MS = 5_000;
const MOST_WIDE = 200;

export function listingsRepo(db: PrismaClient): ListingsRepo {
  const kept = keptFor<Counts>(WIDE_MS, MOST_WIDE);

  async function count(owner: AccountId, wanted: Conditions): Promise<Counts> {
    const any = { ...wanted, state: null, band: null, protocol: null, effect: null, publisher: null };
    const [cells, categories] = await Promise.all([
      db.$queryRaw<Cell[]>`
          select state, band, protocol, effect, publisher, count(*)::int as agents
            from agent_listing l where ${conditions(owner, any)} group by 1, 2, 3, 4, 5`,
      db.$queryRaw<Count[]>`
          select category as value, count(*)::int as agents
            from agent_listing l, unnest(categories) as category where ${conditions(owner, wanted)}
           group by category order by agents desc, category limit 20`,
    ]);
    return countsOf(cells, wanted, categories);
  }

  return {
    async search(owner, wanted) {
      const { limit, offset } = wanted;
      const rows = await db.$queryRaw<Row[]>`
        select name, agent, title, description, publisher, categories, terms, protocol, effect, state,
               exists (select from agent_favourite f where f.owner_id = ${owner} and f.name = l.name) as favourite
          from (${candidates(owner, wanted)}) l
         order by ${orderOf(wanted)}
         offset ${offset} limit ${limit}`;
      return rows.map(({ terms, publisher, effect, state, ...row }) => ({
        ...row,
        publisher: publisher === "house" ? "house" : "outside",
        effect: EffectClass.parse(effect),
        state: state === "active" ? "active" : "deprecated",
        price: Price.parse(terms),
      }));
    },
    async counts(owner, wanted) {
      // The widest search has nothing to find by: of it the counts are the dearest, and everybody begins with it.
      const isWide = wanted.text === "" && !wanted.favourites;
      return isWide ? kept.get(JSON.stringify(wanted), () => count(owner, wanted)) : count(owner, wanted);
    },
    async house() {
      const where = { publisher: "house", state: "active", hidden: null };
      const rows = await db.agentVersion.findMany({ where, orderBy: { agent: "asc" }, take: MOST_HOUSE });
      return rows.map(manifestOf);
    },
    async manifests(agents) {
      if (agents.length === 0) return [];
      const names = [...new Set(agents.map((agent) => agent.replace(/@.*$/, "")))];
      const rows = await db.$queryRaw<{ manifest: object; digest: string; payee: string; publisher: string }[]>`
        select manifest, digest, payee, publisher from agent_version
         where split_part(agent, '@', 1) = any(${names}) and hidden is null
           and (state = 'active' or (state = 'deprecated' and agent = any(${[...agents]})))
         order by agent limit 2000`;
      return rows.map(manifestOf);
    },
    async versions(name) {
      const rows = await db.$queryRaw<
        (Omit<AgentVersion, "manifest"> & { manifest: object; digest: string; payee: string; publisher: string })[]
      >`
        select manifest, digest, payee, publisher, state, protocol, hidden, reason, created_at as at
          from agent_version
         where split_part(agent, '@', 1) = ${name} and state in ('active', 'deprecated', 'suspended')
         order by agent_version_place(agent) desc limit 100`;
      return rows.map(({ state, protocol, hidden, reason, at, ...row }) => ({
        manifest: manifestOf(row),
        ...{ state, protocol, hidden, reason, at },
      }));
    },
    async isFavourite(ownerId, name) {
      return (await db.agentFavourite.count({ where: { ownerId, name } })) > 0;
    },
    async setFavourite(ownerId, name, favourite) {
      if (favourite) await db.agentFavourite.createMany({ data: [{ ownerId, name }], skipDuplicates: true });
      else await db.agentFavourite.deleteMany({ where: { ownerId, name } });
    },
  };
}

function conditions(owner: AccountId, wanted: Conditions): Prisma.Sql {
  const { text, categories, favourites } = wanted;
  const query = queryOf(text);
  const parts = [
    ...(query ? [Prisma.sql`search @@ to_tsquery('simple', ${query})`] : []),
    ...(categories.length > 0 ? [Prisma.sql`categories @> ${[...categories]}::text[]`] : []),
    ...FACETS.flatMap((name) => (wanted[name] === null ? [] : [Prisma.sql`${Prisma.raw(name)} = ${wanted[name]}`])),
    ...(favourites ? [Prisma.sql`name in (select f.name from agent_favourite f where f.owner_id = ${owner})`] : []),
  ];
  return parts.length > 0 ? Prisma.join(parts, " and ") : Prisma.sql`true`;
}

/** Answers that are good for a while; whoever asks meanwhile waits for the same one. */
function keptFor<Answer>(ms: number, most: number) {
  const answers = new Map<string, { answer: Promise<Answer>; untilMs: number }>();
  return {
    get(key: string, ask: () => Promise<Answer>): Promise<Answer> {
      const known = answers.get(key);
      if (known && known.untilMs > performance.now()) return known.answer;
      const answer = ask();
      answers.delete(key);
      answers.set(key, { answer, untilMs: performance.now() + ms });
      answer.catch(() => answers.delete(key));
      const [oldest] = answers.keys();
      if (answers.size > most && oldest !== undefined) answers.delete(oldest);
      return answer;
    },
  };
}

type Cell = { [Name in Facet]: string } & { agents: number };

/** Sums the few kinds of agents that there are: a facet counts under the choices made in all the others. */
function countsOf(cells: readonly Cell[], wanted: Conditions, categories: Count[]): Counts {
  const fits = (cell: Cell, but: Facet | null) =>
    FACETS.every((name) => name === but || wanted[name] === null || wanted[name] === cell[name]);
  const sum = (some: readonly Cell[]) => some.reduce((all, { agents }) => all + agents, 0);
  const of = (name: Facet): Count[] => {
    const open = cells.filter((cell) => fits(cell, name));
    const values = [...new Set(open.map((cell) => cell[name]))].sort();
    return values.map((value) => ({ value, agents: sum(open.filter((cell) => cell[name] === value)) }));
  };
  const facets = { state: of("state"), band: of("band"), protocol: of("protocol") };
  return {
    total: sum(cells.filter((cell) => fits(cell, null))),
    categories,
    facets: { ...facets, effect: of("effect"), publisher: of("publisher") },
  };
}

function candidates(owner: AccountId, wanted: Wanted): Prisma.Sql {
  const all = Prisma.sql`select * from agent_listing l where ${conditions(owner, wanted)}`;
  return isRanked(wanted) ? Prisma.sql`${all} limit ${MOST_RANKED}` : all;
}

const isRanked = ({ order, text }: Wanted) => order === "fit" && queryOf(text) !== "";

function orderOf(wanted: Wanted): Prisma.Sql {
  if (isRanked(wanted))
    return Prisma.sql`ts_rank(search, to_tsquery('simple', ${queryOf(wanted.text)})) desc, title, name`;
  if (wanted.order === "price") return Prisma.sql`price, name`;
  if (wanted.order === "newest") return Prisma.sql`listed_at desc, name`;
  return Prisma.sql`title, name`;
}

/** Every word, each as the beginning of one: what is typed finds something before it is whole. */
function queryOf(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, MOST_WORDS)
    .map((word) => `${word}:*`)
    .join(" & ");
}
