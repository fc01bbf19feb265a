/**
 * What an agent says of its work while it works: how far it is (`done` from 0 to 1, and a few words), or the next piece
 * of the text that it makes. People see it; nothing is decided or paid by it, and it may be lost.
 */
export type Report = { progress: { done?: number | undefined; message?: string | undefined } } | { delta: string };

/** Never throws and never waits, however often it is called. */
export type Tell = (report: Report) => void;

/** What is passed on at once, in the order in which it is told. */
type Gathered = { progress: { done?: number; message?: string } | null; text: string };

/** Units: characters. A caller keeps no more of a text than this, so no more is sent. */
export const TEXT_SENT = 65_536;
const LONGEST_MESSAGE = 200;

/** Joins reports: of how far it is the newest counts, pieces of text come one after the other. */
export function gathered() {
  let [text, sent] = ["", 0];
  let progress: Gathered["progress"] = null;

  return {
    add(report: Report): void {
      if ("delta" in report) {
        const piece = String(report.delta).slice(0, TEXT_SENT + 1 - sent); // one more, so that it shows as cut
        text += piece;
        sent += piece.length;
      } else progress = { ...progress, ...tidy(report.progress) };
    },
    /** What has come since the last time; null when nothing has. */
    take(): Gathered | null {
      if (progress === null && text === "") return null;
      const taken = { progress, text };
      [text, progress] = ["", null];
      return taken;
    },
  };
}

/** An agent's arithmetic may slip: a bar is never longer than whole, and no number is none. */
function tidy({ done, message }: { done?: number | undefined; message?: string | undefined }) {
  return {
    ...(typeof done === "number" && !Number.isNaN(done) ? { done: Math.min(1, Math.max(0, done)) } : {}),
    ...(message === undefined ? {} : { message: String(message).slice(0, LONGEST_MESSAGE) }),
  };
}
