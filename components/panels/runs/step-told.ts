/** What the agent of a running step has said so far. */
export type StepTold = { operation: string; done: number | null; message: string | null; text: string };

/** One thing that it says: its text from the character `start` on is this. */
type Said = { operation: string; start: number; text: string; done: number | null; message: string | null };

/** Adds what is said of a call. Heard twice it changes nothing; another attempt of the call begins anew. */
export function addSaid(told: StepTold | null, { operation, start, text, done, message }: Said): StepTold {
  const before = told?.operation === operation ? told.text.slice(0, start) : "";
  return { operation, done, message, text: before + text };
}

/** Whether a call is one of this step: `run/summarise@2/call.1` is the second attempt of `summarise@2`. */
export function isCallOf(run: string, step: string, operation: string): boolean {
  const first = `${run}/${step}/call`;
  return operation === first || operation.startsWith(`${first}.`);
}

/** In words, for whoever does not see a bar. */
export function toldInWords({ done, message, text }: StepTold): string {
  const share = done === null ? [] : [`${Math.round(done * 100)} percent`];
  const words = message ? [message] : text ? ["Text is coming in"] : [];
  return [...share, ...words].join(": ");
}
