/** Places values on a line of a picture. `ticks` are round numbers that lie inside. */
export type Scale = { place(value: number): number; ticks: readonly number[] };

/** From values to places, both ways round: a picture's y grows downwards. */
export function linearScale(values: { low: number; high: number }, places: { from: number; to: number }): Scale {
  const span = values.high - values.low || Math.abs(values.high) || 1;
  const place = (value: number) => places.from + ((value - values.low) / span) * (places.to - places.from);
  return { place, ticks: roundTicks(values.low, values.low + span) };
}

/** About five steps of 1, 2 or 5 times a power of ten. */
function roundTicks(low: number, high: number): number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** "1.2M": short enough to stand on an axis. */
export function short(value: number): string {
  return value.toLocaleString("en-US", { notation: "compact", maximumSignificantDigits: 4 });
}
