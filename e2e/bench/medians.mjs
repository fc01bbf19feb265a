/** @param {number[]} values @param {number} share in percent */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))] ?? Number.NaN;
}

/** @param {number} value */
export const hundredths = (value) => Math.round(value * 100) / 100;
