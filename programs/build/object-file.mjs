import { LinkFault } from "./fault.mjs";

// Numbers of the ELF format (System V ABI, chapter 4) and of BPF's relocations (Linux, Documentation/bpf/llvm_reloc.rst).
const RELOCATABLE = 1;
const MACHINE_BPF = 247;
const SYMBOL_TABLE = 2;
const WITH_ADDENDS = 4;
const WITHOUT_ADDENDS = 9;

/** @typedef {{ name: string; section: number; value: number }} Symbol section 0: not defined here */
/** @typedef {{ at: number; type: number; symbol: Symbol; addend: number | undefined }} Relocation */
/** @typedef {{ index: number; name: string; type: number; flags: number; align: number; bytes: Buffer; info: number; link: number; relocations: Relocation[] }} Section */
/** @typedef {{ sections: Section[]; symbols: Symbol[] }} ObjectFile */

/**
 * Reads one relocatable BPF object, as llc writes it.
 *
 * @param {Buffer} file
 * @returns {ObjectFile}
 */
export function readObject(file) {
  const isElf64Little = file.length >= 64 && file.readUInt32BE(0) === 0x7f454c46 && file[4] === 2 && file[5] === 1;
  if (!isElf64Little) throw new LinkFault("this is no 64-bit little-endian ELF file");
  if (file.readUInt16LE(16) !== RELOCATABLE || file.readUInt16LE(18) !== MACHINE_BPF)
    throw new LinkFault("this is no relocatable object for BPF");
  const sections = readSections(file);
  const symbols = readSymbols(sections);
  for (const section of sections) attachRelocations(section, sections, symbols);
  return { sections, symbols };
}

/** @param {Buffer} file @param {number} at */
const wide = (file, at) => Number(file.readBigUInt64LE(at));

/** @param {Buffer} bytes @param {number} at */
const text = (bytes, at) => bytes.toString("latin1", at, bytes.indexOf(0, at));

/**
 * @param {Buffer} file
 * @returns {Section[]}
 */
function readSections(file) {
  const [start, size, count] = [wide(file, 40), file.readUInt16LE(58), file.readUInt16LE(60)];
  const heads = Array.from({ length: count }, (_, index) => file.subarray(start + index * size));
  const sections = heads.map((head, index) => ({
    index,
    nameAt: head.readUInt32LE(0),
    name: "",
    type: head.readUInt32LE(4),
    flags: wide(head, 8),
    bytes: bytesOf(file, head),
    link: head.readUInt32LE(40),
    info: head.readUInt32LE(44),
    align: wide(head, 48) || 1,
    relocations: [],
  }));
  const names = sections[file.readUInt16LE(62)]?.bytes ?? Buffer.alloc(1);
  return sections.map(({ nameAt, ...section }) => ({ ...section, name: text(names, nameAt) }));
}

/** Sections that have a size but no bytes in the file keep their size. @param {Buffer} file @param {Buffer} head */
function bytesOf(file, head) {
  const [at, size] = [wide(head, 24), wide(head, 32)];
  return head.readUInt32LE(4) === 8 ? Buffer.alloc(size) : file.subarray(at, at + size);
}

/**
 * @param {Section[]} sections
 * @returns {Symbol[]}
 */
function readSymbols(sections) {
  const table = sections.find(({ type }) => type === SYMBOL_TABLE);
  if (!table) throw new LinkFault("the object has no table of symbols");
  const names = sections[table.link]?.bytes ?? Buffer.alloc(1);
  return rows(table.bytes, 24).map((row) => ({
    name: text(names, row.readUInt32LE(0)),
    section: row.readUInt16LE(6),
    value: wide(row, 8),
  }));
}

/** @param {Section} table @param {Section[]} sections @param {Symbol[]} symbols */
function attachRelocations(table, sections, symbols) {
  if (table.type !== WITH_ADDENDS && table.type !== WITHOUT_ADDENDS) return;
  const explicit = table.type === WITH_ADDENDS;
  for (const row of rows(table.bytes, explicit ? 24 : 16)) {
    const symbol = symbols[row.readUInt32LE(12)];
    if (!symbol) throw new LinkFault(`${table.name} names a symbol that is not there`);
    const addend = explicit ? Number(row.readBigInt64LE(16)) : undefined;
    sections[table.info]?.relocations.push({ at: wide(row, 0), type: row.readUInt32LE(8), symbol, addend });
  }
}

/** @param {Buffer} bytes @param {number} size */
const rows = (bytes, size) =>
  Array.from({ length: Math.floor(bytes.length / size) }, (_, row) => bytes.subarray(row * size, (row + 1) * size));
