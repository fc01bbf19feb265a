import { unreachable } from "../basics/unreachable";
import { type Draft, standing } from "./draft";
import { NO_DEBUG, type Steering } from "./events";
import { openNow } from "./opening";
import { act, judge } from "./payments";
import { pathOf, type Spot, spotAt } from "./spots";
import type { Halted } from "./state";
import { oneMoreTry } from "./timers";

/**
 * The payer pauses a run, lets it go on, or says where it is to stop. What is under way comes to its own end while the
 * run is paused: an agent that delivers is paid. Nobody else steers. [R27] [R29]
 */
export function steer(draft: Draft, event: Steering): boolean {
  if (event.by !== draft.before.payer || draft.ending) return false;
  switch (event.type) {
    case "pause_asked":
      if (draft.paused) return false;
      draft.paused = true;
      return true;
    case "resume_asked":
      return event.only ? letOneGo(draft, event.only) : letAllGo(draft);
    case "stops_set":
      draft.debug = { ...(draft.debug ?? NO_DEBUG), stops: event.stops };
      return true;
    default:
      return unreachable(event);
  }
}

function letAllGo(draft: Draft): boolean {
  const halted = haltedIn(draft);
  if (!draft.paused && halted.length === 0) return false;
  draft.paused = false;
  for (const each of halted) letGo(draft, each);
  return true;
}

/** One step goes on, and whatever comes after it halts again. */
function letOneGo(draft: Draft, { step, path }: { step: string; path: readonly number[] }): boolean {
  const found = haltedIn(draft).find(({ spot }) => spot.id === step && pathOf(spot).join() === path.join());
  if (!found) return false;
  letGo(draft, found);
  return true;
}

type HaltedStep = { spot: Spot; at: Halted };

function haltedIn(draft: Draft): HaltedStep[] {
  const open = [...draft.open].sort((a, b) => a - b);
  return open.flatMap((slot) => {
    const stands = standing(draft, slot);
    return stands.in === "halted" ? [{ spot: spotAt(draft.plan, slot), at: stands.at }] : [];
  });
}

/** Does what the step was about to do; one that another's failure has taken back meanwhile stays where it is. */
function letGo(draft: Draft, { spot, at }: HaltedStep): void {
  if (standing(draft, spot.slot).in !== "halted") return;
  draft.letGo.add(spot.slot);
  switch (at.before) {
    case "opening":
      openNow(draft, spot);
      return;
    case "judging":
      judge(draft, spot, at);
      return;
    case "acting":
      act(draft, spot, at);
      return;
    case "trying":
      oneMoreTry(draft, spot, at);
      return;
    default:
      unreachable(at);
      return;
  }
}
