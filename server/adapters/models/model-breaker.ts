import { err } from "@/flows/basics/result";
import type { ModelsPort } from "@/flows/ports/models";
import { type BreakerOptions, circuits } from "../circuits";

type Answer = Awaited<ReturnType<ModelsPort["ask"]>>;

/** Whoever gives a model less time than this learns nothing of it by hearing nothing. Units: milliseconds. */
const FAIR_MS = 30_000;

/**
 * Spares a model that keeps failing, and those who wait for it, as agents are spared. One that answers is well, also when
 * it refuses or is busy; and nobody can have a model that others use rest by giving it no time.
 */
export function withModelBreaker(port: ModelsPort, options: BreakerOptions): ModelsPort {
  const { restOf, watch } = circuits(options);
  return {
    async ask(ask, hear) {
      const reason = restOf(ask.model);
      if (reason !== null) return err({ code: "model_unreachable", reason });
      return watch(ask.model, () => port.ask(ask, hear), hasFailed(ask.deadlineMs));
    },
  };
}

const hasFailed =
  (deadlineMs: number) =>
  (answer: Answer): boolean | null => {
    if (answer.ok) return false;
    const { error } = answer;
    if (error.code === "outcome_unknown") return deadlineMs < FAIR_MS ? null : true;
    return error.code === "model_unreachable" && !error.answered;
  };
