/** What one step can cost, and the decisions that have to fall its way for it to open at all. */
export type Item = { cost: bigint; needs: ReadonlyMap<number, string> };

/** Beyond this much work the decisions are no longer told apart, and everything counts. It is more, never less. */
const MOST_WORK = 300_000;
const MOST_CASES = 4_096;

/** The dearest way in which the decisions can fall. Decisions that share no step are looked at apart. */
export function worst(items: readonly Item[]): bigint {
  const cases = Math.min(MOST_CASES, Math.ceil(MOST_WORK / Math.max(1, items.length)));
  return dearest(withoutIdle(items), { left: cases });
}

/** A decision that only one of its sides costs anything behind takes nothing away: everything behind it can happen. */
export function withoutIdle<T extends Pick<Item, "needs">>(items: readonly T[]): readonly T[] {
  // Steps behind the same gates share one map: each is looked at once.
  const told = new Map<Item["needs"], Item["needs"]>();
  const sides = new Map<number, string | null>();
  for (const { needs } of items) {
    if (told.has(needs)) continue;
    told.set(needs, needs);
    for (const [decision, side] of needs) {
      const known = sides.get(decision);
      if (known === undefined) sides.set(decision, side);
      else if (known !== side) sides.set(decision, null);
    }
  }
  for (const needs of told.keys())
    told.set(
      needs,
      only(needs, (decision) => sides.get(decision) === null),
    );
  return items.map((item) => {
    const needs = told.get(item.needs) ?? item.needs;
    return needs === item.needs ? item : { ...item, needs };
  });
}

function only(needs: Item["needs"], keeps: (decision: number) => boolean): Item["needs"] {
  const kept = new Map<number, string>();
  for (const [decision, side] of needs) if (keeps(decision)) kept.set(decision, side);
  return kept.size === needs.size ? needs : kept;
}

function dearest(items: readonly Item[], cases: { left: number }): bigint {
  let total = 0n;
  for (const group of groups(items)) {
    const decision = group[0]?.needs.keys().next().value;
    if (decision === undefined || cases.left <= 0) {
      total += sum(group);
      continue;
    }
    const sides = new Set(group.map(({ needs }) => needs.get(decision)).filter((side) => side !== undefined));
    let most = 0n;
    for (const side of sides) {
      cases.left -= 1;
      const open = group.filter(({ needs }) => (needs.get(decision) ?? side) === side);
      const cost = dearest(
        open.map(({ cost, needs }) => ({ cost, needs: without(needs, decision) })),
        cases,
      );
      if (cost > most) most = cost;
    }
    total += most;
  }
  return total;
}

/** Items that depend on nothing stand alone; the others stand together when a chain of decisions links them. */
function groups(items: readonly Item[]): Item[][] {
  const free = items.filter(({ needs }) => needs.size === 0);
  const parent = new Map<number, number>();
  const rootOf = (decision: number): number => {
    let root = decision;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    for (let at = decision; at !== root; ) {
      const up = parent.get(at) ?? root;
      parent.set(at, root);
      at = up;
    }
    return root;
  };
  for (const { needs } of items) {
    const [first, ...others] = needs.keys();
    if (first === undefined) continue;
    if (!parent.has(first)) parent.set(first, first);
    for (const other of others) parent.set(rootOf(other), rootOf(first));
  }
  const linked = new Map<number, Item[]>();
  for (const item of items) {
    const first = item.needs.keys().next().value;
    if (first === undefined) continue;
    const root = rootOf(first);
    const known = linked.get(root);
    if (known) known.push(item);
    else linked.set(root, [item]);
  }
  return [...(free.length > 0 ? [free] : []), ...linked.values()];
}

function sum(items: readonly Item[]): bigint {
  return items.reduce((total, { cost }) => total + cost, 0n);
}

function without(needs: ReadonlyMap<number, string>, decision: number): ReadonlyMap<number, string> {
  return only(needs, (other) => other !== decision);
}
