import type { ClockPort } from "@/flows/ports/clock";

/** Of what failed `failures` of its last `calls` calls none is made for `restMs`; then one tries it out. */
export type BreakerOptions = { clock: ClockPort; failures?: number; calls?: number; restMs?: number };

type Circuit = { last: boolean[]; openUntilMs: number | null; isTrying: boolean };

const MOST_KNOWN = 10_000;

/** Who is called at all: by name, an agent's or a model's. It is kept in this process and forgotten with it. */
export function circuits({ clock, failures = 5, calls = 10, restMs = 30_000 }: BreakerOptions) {
  const known = new Map<string, Circuit>();

  function circuitOf(name: string): Circuit {
    const found = known.get(name) ?? { last: [], openUntilMs: null, isTrying: false };
    // The one that was asked for longest ago goes first.
    known.delete(name);
    known.set(name, found);
    if (known.size > MOST_KNOWN) known.delete(known.keys().next().value ?? "");
    return found;
  }

  function note(circuit: Circuit, failed: boolean) {
    circuit.isTrying = false;
    if (circuit.openUntilMs !== null) {
      circuit.openUntilMs = failed ? clock.now() + restMs : null;
      circuit.last = [];
      return;
    }
    circuit.last = [...circuit.last, failed].slice(-calls);
    if (circuit.last.filter(Boolean).length >= failures) circuit.openUntilMs = clock.now() + restMs;
  }

  return {
    /** Why `name` is not called for a while; null when it may be. */
    restOf(name: string): string | null {
      const { openUntilMs, isTrying } = circuitOf(name);
      const isResting = openUntilMs !== null && (clock.now() < openUntilMs || isTrying);
      return isResting ? `${name} failed ${failures} of its last ${calls} calls and is not called for a while` : null;
    },
    /** Makes a call and notes how it went. `failed` is null for what tells nothing of who was called. */
    async watch<Answer>(name: string, call: () => Promise<Answer>, failed: (answer: Answer) => boolean | null) {
      const circuit = circuitOf(name);
      circuit.isTrying = circuit.openUntilMs !== null;
      const answer = await call().finally(() => {
        circuit.isTrying = false;
      });
      const outcome = failed(answer);
      if (outcome !== null) note(circuit, outcome);
      return answer;
    },
  };
}
