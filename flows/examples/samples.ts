import { answersFromAReport } from "./answers-from-a-report";
import { checkedSummary } from "./checked-summary";
import { outlierWatch } from "./outlier-watch";
import { paragraphByParagraph } from "./paragraph-by-paragraph";
import { reviewedReport } from "./reviewed-report";
import type { Sample } from "./sample";
import { shortOrLong } from "./short-or-long";
import { shorterAndShorter } from "./shorter-and-shorter";

/** Every flow that a new account is given, in the order in which it is shown. */
export const samples: readonly Sample[] = [
  reviewedReport,
  outlierWatch,
  shortOrLong,
  paragraphByParagraph,
  shorterAndShorter,
  checkedSummary,
  answersFromAReport,
];
