/** Deeds that were done in one hour of the reader's day. */
export type Hour<Deed> = { key: string; deeds: readonly Deed[] };

/** Deeds by the hour, in the order given; `hourOf` says in which one each was done. */
export function byTheHour<Deed extends { at: Date }>(
  deeds: readonly Deed[],
  hourOf: (at: Date) => string,
): Hour<Deed>[] {
  const hours: { key: string; deeds: Deed[] }[] = [];
  for (const deed of deeds) {
    const key = hourOf(deed.at);
    const last = hours.at(-1);
    if (last?.key === key) last.deeds.push(deed);
    else hours.push({ key, deeds: [deed] });
  }
  return hours;
}
