const MOST_KNOWN = 10_000;

/**
 * Says whether one person may do something once more: `most` times in each span of `perMs` milliseconds. It is kept in this
 * process and forgotten with it, for what costs us work and nobody money.
 */
export function perPerson({ most, perMs }: { most: number; perMs: number }) {
  const spans = new Map<string, { sinceMs: number; times: number }>();
  return (person: string, nowMs: number): boolean => {
    const known = spans.get(person);
    const span = known && nowMs - known.sinceMs < perMs ? known : { sinceMs: nowMs, times: 0 };
    spans.delete(person);
    spans.set(person, span);
    if (spans.size > MOST_KNOWN) spans.delete(spans.keys().next().value ?? "");
    span.times += 1;
    return span.times <= most;
  };
}
