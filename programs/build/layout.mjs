import { LinkFault } from "./fault.mjs";

const NO_BITS = 8;
const WRITABLE = 1;
const LOADED = 2;
const CODE = 4;

/** Where version 3 of the byte code lies when it runs; read-only data lies at zero. */
export const CODE_ADDRESS = 1n << 32n;

/** The first bytes of the data stay empty, so that nothing has the address zero. */
const DATA_START = 16;

/** @typedef {import("./object-file.mjs").ObjectFile} ObjectFile */
/** @typedef {import("./object-file.mjs").Section} Section */
/** @typedef {{ section: Section; isCode: boolean; at: number }} Placed at: offset inside the code or inside the data */
/** @typedef {{ placed: Map<number, Placed>; codeSize: number; dataSize: number; entry: number }} Layout */

/**
 * Decides what of an object is kept, and where it lies: only what the entry can reach, code and read-only data apart.
 *
 * @param {ObjectFile} object
 * @returns {Layout}
 */
export function layOut(object) {
  const entry = object.symbols.find(({ name, section }) => name === "entrypoint" && section !== 0);
  if (!entry) throw new LinkFault("the program has no entrypoint");
  const kept = reachable(object, entry.section);
  for (const section of kept) refuseWhatCannotRun(section);
  const code = kept.filter(({ flags }) => flags & CODE);
  const data = kept.filter(({ flags }) => !(flags & CODE));
  const [codePlaces, codeSize] = place(code, 0, 8);
  const [dataPlaces, dataSize] = place(data, DATA_START, 1);
  const placed = new Map([...codePlaces, ...dataPlaces].map((each) => [each.section.index, each]));
  return {
    placed,
    codeSize,
    dataSize: roundUp(dataSize, 16),
    entry: (placed.get(entry.section)?.at ?? 0) + entry.value,
  };
}

/** @param {ObjectFile} object @param {number} from @returns {Section[]} the entry first, then in the object's order */
function reachable({ sections }, from) {
  const found = new Set([from]);
  for (const index of found)
    for (const { symbol } of sections[index]?.relocations ?? [])
      if (symbol.section > 0 && symbol.section < 0xff00) found.add(symbol.section);
  const first = sections.filter(({ index }) => index === from);
  return [...first, ...sections.filter(({ index }) => index !== from && found.has(index))];
}

/** @param {Section} section */
function refuseWhatCannotRun({ name, type, flags }) {
  if (!(flags & LOADED)) throw new LinkFault(`the program reaches ${name}, which is not loaded`);
  const settledByLinking = name.startsWith(".data.rel.ro");
  if (type === NO_BITS || (flags & WRITABLE && !settledByLinking))
    throw new LinkFault(`${name} can be written: a program has no variables that outlive a call`);
}

/**
 * @param {Section[]} sections @param {number} start @param {number} least the least alignment
 * @returns {[Placed[], number]}
 */
function place(sections, start, least) {
  let end = start;
  const placed = sections.map((section) => {
    const at = roundUp(end, Math.max(section.align, least));
    end = at + section.bytes.length;
    return { section, isCode: Boolean(section.flags & CODE), at };
  });
  return [placed, end];
}

/** @param {number} value @param {number} to */
export const roundUp = (value, to) => Math.ceil(value / to) * to;
