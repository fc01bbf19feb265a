import type { Commitment } from "./chain";
import type { Known } from "./history";
import type { Wire } from "./json";
import type { Room } from "./method";
import type { Watch } from "./subscriptions";

type Listener = { readonly id: number; readonly watch: Watch; readonly tell: (message: Wire) => void };

/**
 * Tells everybody what they wait for. There is a timer only while somebody waits for something that comes with time:
 * slots, or a block that becomes final.
 */
export function listeners(room: Room) {
  const { chain } = room;
  const all = new Map<number, Listener>();
  let unfinal: Known[] = [];
  let lastId = 0;
  let timer: NodeJS.Timeout | undefined;
  let toldSlot = chain.now().slot;

  const notify = ({ id, watch, tell }: Listener, result: Wire) => {
    tell({ jsonrpc: "2.0", method: watch.notification, params: { result, subscription: id } });
    if (watch.once) all.delete(id);
  };
  const wanting = (commitment: Commitment) =>
    [...all.values()].filter(({ watch }) => watch.kind === "transactions" && watch.commitment === commitment);
  const tellOf = (known: Known, commitment: Commitment) => {
    const interested = wanting(commitment);
    if (interested.length === 0) return;
    const landed = chain.landed(known);
    for (const listener of interested)
      for (const result of listener.watch.say?.(known, landed) ?? []) notify(listener, result);
  };
  const tellFinal = () => {
    const until = chain.slotFor("finalized");
    const final = unfinal.filter(({ slot }) => slot <= until);
    unfinal = unfinal.filter(({ slot }) => slot > until);
    for (const known of final) tellOf(known, "finalized");
  };
  const tellSlots = () => {
    const { slot } = chain.now();
    if (slot === toldSlot) return;
    toldSlot = slot;
    const root = Math.max(0, slot - chain.finalizedAfter);
    for (const listener of [...all.values()]) {
      if (listener.watch.kind === "slot") notify(listener, { parent: slot - 1, root, slot });
      if (listener.watch.kind === "root") notify(listener, root);
    }
  };
  const needsTimer = () => {
    const slots = [...all.values()].some(({ watch }) => watch.kind !== "transactions");
    return !chain.pace().frozen && (slots || (unfinal.length > 0 && wanting("finalized").length > 0));
  };
  const tick = () => {
    clearTimeout(timer);
    timer = undefined;
    tellSlots();
    tellFinal();
    setTimer();
  };
  const setTimer = () => {
    if (!needsTimer()) {
      clearTimeout(timer);
      timer = undefined;
      return;
    }
    timer ??= setTimeout(tick, chain.pace().slotMs);
  };
  chain.onLanded((known) => tellOf(known, "processed"));
  chain.onSynced((known) => {
    tellOf(known, "confirmed");
    unfinal.push(known);
    tellFinal();
    setTimer();
  });
  chain.onRepaced(tick);
  return {
    /** Begins to tell. Answers with the number by which it is ended. */
    add(watch: Watch, tell: (message: Wire) => void): number {
      lastId += 1;
      all.set(lastId, { id: lastId, watch, tell });
      setTimer();
      return lastId;
    },
    /** Tells what was true already; after the answer with the number has gone out, or nobody would know whose it is. */
    catchUp(id: number): void {
      const listener = all.get(id);
      for (const result of listener?.watch.atOnce?.() ?? []) if (listener && all.has(id)) notify(listener, result);
    },
    remove: (id: number): boolean => {
      const had = all.delete(id);
      setTimer();
      return had;
    },
    stop: () => clearTimeout(timer),
  };
}

export type Listeners = ReturnType<typeof listeners>;
