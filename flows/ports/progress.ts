import { z } from "zod";
import type { OperationId } from "../basics/ids";

/** What an agent says of its work while it works: how far it is, from 0 to 1, or the next piece of the text it makes. */
export const Report = z.union([
  z.strictObject({
    progress: z.strictObject({ done: z.number().min(0).max(1).optional(), message: z.string().optional() }),
  }),
  z.strictObject({ delta: z.string() }),
]);
export type Report = z.infer<typeof Report>;

/** All that was said of one operation so far, in bounds. */
export type Told = { done: number | null; message: string | null; text: string };

/** Told of one operation until it is closed: what comes later is nobody's any more. Never throws, never waits. */
export type Telling = { tell(report: Report): void; close(): void };

/**
 * Passes on to people what agents say while they work. It decides nothing: the run never reads it, and what is lost of
 * it is lost. An operation that is opened again begins anew, as an agent does that is asked again.
 */
export type ProgressPort = { open(operation: OperationId): Telling };

/** Units: characters. What goes over it is cut, and ends with an ellipsis. */
export const TEXT_KEPT = 65_536;
const LONGEST_MESSAGE = 200;

export const NOTHING_TOLD: Told = { done: null, message: null, text: "" };

/** Of how far it is the newest counts; pieces of text are joined. No database keeps a zero character. [P8] */
export function heard(told: Told, report: Report): Told {
  if ("delta" in report) return { ...told, text: joined(told.text, plain(report.delta)) };
  const { done, message } = report.progress;
  return {
    ...told,
    done: done ?? told.done,
    message: message === undefined ? told.message : plain(message).slice(0, LONGEST_MESSAGE),
  };
}

function joined(text: string, delta: string): string {
  if (text.length > TEXT_KEPT) return text; // it was cut already
  const whole = text + delta;
  return whole.length > TEXT_KEPT ? `${whole.slice(0, TEXT_KEPT)}…` : whole;
}

function plain(text: string): string {
  return text.replaceAll("\0", "");
}
