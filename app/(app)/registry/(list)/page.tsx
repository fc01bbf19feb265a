import type { Metadata } from "next";
import { LISTING_PAGES } from "@/components/api/pages";
import { RegistryPage } from "@/components/panels/registry/registry-page";
import { paramsOf, wantedOf } from "@/components/panels/registry/wanted-in-url";
import { Hydrated, serverQueries } from "../../../server-queries";

export const metadata: Metadata = { title: "Registry" };

type Params = Record<string, string | string[] | undefined>;

export default async function FindAgentsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const wanted = wantedOf(given(await searchParams));
  const { order: _, ...conditions } = wanted;
  const { queries, trpc } = serverQueries();
  const page = { ...wanted, offset: 0, limit: LISTING_PAGES.size };
  const [first] = await Promise.all([
    queries.fetchQuery(trpc.registry.search.queryOptions(page)),
    queries.fetchQuery(trpc.registry.counts.queryOptions(conditions)),
  ]);
  queries.removeQueries(trpc.registry.search.queryFilter(page)); // kept page by page, under a key of its own
  queries.setQueryData([...LISTING_PAGES.key, paramsOf(wanted)], { pages: [first], pageParams: [0] });
  return (
    <Hydrated queries={queries}>
      <RegistryPage />
    </Hydrated>
  );
}

function given(params: Params): URLSearchParams {
  const pairs = Object.entries(params).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one]));
  return new URLSearchParams(pairs);
}
