import { z } from "zod";
import { plain } from "../untrusted";
import type { Facts, Happening, RunOf } from "./facts";
import type { Told } from "./told";

const TITLE = 140;
const NAME = 60;

/** As the database's trigger writes it down. */
const About = z.object({ settleBy: z.coerce.date() });

/** The time runs out in which a run's payees can earn. Nobody is told where it was moved since, or where the run has ended. */
export function timeTold({ about }: Happening, run: RunOf, { openUntil }: Facts): Told[] {
  const known = About.safeParse(about);
  const until = openUntil.get(run.id);
  if (!known.success || until?.getTime() !== known.data.settleBy.getTime()) return [];
  const flow = plain(run.flowName, NAME);
  return [
    {
      ...{ receiver: run.owner, sender: null, run: run.id, operation: null, group: null, kind: "run_time_short" },
      key: `run_time_short/${run.id}/${until.getTime()}`,
      title: plain(`${flow} runs out of time`, TITLE),
      text: "What it does after that is not paid, and what is left returns to you. Answer what it waits for, or give it a week more on its page.",
      facts: [{ name: "Nothing is earned after", value: until.toISOString() }],
      ...{ path: `/runs/${encodeURIComponent(run.id)}`, action: "Open the run" },
      untilMs: until.getTime(),
    },
  ];
}
