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

/**
 * As everybody sees it. `hidden` is which check of our probes took it out of sight, or "outage": what exactly was heard, with
 * the address that it was heard at, and what a reviewer wrote is for its publisher and for reviewers.
 */
export type AgentVersion = {
  manifest: Manifest;
  state: string;
  protocol: string;
  hidden: string | null;
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
  /** All versions of an agent that were ever open to all, the newest first, and whether this person marked it. */
  versions(owner: AccountId, name: string): Promise<{ versions: AgentVersion[]; favourite: boolean }>;
  setFavourite(owner: AccountId, name: string, favourite: boolean): Promise<void>;
};

type VersionRow = Omit<AgentVersion, "manifest"> & {
  manifest: object;
  digest: string;
  payee: string;
  publisher: string;
  favourite: boolean;
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
const MOST_CATEGORIES = 20;

export function listingsRepo(db: PrismaClient): ListingsRepo {
  const everyCategory = kept(
    () => db.$queryRaw<CategoryCell[]>`
      select state, band, protocol, effect, publisher, category, count(*)::int as agents
        from agent_listing, unnest(categories) as category group by 1, 2, 3, 4, 5, 6`,
  );

  /** A search without words has nothing to find by: to count what everything is about takes longer than to wait for it. */
  async function categoriesOf(owner: AccountId, wanted: Conditions): Promise<Count[]> {
    const isWide = queryOf(wanted.text) === "" && !wanted.favourites && wanted.categories.length === 0;
    if (isWide) return largest(await everyCategory(), wanted);
    return db.$queryRaw<Count[]>`
      select category as value, count(*)::int as agents
        from agent_listing l, unnest(categories) as category where ${conditions(owner, wanted)}
       group by category order by agents desc, category limit ${MOST_CATEGORIES}`;
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
      const any = { ...wanted, state: null, band: null, protocol: null, effect: null, publisher: null };
      const [cells, categories] = await Promise.all([
        db.$queryRaw<Cell[]>`
          select state, band, protocol, effect, publisher, count(*)::int as agents
            from agent_listing l where ${conditions(owner, any)} group by 1, 2, 3, 4, 5`,
        categoriesOf(owner, wanted),
      ]);
      return countsOf(cells, wanted, categories);
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
    async versions(owner, name) {
      const rows = await db.$queryRaw<VersionRow[]>`
        select manifest, digest, payee, publisher, state, protocol, split_part(hidden, ': ', 1) as hidden, created_at as at,
               exists (select from agent_favourite f where f.owner_id = ${owner} and f.name = ${name}) as favourite
          from agent_version
         where split_part(agent, '@', 1) = ${name} and state in ('active', 'deprecated', 'suspended')
         order by agent_version_place(agent) desc limit 100`;
      const versions = rows.map(({ state, protocol, hidden, at, favourite: _, ...row }) => ({
        manifest: manifestOf(row),
        ...{ state, protocol, hidden, at },
      }));
      return { versions, favourite: rows[0]?.favourite ?? false };
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

/** Units: milliseconds. Until the first an answer is good, until the second it is good enough while a new one is made. */
const FRESH_MS = 5_000;
const STALE_MS = 60_000;

/** One answer for all who ask, made anew beside those who are given the last one. */
function kept<Answer>(ask: () => PromiseLike<Answer>): () => Promise<Answer> {
  let last: { answer: Promise<Answer>; atMs: number } | null = null;
  let making: Promise<Answer> | null = null;

  async function make(): Promise<Answer> {
    try {
      const answer = await ask();
      last = { answer: Promise.resolve(answer), atMs: performance.now() };
      return answer;
    } finally {
      making = null;
    }
  }

  return () => {
    const age = last ? performance.now() - last.atMs : Number.POSITIVE_INFINITY;
    if (last && age < FRESH_MS) return last.answer;
    making ??= make();
    if (!last || age > STALE_MS) return making;
    making.catch(() => undefined); // whoever asks when this one is too old hears of it
    return last.answer;
  };
}

type CategoryCell = Cell & { category: string };

function largest(cells: readonly CategoryCell[], wanted: Conditions): Count[] {
  const sums = new Map<string, number>();
  for (const cell of cells)
    if (fits(cell, wanted, null)) sums.set(cell.category, (sums.get(cell.category) ?? 0) + cell.agents);
  return [...sums]
    .map(([value, agents]) => ({ value, agents }))
    .sort((a, b) => b.agents - a.agents || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_CATEGORIES);
}

function fits(cell: Cell, wanted: Conditions, but: Facet | null): boolean {
  return FACETS.every((name) => name === but || wanted[name] === null || wanted[name] === cell[name]);
}

type Cell = { [Name in Facet]: string } & { agents: number };

/** Sums the few kinds of agents that there are: a facet counts under the choices made in all the others. */
function countsOf(cells: readonly Cell[], wanted: Conditions, categories: Count[]): Counts {
  const sum = (some: readonly Cell[]) => some.reduce((all, { agents }) => all + agents, 0);
  const of = (name: Facet): Count[] => {
    const open = cells.filter((cell) => fits(cell, wanted, name));
    const values = [...new Set(open.map((cell) => cell[name]))].sort();
    return values.map((value) => ({ value, agents: sum(open.filter((cell) => cell[name] === value)) }));
  };
  const facets = { state: of("state"), band: of("band"), protocol: of("protocol") };
  return {
    total: sum(cells.filter((cell) => fits(cell, wanted, null))),
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
