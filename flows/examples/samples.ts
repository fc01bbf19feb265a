import { outlierWatch } from "./outlier-watch";
import { reviewedReport } from "./reviewed-report";
import type { Sample } from "./sample";
import { shortOrLong } from "./short-or-long";

/** Every flow that a new account is given, in the order in which it is shown. */
export const samples: readonly Sample[] = [reviewedReport, outlierWatch, shortOrLong];
