import { LinkFault } from "./fault.mjs";
import { CODE_ADDRESS } from "./layout.mjs";
import { isSyscall, syscallNumber } from "./syscalls.mjs";

const ADDRESS_IN_CODE = 1;
const ADDRESS_IN_DATA = 2;
const CALL = 10;
const LOAD_WIDE = 0x18;
const CALL_LOCAL = 0x10; // in the place of the source register: the target is counted from here

/** @typedef {import("./layout.mjs").Layout} Layout */
/** @typedef {import("./layout.mjs").Placed} Placed */
/** @typedef {import("./object-file.mjs").Relocation} Relocation */
/** @typedef {{ layout: Layout; here: Placed; into: Buffer; relocation: Relocation }} Step */

/**
 * The bytes of the code and of the data, with every address and every call filled in.
 *
 * @param {Layout} layout
 * @returns {{ code: Buffer; data: Buffer; syscalls: string[] }}
 */
export function relocate(layout) {
  const code = Buffer.alloc(layout.codeSize);
  const data = Buffer.alloc(layout.dataSize);
  const syscalls = new Set();
  for (const here of layout.placed.values()) here.section.bytes.copy(here.isCode ? code : data, here.at);
  for (const here of layout.placed.values())
    for (const relocation of here.section.relocations) {
      const syscall = fill({ layout, here, into: here.isCode ? code : data, relocation });
      if (syscall) syscalls.add(syscall);
    }
  refuseForeignInstructions(code);
  return { code, data, syscalls: [...syscalls].sort() };
}

/** @param {Step} step @returns {string | undefined} the system call that is made here */
function fill(step) {
  const { here, into, relocation } = step;
  const at = here.at + relocation.at;
  switch (relocation.type) {
    case CALL:
      return fillCall(step, at);
    case ADDRESS_IN_CODE: {
      const before = into.readUInt32LE(at + 4) + into.readUInt32LE(at + 12) * 2 ** 32;
      const address = addressOf(step, before);
      into.writeUInt32LE(Number(address & 0xffffffffn), at + 4);
      into.writeUInt32LE(Number(address >> 32n), at + 12);
      return undefined;
    }
    case ADDRESS_IN_DATA:
      into.writeBigUInt64LE(addressOf(step, Number(into.readBigUInt64LE(at))), at);
      return undefined;
    default:
      throw new LinkFault(`${here.section.name} needs relocation ${relocation.type}, which nobody wrote`);
  }
}

/** @param {Step} step @param {number} at */
function fillCall({ layout, here, into, relocation }, at) {
  const registers = (into[at + 1] ?? 0) & 0x0f;
  const { symbol, addend } = relocation;
  if (symbol.section === 0) {
    const name = symbol.name === "__bpf_trap" ? "abort" : symbol.name; // what LLVM calls for a trap
    if (!isSyscall(name))
      throw new LinkFault(`${here.section.name} calls ${name}, which is neither here nor a system call`);
    into[at + 1] = registers;
    into.writeInt32LE(syscallNumber(name), at + 4);
    return name;
  }
  // Without an addend the instruction counts instructions from the start of the section, beginning at -1.
  const inSection = addend ?? (into.readInt32LE(at + 4) + 1) * 8;
  const target = (layout.placed.get(symbol.section)?.at ?? 0) + symbol.value + inSection;
  into[at + 1] = registers | CALL_LOCAL;
  into.writeInt32LE((target - (at + 8)) / 8, at + 4);
  return undefined;
}

/** @param {Step} step @param {number} implicit the addend that stands at the place itself */
function addressOf({ layout, relocation }, implicit) {
  const { symbol, addend } = relocation;
  const target = layout.placed.get(symbol.section);
  if (!target) throw new LinkFault(`${symbol.name} is used as data and is not here`);
  const offset = BigInt(target.at + symbol.value + (addend ?? implicit));
  return target.isCode ? CODE_ADDRESS + offset : offset;
}

/** Instructions of 32 bits and atomic ones mean something else to Solana, or nothing. @param {Buffer} code */
function refuseForeignInstructions(code) {
  for (let at = 0; at < code.length; at += code[at] === LOAD_WIDE ? 16 : 8) {
    const opcode = code[at] ?? 0;
    const byteSwap = opcode === 0xd4 || opcode === 0xdc;
    const kind = opcode & 7;
    const atomic = opcode === 0xdb || opcode === 0xc3;
    if (kind === 6 || atomic || (kind === 4 && !byteSwap))
      throw new LinkFault(`instruction 0x${opcode.toString(16)} at ${at} is not of the version that Solana runs`);
  }
}
