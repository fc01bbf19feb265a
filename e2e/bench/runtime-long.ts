import { randomUUID } from "node:crypto";
import type { Plan } from "@/flows/plan/plan";
import type { AgentsPort } from "@/flows/ports/agents";
import { looping, mapping } from "./runtime-plans";
import { OVER, type Web } from "./runtime-studio";

/** `windows` of so many steps each, with the middle one at step `at` of the long run. */
export type LongAsk = { do: "long"; at: number; windows: number; steps: number };
type Ratios = { loop: number; map: number };
type Answered = Awaited<ReturnType<AgentsPort["call"]>>;

const WARM_UP = 60; // steps of a fresh run that are not measured: it is read in, and its rows find room

/** A run whose agent holds its answer back at chosen steps. */
type Gated = { calls: number; stopAt: number; reached: () => void; go: Promise<Answered | null> };

/**
 * What a step costs in a run that is long, over the same step in one that is new. Both stand still before each window,
 * and are let go in turn, so that whatever else the machine does meets both.
 */
export function longRuns(web: Web) {
  const gated = new Map<string, Gated>();

  async function called(operation: string): Promise<Answered | null> {
    const run = gated.get(operation.split("/")[0] ?? "");
    if (!run) return null;
    run.calls += 1;
    if (run.calls < run.stopAt) return null;
    run.reached();
    return run.go;
  }

  async function begin(plan: Plan, items: number) {
    const id = randomUUID();
    let letGo: (said: Answered | null) => void = () => undefined;
    const over = web.until(id, OVER);
    const run: Gated = { calls: 0, stopAt: 1, reached: () => undefined, go: Promise.resolve(null) };
    gated.set(id, run);

    const standsAt = (step: number) =>
      new Promise<void>((reached) => {
        Object.assign(run, {
          stopAt: step,
          reached,
          go: new Promise((go) => {
            letGo = go;
          }),
        });
      });
    const first = standsAt(1);
    await web.start(plan, { id, given: { items: Array.from({ length: items }, (_, item) => item) } });
    await first;

    return {
      /** Goes on until that call, and says what a step took. Units: milliseconds. */
      async to(step: number): Promise<number> {
        const [go, steps] = [letGo, step - run.calls];
        const there = standsAt(step);
        const from = performance.now();
        go(null);
        await there;
        return (performance.now() - from) / steps;
      },
      async end(): Promise<void> {
        gated.delete(id);
        letGo({ ok: false, error: { code: "agent_refused", reason: "It was long enough." } });
        await over;
      },
    };
  }

  type Long = { plan: Plan; most: number; run: Awaited<ReturnType<typeof begin>>; start: number };

  async function comeTo(start: number, plan: Plan, most: number): Promise<Long> {
    const run = await begin(plan, most);
    await run.to(start);
    return { plan, most, run, start };
  }

  async function ratio({ plan, most, run: long, start }: Long, { windows, steps }: LongAsk): Promise<number> {
    const ratios: number[] = [];
    for (let window = 1; window <= windows; window++) {
      const fresh = await begin(plan, most);
      await fresh.to(WARM_UP);
      const early = () => fresh.to(WARM_UP + steps);
      const late = () => long.to(start + window * steps);
      // Each goes first as often as the other: what the database does beside them comes in waves.
      const [first, second] = window % 2 === 0 ? [await early(), await late()] : [await late(), await early()];
      ratios.push(window % 2 === 0 ? second / first : first / second);
      await fresh.end();
    }
    await long.end();
    return median(ratios);
  }

  return {
    called,
    async measure(ask: LongAsk): Promise<Ratios> {
      const most = ask.at + ask.windows * ask.steps;
      const start = ask.at - Math.floor(ask.windows / 2) * ask.steps;
      const plans = [looping(most), mapping(most)] as const;
      const [loop, map] = await Promise.all([comeTo(start, plans[0], most), comeTo(start, plans[1], most)]);
      return { loop: await ratio(loop, ask), map: await ratio(map, ask) };
    },
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
