import type { Advance } from "./advance";
import { type Delay, isHeldUp, UNTIL_RESUMED_MS, wasNotMade } from "./delays";
import type { Outbox, OutboxKey, Outgoing, Standing } from "./standing";

/**
 * What a pause, and its end, do to the calls in the outbox. The state of a run counts a call as under way once it is
 * committed. One that still waited for its turn or for a place had not been made, so it is not made while the run is
 * paused, whoever holds the run meanwhile: its row says so. What its payer lets go on by itself is opened later, and is
 * not held up. A run that ends gives up what it held up. [R27]
 */
export function heldUp(
  standing: Standing,
  { state, put, drop }: Pick<Advance, "state" | "put" | "drop">,
  hasLeft: (key: OutboxKey) => boolean,
): Map<OutboxKey, Delay> {
  const changes = new Map<OutboxKey, Delay>();
  const [before, now] = [standing.state?.paused ?? false, state?.paused ?? false];
  if (before === now || !state) return changes;
  for (const [key, outgoing] of new Map<OutboxKey, Outgoing>([...standing.outbox, ...put])) {
    if (drop.has(key)) continue;
    if (!now && isHeldUp(outgoing)) changes.set(key, { notBeforeMs: null, sent: outgoing.sent });
    if (now && !hasLeft(key) && wasNotMade({ ...standing, state }, outgoing))
      changes.set(key, { notBeforeMs: UNTIL_RESUMED_MS, sent: false });
  }
  return changes;
}

/** Of the calls that are being held up, those that give a turn back: they ask for another when their run goes on. */
export function withoutTurn(
  outbox: Outbox,
  holding: ReadonlyMap<OutboxKey, Delay>,
  delays: ReadonlyMap<OutboxKey, Delay>,
): Outgoing[] {
  return [...holding.keys()].flatMap((key) => {
    const outgoing = outbox.get(key);
    const hadTurn = outgoing && !isHeldUp(outgoing) && (outgoing.notBeforeMs !== undefined || delays.has(key));
    return hadTurn ? [outgoing] : [];
  });
}
