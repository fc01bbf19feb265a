import { mean, medianSorted, quantileSorted } from "simple-statistics";
import { type Column, isNumeric, sortedValues } from "./column";
import { tidy } from "./statistics";

/** `row` counts the rows below the header from 1. `score` is how many usual deviations the value lies from the middle. */
export type Outlier = { column: string; row: number; value: number; score: number; reason: string };

/** The usual range of one column, perhaps of its logarithms. */
type Range = { logarithm: boolean; middle: number; deviation: number; low: number; high: number };

const FEWEST = 8; // below this nothing is usual
const SCORE = 3.5; // Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993
const FENCE = 3; // Tukey's outer fence, in interquartile ranges: "far out"
const SKEWED = 0.3;
const CROWD = 0.01; // more than this of a column is a second population, not mistakes
const MAD_TO_DEVIATION = 1.4826;
const MEAN_TO_DEVIATION = 1.2533;

/**
 * Values that both tests call far out: the score against median and MAD, and Tukey's outer fence. Neither is moved by
 * the outliers themselves, which a mean would be. Skewed positive columns (incomes, sizes) are judged by logarithm.
 */
export function findOutliers(column: Column): Outlier[] {
  if (!isNumeric(column)) return [];
  const sorted = sortedValues(column);
  const range = sorted.length < FEWEST ? null : usualRange(sorted);
  if (!range) return [];
  const found = column.values.flatMap((value, index) => {
    const score = value === null ? null : judge(range, value);
    return value === null || score === null ? [] : [{ column: column.name, row: index + 1, value, score: tidy(score) }];
  });
  if (found.length > Math.max(3, sorted.length * CROWD)) return [];
  const usual = `usual values lie between ${written(plain(range, range.low))} and ${written(plain(range, range.high))}`;
  return found.map((one) => ({ ...one, reason: `${compare(one.value, range)} the rest: ${usual}` }));
}

function judge(range: Range, value: number): number | null {
  const at = range.logarithm ? Math.log(value) : value;
  const score = Math.abs(at - range.middle) / range.deviation;
  return score > SCORE && (at < range.low || at > range.high) ? score : null;
}

function usualRange(sorted: readonly number[]): Range | null {
  const skewed = (sorted[0] ?? 0) > 0 && skewOf(sorted) > SKEWED;
  const values = skewed ? sorted.map(Math.log) : [...sorted];
  const middle = medianSorted(values);
  const distances = values.map((value) => Math.abs(value - middle));
  const [q1, q3] = [quantileSorted(values, 0.25), quantileSorted(values, 0.75)];
  // Half of the values may be equal: then the mean distance has to stand in for the median one.
  const mad = medianSorted([...Float64Array.from(distances).sort()]);
  const deviation = mad > 0 ? mad * MAD_TO_DEVIATION : mean(distances) * MEAN_TO_DEVIATION;
  if (deviation === 0) return null;
  const fence = FENCE * (q3 - q1);
  return { logarithm: skewed, middle, deviation, low: q1 - fence, high: q3 + fence };
}

/** Kelly's skewness, from -1 to 1. It looks at the tenth and the ninetieth percentile: no outlier reaches it. */
function skewOf(sorted: readonly number[]): number {
  const values = [...sorted];
  const [low, middle, high] = [0.1, 0.5, 0.9].map((part) => quantileSorted(values, part)) as [number, number, number];
  return high === low ? 0 : (high + low - 2 * middle) / (high - low);
}

function compare(value: number, range: Range): string {
  return value > plain(range, range.middle) ? "far above" : "far below";
}

function plain({ logarithm }: Range, at: number): number {
  return logarithm ? Math.exp(at) : at;
}

function written(value: number): string {
  return Number(value.toPrecision(4)).toLocaleString("en-US", { maximumSignificantDigits: 4 });
}
