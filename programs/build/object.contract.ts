// Makes relocatable objects for tests, as llc would, out of a short description.

type Part = { name: string; flags: number; bytes: Buffer; align?: number; type?: number };
type Name = { name: string; part?: number; value?: number };
type Fixup = { part: number; at: number; type: number; symbol: number; addend?: bigint };

const CODE = 6;
const READ_ONLY = 2;
export const code = (name: string, bytes: Buffer): Part => ({ name, flags: CODE, bytes, align: 8 });
export const data = (name: string, bytes: Buffer, align = 8): Part => ({ name, flags: READ_ONLY, bytes, align });

/** One instruction. */
export function instruction(opcode: number, registers = 0, immediate = 0): Buffer {
  const bytes = Buffer.alloc(8);
  bytes[0] = opcode;
  bytes[1] = registers;
  bytes.writeInt32LE(immediate, 4);
  return bytes;
}
export const exit = instruction(0x95);
export const call = (immediate = -1) => instruction(0x85, 0x10, immediate);
export const loadWide = Buffer.concat([instruction(0x18, 1), instruction(0)]);

/** Parts are named from 0; what has no part is defined elsewhere. */
export function objectOf(parts: readonly Part[], names: readonly Name[], fixups: readonly Fixup[] = []): Buffer {
  const symbolNames = stringTable(names.map(({ name }) => name));
  const symbols = Buffer.concat([
    Buffer.alloc(24),
    ...names.map(({ part, value = 0 }, at) => {
      const row = Buffer.alloc(24);
      row.writeUInt32LE(symbolNames.at[at] ?? 0, 0);
      row.writeUInt16LE(part === undefined ? 0 : part + 1, 6);
      row.writeBigUInt64LE(BigInt(value), 8);
      return row;
    }),
  ]);
  const tables = fixups.map(({ part, at, type, symbol, addend }) => {
    const row = Buffer.alloc(addend === undefined ? 16 : 24);
    row.writeBigUInt64LE(BigInt(at), 0);
    row.writeUInt32LE(type, 8);
    row.writeUInt32LE(symbol + 1, 12);
    if (addend !== undefined) row.writeBigInt64LE(addend, 16);
    return { name: ".rel", type: addend === undefined ? 9 : 4, flags: 0, bytes: row, info: part + 1 };
  });
  const symbolTable = parts.length + 1;
  const all: (Part & { link?: number; info?: number })[] = [
    { name: "", flags: 0, bytes: Buffer.alloc(0), type: 0 },
    ...parts.map((part) => ({ type: 1, ...part })),
    { name: ".symtab", type: 2, flags: 0, bytes: symbols, link: symbolTable + 1 },
    { name: ".strtab", type: 3, flags: 0, bytes: symbolNames.bytes },
    ...tables.map((table) => ({ ...table, link: symbolTable })),
  ];
  return writeObject(all);
}

function writeObject(sections: readonly (Part & { link?: number; info?: number })[]): Buffer {
  const names = stringTable([...sections.map(({ name }) => name), ".shstrtab"]);
  const all = [...sections, { name: ".shstrtab", type: 3, flags: 0, bytes: names.bytes }];
  const head = Buffer.alloc(64);
  const bodies: Buffer[] = [];
  const heads: Buffer[] = [];
  let end = head.length;
  all.forEach((section, at) => {
    const row = Buffer.alloc(64);
    row.writeUInt32LE(names.at[at] ?? 0, 0);
    row.writeUInt32LE(section.type ?? 1, 4);
    row.writeBigUInt64LE(BigInt(section.flags), 8);
    row.writeBigUInt64LE(BigInt(end), 24);
    row.writeBigUInt64LE(BigInt(section.bytes.length), 32);
    row.writeUInt32LE("link" in section ? (section.link ?? 0) : 0, 40);
    row.writeUInt32LE("info" in section ? (section.info ?? 0) : 0, 44);
    row.writeBigUInt64LE(BigInt("align" in section ? (section.align ?? 1) : 1), 48);
    heads.push(row);
    bodies.push(section.bytes);
    end += section.bytes.length;
  });
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(head);
  head.writeUInt16LE(1, 16);
  head.writeUInt16LE(247, 18);
  head.writeBigUInt64LE(BigInt(end), 40);
  head.writeUInt16LE(64, 58);
  head.writeUInt16LE(all.length, 60);
  head.writeUInt16LE(all.length - 1, 62);
  return Buffer.concat([head, ...bodies, ...heads]);
}

function stringTable(names: readonly string[]): { bytes: Buffer; at: number[] } {
  const at: number[] = [];
  let text = "\0";
  for (const name of names) {
    at.push(text.length);
    text += `${name}\0`;
  }
  return { bytes: Buffer.from(text, "latin1"), at };
}
