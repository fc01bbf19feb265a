import type { AccountId, AgentId } from "@/flows/basics/ids";
import { Manifest } from "@/flows/plan/manifest";
import { Price } from "@/flows/types/price";
import { Prisma, type PrismaClient } from "@/generated/prisma/client";

/** An agent as the registry lists it: the newest version that can be called. `name` is publisher/name. */
export type Listing = {
  name: string;
  agent: AgentId;
  title: string;
  description: string;
  publisher: "house" | "outside";
  categories: readonly string[];
  price: Price;
  favourite: boolean;
};

export type ListingOrder = "fit" | "title" | "price" | "newest";

/** What somebody looks for. An empty text finds everything; of several categories an agent has all. */
export type Wanted = {
  text: string;
  categories: readonly string[];
  publisher: "house" | "outside" | null;
  favourites: boolean;
  order: ListingOrder;
  offset: number;
  limit: number;
};

export type AgentVersion = {
  manifest: Manifest;
  state: string;
  at: Date;
};

export type ListingsRepo = {
  search(owner: AccountId, wanted: Wanted): Promise<Listing[]>;
  /** How many agents of each category there are among those that fit otherwise: the twenty largest. */
  categories(
    owner: AccountId,
    wanted: Omit<Wanted, "order" | "offset" | "limit">,
  ): Promise<{ category: string; agents: number }[]>;
  /** All versions of an agent, the newest first. */
  versions(name: string): Promise<AgentVersion[]>;
  isFavourite(owner: AccountId, name: string): Promise<boolean>;
  setFavourite(owner: AccountId, name: string, favourite: boolean): Promise<void>;
};

type Row = Omit<Listing, "price" | "publisher"> & { publisher: string; terms: unknown };

/** Of what a text finds, so many are held against one another; a word that finds more is too general to rank by. */
const MOST_RANKED = 2_000;
const MOST_WORDS = 8;

export function listingsRepo(db: PrismaClient): ListingsRepo {
  return {
    async search(owner, wanted) {
      const { limit, offset } = wanted;
      const rows = await db.$queryRaw<Row[]>`
        select name, agent, title, description, publisher, categories, terms,
               exists (select from agent_favourite f where f.owner_id = ${owner} and f.name = l.name) as favourite
          from (${candidates(owner, wanted)}) l
         order by ${orderOf(wanted)}
         offset ${offset} limit ${limit}`;
      return rows.map(({ terms, publisher, ...row }) => ({
        ...row,
        publisher: publisher === "house" ? "house" : "outside",
        price: Price.parse(terms),
      }));
    },
    categories: (owner, wanted) => db.$queryRaw`
      select category, count(*)::int as agents
        from agent_listing l, unnest(categories) as category
       where ${conditions(owner, wanted)}
       group by category order by agents desc, category limit 20`,
    async versions(name) {
      const rows = await db.$queryRaw<
        { manifest: object; digest: string; payee: string; publisher: string; state: string; at: Date }[]
      >`
        select manifest, digest, payee, publisher, state, created_at as at
          from agent_version where split_part(agent, '@', 1) = ${name}
         order by agent_version_place(agent) desc limit 100`;
      return rows.map(({ manifest, digest, payee, publisher, state, at }) => ({
        manifest: Manifest.parse({ ...manifest, digest, payee, publisher }),
        ...{ state, at },
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

type Conditions = Pick<Wanted, "text" | "categories" | "publisher" | "favourites">;

function conditions(owner: AccountId, { text, categories, publisher, favourites }: Conditions): Prisma.Sql {
  const query = queryOf(text);
  const parts = [
    ...(query ? [Prisma.sql`search @@ to_tsquery('simple', ${query})`] : []),
    ...(categories.length > 0 ? [Prisma.sql`categories @> ${[...categories]}::text[]`] : []),
    ...(publisher ? [Prisma.sql`publisher = ${publisher}`] : []),
    ...(favourites ? [Prisma.sql`name in (select f.name from agent_favourite f where f.owner_id = ${owner})`] : []),
  ];
  return parts.length > 0 ? Prisma.join(parts, " and ") : Prisma.sql`true`;
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
