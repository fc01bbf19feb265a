"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { NoticeWanted } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { KIND_WORDS, PLACE_WORDS, WAYS } from "@/components/panels/notices/notice-words";
import { Panel } from "@/components/ui/panel";

type Kind = NoticeWanted["kind"];
type Place = NoticeWanted["place"];

/** What a person is told, where: a row for each kind, a column for each way that leads to them. */
export function WantedPanel() {
  const trpc = useTRPC();
  const { data: wanted } = useSuspenseQuery(trpc.notices.wanted.queryOptions());
  const { data: addresses } = useSuspenseQuery(trpc.notices.addresses.queryOptions());
  const want = useWant();
  const led = WAYS.filter((way) => addresses.some(({ channel, goneAt }) => channel === way && goneAt === null));
  const places: Place[] = ["in_app", ...led];
  const kinds = [...new Set(wanted.map(({ kind }) => kind))];
  return (
    <Panel title="What you are told" padding="flush">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div tabIndex={0} className="min-w-0 overflow-auto -outline-offset-2">
        <table className="w-full border-collapse text-body">
          <caption className="sr-only">What you are told, and where</caption>
          <thead className="text-12 text-faint">
            <tr className="border-b">
              <th scope="col" className="px-4 py-2 text-left">
                When
              </th>
              {places.map((place) => (
                <th key={place} scope="col" className="px-2 py-2 text-center last:pr-4">
                  {PLACE_WORDS[place]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => (
              <tr key={kind} className="border-b last:border-b-0 hover:bg-hover">
                <th scope="row" className="px-4 py-1 text-left font-plain">
                  {KIND_WORDS[kind]}
                </th>
                {places.map((place) => (
                  <td key={place} className="px-2 py-1 text-center last:pr-4">
                    <Choice
                      cell={wanted.find((each) => each.kind === kind && each.place === place)}
                      onChange={want.mutate}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {led.length === 0 && (
        <p className="border-t px-4 py-3 text-12 text-muted">Add an address above to be told elsewhere, too.</p>
      )}
      <ApiFault fault={want.error} />
    </Panel>
  );
}

type ChoiceProps = {
  cell: NoticeWanted | undefined;
  onChange(choice: { kind: Kind; place: Place; wanted: boolean }): void;
};

function Choice({ cell, onChange }: ChoiceProps) {
  if (!cell) return null;
  const { kind, place, wanted, fixed } = cell;
  return (
    <label className="inline-flex min-h-control min-w-control items-center justify-center">
      <input
        type="checkbox"
        checked={wanted}
        disabled={fixed}
        aria-label={`${KIND_WORDS[kind]}: ${PLACE_WORDS[place]}`}
        title={fixed ? whyFixed(kind) : undefined}
        onChange={({ target }) => onChange({ kind, place, wanted: target.checked })}
        className="size-4 accent-accent"
      />
    </label>
  );
}

const whyFixed = (kind: Kind) =>
  kind === "means_changed"
    ? "Whoever found your browser open could choose it away, so it always comes everywhere"
    : "A run waits for it, so it is always in the studio";

function useWant() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const key = trpc.notices.wanted.queryKey();
  return useMutation(
    trpc.notices.want.mutationOptions({
      onMutate: ({ kind, place, wanted }) =>
        queries.setQueryData(key, (all) =>
          all?.map((each) => (each.kind === kind && each.place === place ? { ...each, wanted } : each)),
        ),
      onSettled: () => queries.invalidateQueries(trpc.notices.wanted.pathFilter()),
    }),
  );
}
