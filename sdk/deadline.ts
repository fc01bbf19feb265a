/** Thrown by nobody else: told apart from whatever an agent throws when its signal aborts. */
const LATE = Symbol("late");

/** The work's value, or "late" once `ms` have passed. The signal aborts then; work that ignores it is not waited for. */
export async function withDeadline<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T | "late"> {
  const stop = new AbortController();
  const startedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => {
      stop.abort(new Error("deadline exceeded"));
      resolve(LATE);
    }, ms);
  });
  try {
    const first = await Promise.race([work(stop.signal), late]);
    // Work that blocks the process keeps the timer from firing: the clock decides, not who came first.
    return first === LATE || performance.now() - startedAt > ms ? "late" : first;
  } finally {
    clearTimeout(timer);
  }
}
