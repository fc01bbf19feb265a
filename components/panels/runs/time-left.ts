import { momentWords } from "@/components/panels/funding/offer-words";

const DAY = 86_400;
/** From when on a payer is told that time runs out. Units: seconds. */
const NEAR_SECONDS = 2 * DAY;

/** What a payer is told of the time that is left for earning; null while there is plenty. Units: seconds; milliseconds for now. */
export function timeLeftWords(settleBy: number, nowMs: number): string | null {
  const left = settleBy - nowMs / 1_000;
  if (left > NEAR_SECONDS) return null;
  const what = "What is not done by then is not paid, and returns to you.";
  return left > 0
    ? `Time runs out on ${momentWords(settleBy)}. ${what}`
    : `Time ran out on ${momentWords(settleBy)}. ${what}`;
}
