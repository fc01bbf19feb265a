import { type DueClock, type DueClockOptions, type DueWork, startDueClock } from "./due-clock";

/** What the worker does about notices: `telling` makes them and puts them on their way, each way out brings them on its own. */
export type Notices = { telling: DueWork; ways: readonly DueWork[] };

/** One clock for each way out, so that a mail server that is slow keeps no other way waiting. */
export function startNoticeClocks({ telling, ways }: Notices, log: DueClockOptions["log"]): DueClock {
  const bringing = ways.map((work) => startDueClock({ work, delayed: "notices_delayed", log }));
  const bringAll = () => {
    for (const clock of bringing) clock.look();
  };
  const work: DueWork = {
    async carryOut(stopped) {
      const untilMs = await telling.carryOut(stopped);
      bringAll();
      return untilMs;
    },
  };
  const making = startDueClock({ work, delayed: "notices_delayed", log });
  return {
    look: making.look,
    async stop() {
      await making.stop();
      await Promise.all(bringing.map((clock) => clock.stop()));
    },
  };
}
