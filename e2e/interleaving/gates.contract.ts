/** A place where a process waits to be let on. `fail` lets it find its connection broken instead. */
export type Gate = { who: string; what: string; go(): void; fail: ((problem: Error) => void) | null };

/** What a process passes before and after everything that it asks of the outside. */
export type Gates = {
  /** Who waits now, in the order in which they came. */
  readonly waiting: readonly Gate[];
  /** Waits to be let on, does the work, and waits again before its answer is heard. */
  reach<T>(at: { who: string; what: string; breaks?: boolean }, work: () => Promise<T>): Promise<T>;
  pass(at: { who: string; what: string; breaks?: boolean }): Promise<void>;
  /** Work that passes no gate: nothing else happens until it is done. */
  during<T>(work: () => Promise<T>): Promise<T>;
  letGo(gate: Gate): void;
  breakAt(gate: Gate): void;
  /** Nothing of this process ever goes on. */
  bury(who: string): void;
  /** Resolves when everybody waits at a gate, for a timer, or for a lock that another has. */
  rest(): Promise<void>;
};

const turn = () => new Promise<void>((done) => setImmediate(done));
/** A process may take one turn of the event loop to gather work, and a second to hand it over. */
const CALM_TURNS = 2;

/** `locked` counts who waits for a lock; without it an answer of the outside is waited for however long it takes. */
export function openGates(locked: (() => Promise<number>) | null = null): Gates {
  const waiting: Gate[] = [];
  const buried = new Set<string>();
  let outside = 0;
  let heard: () => void = () => {};

  function take(gate: Gate): void {
    waiting.splice(waiting.indexOf(gate), 1);
  }

  const gates: Gates = {
    waiting,
    pass: ({ who, what, breaks = false }) =>
      new Promise((go, fail) => {
        if (!buried.has(who)) waiting.push({ who, what, go, fail: breaks ? fail : null });
      }),
    async reach(at, work) {
      await gates.pass({ ...at, what: `> ${at.what}` });
      const came = await gates.during(work).then(
        (answer) => ({ answer }),
        (problem: unknown) => ({ problem }),
      );
      await gates.pass({ ...at, what: `< ${at.what}` });
      if ("problem" in came) throw came.problem;
      return came.answer;
    },
    async during(work) {
      outside += 1;
      try {
        return await work();
      } finally {
        outside -= 1;
        heard();
      }
    },
    letGo(gate) {
      take(gate);
      gate.go();
    },
    breakAt(gate) {
      take(gate);
      gate.fail?.(Object.assign(new Error("the connection broke"), { code: "08006" }));
    },
    bury(who) {
      buried.add(who);
      for (const gate of waiting.filter((each) => each.who === who)) take(gate);
    },
    async rest() {
      for (let calm = 0; calm < CALM_TURNS; calm++) {
        await turn();
        while (outside > 0 && !(await allLocked())) calm = 0;
      }
    },
  };

  /** Waits for one answer; true when whoever is outside waits for a lock. */
  async function allLocked(): Promise<boolean> {
    const next = new Promise<"heard">((hear) => {
      heard = () => hear("heard");
    });
    if (!locked) {
      await next;
      return false;
    }
    for (;;) {
      for (let tries = 0; tries < 20; tries++) if ((await Promise.race([next, turn()])) === "heard") return false;
      if ((await locked()) === outside) return true;
    }
  }

  return gates;
}
