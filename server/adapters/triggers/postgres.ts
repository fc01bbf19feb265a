import type { Pool } from "pg";
import { hookOf, listeningTo, ownHook, rotateSecret, triggersOf, turnOff, turnOn } from "./kept";
import { admitStart, queueStarts, settleStart, startsOf } from "./starts";

type Tail<F> = F extends (pool: Pool, ...rest: infer Rest) => infer Answer ? (...rest: Rest) => Answer : never;

/** Triggers and their starts in Postgres. */
export function postgresTriggers(pool: Pool) {
  const on = <F extends (pool: Pool, ...rest: never[]) => unknown>(ask: F) =>
    ((...rest: never[]) => ask(pool, ...rest)) as Tail<F>;
  return {
    turnOn: on(turnOn),
    turnOff: on(turnOff),
    list: on(triggersOf),
    hook: on(hookOf),
    ownHook: on(ownHook),
    rotateSecret: on(rotateSecret),
    listeningTo: on(listeningTo),
    queue: on(queueStarts),
    admit: on(admitStart),
    settle: on(settleStart),
    starts: on(startsOf),
  };
}
