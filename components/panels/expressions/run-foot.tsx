"use client";

import Link from "next/link";
import { Moment } from "@/components/panels/runs/moment";
import type { WholeExpression } from "@/components/store/compiler-line";
import { inShort } from "./run-values";
import type { RunValues } from "./use-run-values";

type RunFootProps = {
  inRun: RunValues;
  whole: WholeExpression;
  /** One of several that see the same: what they saw is folded away. */
  among: boolean;
};

const MOST_SHOWN = 6;

/** What the expression gives on the values that a run had there, and which run that was. Nothing where there was none. */
export function RunFoot({ inRun, whole: { now, variables }, among }: RunFootProps) {
  const { values } = inRun;
  const named = variables.flatMap(({ name }) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? [] : [{ name, value }];
  });
  if (named.length === 0) return null;
  return (
    <figure aria-label={runWords(inRun)} className="min-w-0 text-12 text-muted">
      <details open={!among}>
        <summary className="cursor-pointer">
          {runWords(inRun)}
          {now && ": "}
          {now && <Now now={now} />}
        </summary>
        <dl className="flex min-w-0 flex-col pt-1 pl-4">
          {named.slice(0, MOST_SHOWN).map(({ name, value }) => (
            <div key={name} className="flex min-w-0 gap-2 font-mono">
              <dt className="shrink-0">{name}</dt>
              <dd className="min-w-0 truncate text-ink" title={inShort(value)}>
                {inShort(value)}
              </dd>
            </div>
          ))}
        </dl>
        <p className="pl-4 text-faint">
          <Which {...inRun} />
        </p>
      </details>
    </figure>
  );
}

function Now({ now }: { now: NonNullable<WholeExpression["now"]> }) {
  if (!now.ok) return <span className="text-bad">{now.problem}</span>;
  return <span className="whitespace-pre-wrap break-words font-mono text-ink">{now.text}</span>;
}

function runWords({ run, watched }: RunValues): string {
  if (run === null) return "With the dry run";
  return watched ? "With the run shown" : "With the last run";
}

function Which({ run, begunAt, path }: RunValues) {
  const round = path.length > 0 && `Round ${path.map((each) => each + 1).join(".")}, `;
  if (run === null) return <>{round}simulated: agents gave samples.</>;
  return (
    <>
      {round}
      <Link href={`/runs/${run}`} className="underline">
        the run of {begunAt ? <Moment at={begunAt} /> : "this flow"}
      </Link>
    </>
  );
}
