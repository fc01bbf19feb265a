"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext } from "react";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { ValueView } from "@/components/panels/runs/value-view";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import type { Json } from "@/flows/basics/json";
import { referredIn, type ValueRef } from "@/flows/ports/values";

/** The values of a run that happened in this page; null where the studio keeps them. */
export const ValuesContext = createContext<Readonly<Record<string, Json>> | null>(null);

/** Values never change under their digest: read once, kept as long as the page. */
function useValue(run: string, digest: string) {
  const trpc = useTRPC();
  const here = useContext(ValuesContext);
  const { data, isPending, error } = useQuery(
    trpc.runs.value.queryOptions({ run, digest }, { staleTime: Number.POSITIVE_INFINITY, enabled: here === null }),
  );
  if (here) return { data: here[digest], isPending: false, error: null };
  return { data, isPending, error };
}

type OfRun = { run: string };

/** What a step was given, name by name. */
export function Takes({ run, takes }: OfRun & { takes: Readonly<Record<string, ValueRef>> }) {
  const names = Object.entries(takes);
  if (names.length === 0) return <p className="text-muted">None.</p>;
  return names.map(([name, value]) => (
    <Named key={name} name={name}>
      <Referred run={run} value={value} label={name} />
    </Named>
  ));
}

/** One value by reference. */
export function Referred({ run, value, label }: OfRun & { value: ValueRef; label: string }) {
  if (value.from === "constant") return <ValueView value={value.value} label={label} />;
  return (
    <Stored run={run} digest={value.digest}>
      {(whole) => <ValueView value={referredIn(whole, value) ?? null} label={label} />}
    </Stored>
  );
}

/** What a step gave, property by property. */
export function StoredObject({ run, digest }: OfRun & { digest: string }) {
  return (
    <Stored run={run} digest={digest}>
      {(whole) =>
        isObject(whole) ? (
          Object.entries(whole).map(([name, part]) => (
            <Named key={name} name={name}>
              <ValueView value={part} label={name} />
            </Named>
          ))
        ) : (
          <ValueView value={whole} label="Output" />
        )
      }
    </Stored>
  );
}

type StoredProps = OfRun & { digest: string; children(value: Json): ReactNode };

export function Stored({ run, digest, children }: StoredProps) {
  const value = useValue(run, digest);
  if (value.isPending)
    return (
      <Loading label="Loading the value">
        <Skeleton className="h-12" />
      </Loading>
    );
  if (value.error) return <ApiFault fault={value.error} />;
  return children(value.data ?? null);
}

export function Named({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="font-mono text-12 text-muted">{name}</span>
      {children}
    </div>
  );
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
