import { CODE_ADDRESS, roundUp } from "./layout.mjs";

const HEADER = 64;
const SEGMENT = 56;
const SECTION = 64;
const VERSION_3 = 3;
const NAMES = Buffer.from("\0.text\0.rodata\0.shstrtab\0", "latin1");

/**
 * Writes the file that Solana loads: an ELF file with two segments, read-only data at 0 and code at 2^32.
 * The sections at its end are there for people's tools; the loader does not read them.
 *
 * @param {{ code: Buffer; data: Buffer; entry: number }} program entry: offset inside the code
 * @returns {Buffer}
 */
export function writeExecutable({ code, data, entry }) {
  const dataAt = HEADER + 2 * SEGMENT;
  const codeAt = dataAt + data.length;
  const namesAt = codeAt + code.length;
  const sectionsAt = roundUp(namesAt + NAMES.length, 8);
  const file = Buffer.alloc(sectionsAt + 4 * SECTION);
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(file);
  numbers(file, 16, [
    [3, 2],
    [247, 2],
    [1, 4],
    [CODE_ADDRESS + BigInt(entry), 8],
    [HEADER, 8],
    [sectionsAt, 8],
  ]);
  numbers(file, 48, [
    [VERSION_3, 4],
    [HEADER, 2],
    [SEGMENT, 2],
    [2, 2],
    [SECTION, 2],
    [4, 2],
    [3, 2],
  ]);
  segment(file, 0, { flags: 4, at: dataAt, address: 0n, size: data.length });
  segment(file, 1, { flags: 1, at: codeAt, address: CODE_ADDRESS, size: code.length });
  data.copy(file, dataAt);
  code.copy(file, codeAt);
  NAMES.copy(file, namesAt);
  section(file, sectionsAt + SECTION, {
    name: 1,
    type: 1,
    flags: 6,
    address: CODE_ADDRESS,
    at: codeAt,
    size: code.length,
  });
  section(file, sectionsAt + 2 * SECTION, { name: 7, type: 1, flags: 2, address: 0n, at: dataAt, size: data.length });
  section(file, sectionsAt + 3 * SECTION, {
    name: 15,
    type: 3,
    flags: 0,
    address: 0n,
    at: namesAt,
    size: NAMES.length,
  });
  return file;
}

/** @param {Buffer} file @param {number} start @param {[number | bigint, 2 | 4 | 8][]} values each with its width in bytes */
function numbers(file, start, values) {
  let at = start;
  for (const [value, width] of values) {
    if (width === 8) file.writeBigUInt64LE(BigInt(value), at);
    else file.writeUIntLE(Number(value), at, width);
    at += width;
  }
}

/** @param {Buffer} file @param {number} index @param {{ flags: number; at: number; address: bigint; size: number }} what */
function segment(file, index, { flags, at, address, size }) {
  const start = HEADER + index * SEGMENT;
  numbers(file, start, [
    [1, 4],
    [flags, 4],
    [at, 8],
    [address, 8],
    [address, 8],
    [size, 8],
    [size, 8],
    [8, 8],
  ]);
}

/** @param {Buffer} file @param {number} start @param {{ name: number; type: number; flags: number; address: bigint; at: number; size: number }} what */
function section(file, start, { name, type, flags, address, at, size }) {
  numbers(file, start, [
    [name, 4],
    [type, 4],
    [flags, 8],
    [address, 8],
    [at, 8],
    [size, 8],
    [0, 8],
    [8, 8],
  ]);
}
