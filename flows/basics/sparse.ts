/**
 * A list with holes whose changed copies share what did not change: 32 places a leaf, so that in a run with room for a
 * million steps an event copies about a hundred slots, and what was never touched costs nothing.
 */
export type Sparse<T> = { readonly size: number; readonly depth: number; readonly root: Branch<T> | undefined };

type Branch<T> = readonly (Branch<T> | T | undefined)[];

const BITS = 5;
const WIDTH = 1 << BITS;

/** A list of `size` holes. Errors: RangeError for a size that no list has. */
export function emptySparse<T>(size: number): Sparse<T> {
  if (!Number.isInteger(size) || size < 0 || size > 2 ** 30) throw new RangeError(`no list of ${size} places`);
  let depth = 1;
  while (WIDTH ** depth < size) depth += 1;
  return { size, depth, root: undefined };
}

/** The value at a place; undefined for a hole. Errors: RangeError when there is no such place, which is a bug. */
export function at<T>(list: Sparse<T>, place: number): T | undefined {
  if (place < 0 || place >= list.size) throw new RangeError(`no place ${place} in a list of ${list.size}`);
  let branch = list.root;
  for (let level = list.depth - 1; level > 0 && branch; level--) branch = branch[slot(place, level)] as Branch<T>;
  return branch?.[place & (WIDTH - 1)] as T | undefined;
}

/** The list with these places changed; undefined makes a hole. Values that are themselves lists are not supported. */
export function withChanges<T>(list: Sparse<T>, changes: ReadonlyMap<number, T | undefined>): Sparse<T> {
  let root = list.root;
  for (const [place, value] of changes) root = changed(root, { place, value, level: list.depth - 1 });
  return { ...list, root };
}

/** What the list holds at places from `from` up to, but without, `to`, in order. */
export function entriesOf<T>(list: Sparse<T>, from = 0, to = list.size): [number, T][] {
  const found: [number, T][] = [];
  if (list.root) collect(list.root, { first: 0, level: list.depth - 1 }, { from, to, found });
  return found;
}

type Change<T> = { place: number; value: T | undefined; level: number };

/** A branch that becomes empty goes, so that what was dropped takes no room. */
function changed<T>(branch: Branch<T> | undefined, { place, value, level }: Change<T>): Branch<T> | undefined {
  const at = slot(place, level);
  const below = branch?.[at];
  const next = level === 0 ? value : changed(below as Branch<T> | undefined, { place, value, level: level - 1 });
  if (next === below) return branch;
  const copy: (Branch<T> | T | undefined)[] = branch ? branch.slice() : new Array(WIDTH).fill(undefined);
  copy[at] = next;
  return next === undefined && copy.every((each) => each === undefined) ? undefined : copy;
}

type Wanted<T> = { from: number; to: number; found: [number, T][] };

function collect<T>(branch: Branch<T>, { first, level }: { first: number; level: number }, wanted: Wanted<T>): void {
  const width = WIDTH ** level;
  for (const [place, below] of branch.entries()) {
    const start = first + place * width;
    if (below === undefined || start >= wanted.to || start + width <= wanted.from) continue;
    if (level === 0) wanted.found.push([start, below as T]);
    else collect(below as Branch<T>, { first: start, level: level - 1 }, wanted);
  }
}

function slot(place: number, level: number): number {
  return (place >>> (level * BITS)) & (WIDTH - 1);
}
