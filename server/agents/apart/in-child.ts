import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Outcome } from "@/sdk/agent";
import type { Apart, Care } from "./apart";
import { APART_LIMITS, type ApartLimits, type Said, type Told, tooMuchMemory, tooMuchTime } from "./limits";

/** What the program is started with that is to do one task. It then calls `watchApart`. */
export const APART = "apart";

/**
 * Each task in a process of its own. A thread would not do: when one allocation passes what a thread may hold, Node ends
 * the whole process. It inherits no variables of the environment, so that nothing in it knows a key.
 */
export function inChildren(file: URL, limits: ApartLimits = APART_LIMITS): Apart {
  const turn = turns(limits.atOnce);
  return async (task, input, care) => {
    const leave = await turn(care.signal);
    try {
      return (await inChild(file, { task, input, limits }, care)) as never; // the task's own outcome
    } finally {
      leave();
    }
  };
}

function inChild(file: URL, told: Told, { signal, tell }: Care): Promise<Outcome<unknown>> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(file), [APART], {
      env: { NODE_ENV: "production" },
      execArgv: [],
      stdio: "ignore",
      serialization: "advanced",
    });
    const timer = setTimeout(() => end(() => resolve(tooMuchTime(told.limits.ms))), told.limits.ms);
    const onAbort = () => end(() => reject(signal.reason));
    signal.addEventListener("abort", onAbort, { once: true });

    function end(settle: () => void): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      settle();
      child.kill("SIGKILL");
    }

    child.on("message", (said: Said) => {
      if ("report" in said) tell(said.report);
      else if ("outcome" in said) end(() => resolve(said.outcome));
      else end(() => reject(new Error(said.broke)));
    });
    child.on("error", (problem) => end(() => reject(problem)));
    child.on("exit", (code, by) =>
      end(() => (by === null ? reject(unanswered(told.task, code)) : resolve(tooMuchMemory()))),
    );
    give(child, told);
  });
}

/** A child that is gone already is heard of by its exit. */
function give(child: ChildProcess, told: Told): void {
  child.send(told, () => undefined);
}

function unanswered(task: string, code: number | null): Error {
  return new Error(`The process for ${task} ended with ${code} and without an answer.`);
}

/** Lets `most` in at once, the others in the order in which they came. The answer is how to leave. */
function turns(most: number): (signal: AbortSignal) => Promise<() => void> {
  const waiting: (() => void)[] = [];
  let inside = 0;
  function leave(): void {
    const next = waiting.shift();
    if (next)
      next(); // the place is handed on: nobody comes between
    else inside--;
  }
  return async (signal) => {
    signal.throwIfAborted();
    if (inside < most) inside++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    if (!signal.aborted) return leave;
    leave();
    throw signal.reason;
  };
}
