import { expect, test } from "vitest";
import { link } from "./link.mjs";
import { call, code, data, exit, instruction, loadWide, objectOf } from "./object.contract";
import { isSyscall, syscallNumber } from "./syscalls.mjs";

const entry = { name: "entrypoint", part: 0 };
const segments = (file: Buffer) =>
  [64, 120].map((at) => {
    const [start, size] = [Number(file.readBigUInt64LE(at + 8)), Number(file.readBigUInt64LE(at + 32))];
    return { address: file.readBigUInt64LE(at + 16), bytes: file.subarray(start, start + size) };
  });
const codeOf = (file: Buffer) => segments(file)[1]?.bytes ?? Buffer.alloc(0);

test("a program that only ends becomes a file of version 3 with its entry at the start of the code", () => {
  const { file, instructions } = link(objectOf([code(".text.entrypoint", exit)], [entry]));
  expect(instructions).toBe(1);
  expect(file.readUInt32LE(48)).toBe(3);
  expect(file.readBigUInt64LE(24)).toBe(1n << 32n);
  expect(segments(file).map(({ address }) => address)).toEqual([0n, 1n << 32n]);
  expect(codeOf(file)).toEqual(exit);
});

test("what the entry cannot reach is left out, and the entry stands first", () => {
  const unused = code(".text.unused", Buffer.concat([exit, exit]));
  const { file, instructions } = link(
    objectOf([unused, code(".text.entrypoint", exit)], [{ name: "entrypoint", part: 1 }]),
  );
  expect(instructions).toBe(1);
  expect(codeOf(file)).toEqual(exit);
});

test("a call inside the program is counted from the instruction behind it", () => {
  const parts = [code(".text.entrypoint", Buffer.concat([call(), exit])), code(".text.other", exit)];
  const { file } = link(
    objectOf(parts, [entry, { name: "other", part: 1 }], [{ part: 0, at: 0, type: 10, symbol: 1 }]),
  );
  expect(codeOf(file).readInt32LE(4)).toBe(1);
  expect(codeOf(file)[1]).toBe(0x10);
});

test("a system call becomes the number of its name; a trap ends the program", () => {
  const parts = [code(".text.entrypoint", Buffer.concat([call(), call(), exit]))];
  const names = [entry, { name: "sol_log_" }, { name: "__bpf_trap" }];
  const fixups = [
    { part: 0, at: 0, type: 10, symbol: 1 },
    { part: 0, at: 8, type: 10, symbol: 2 },
  ];
  const { file, syscalls } = link(objectOf(parts, names, fixups));
  expect(syscalls).toEqual(["abort", "sol_log_"]);
  expect(codeOf(file).readInt32LE(4)).toBe(syscallNumber("sol_log_"));
  expect(codeOf(file)[1]).toBe(0);
});

test("numbers of system calls are those that Solana's virtual machine knows", () => {
  // From the tables of the virtual machine: solana-sbpf, ebpf.rs, hash_symbol_name.
  expect(syscallNumber("abort") >>> 0).toBe(0xb6fc1a11);
  expect(syscallNumber("sol_log_") >>> 0).toBe(0x207559bd);
  expect(syscallNumber("sol_panic_") >>> 0).toBe(0x686093bb);
});

test("a call of what is neither here nor a system call is refused by name", () => {
  const object = objectOf(
    [code(".text.entrypoint", call())],
    [entry, { name: "sol_lgo_" }],
    [{ part: 0, at: 0, type: 10, symbol: 1 }],
  );
  expect(isSyscall("sol_lgo_")).toBe(false);
  expect(() => link(object)).toThrow("calls sol_lgo_");
});

test("addresses of data count from zero, with sixteen bytes that nothing has; those of code from 2^32", () => {
  const table = data(".data.rel.ro.table", Buffer.alloc(8));
  const parts = [code(".text.entrypoint", Buffer.concat([loadWide, exit])), data(".rodata", Buffer.alloc(8)), table];
  const names = [entry, { name: "text", part: 1, value: 2 }, { name: "table", part: 2 }];
  const fixups = [
    { part: 0, at: 0, type: 1, symbol: 1 },
    { part: 1, at: 0, type: 2, symbol: 2, addend: 0n },
    { part: 2, at: 0, type: 2, symbol: 0, addend: 16n },
  ];
  const [readOnly, run] = segments(link(objectOf(parts, names, fixups)).file);
  expect(run?.bytes.readUInt32LE(4)).toBe(16 + 2);
  expect(run?.bytes.readUInt32LE(12)).toBe(0);
  expect(readOnly?.bytes.readBigUInt64LE(16)).toBe(24n);
  expect(readOnly?.bytes.readBigUInt64LE(24)).toBe((1n << 32n) + 16n);
});

test.each([
  [
    "a variable that can be written",
    { ...data(".data.counter", Buffer.alloc(8)), flags: 3 },
    ".data.counter can be written",
  ],
  ["a variable without a value", { ...data(".bss.counter", Buffer.alloc(8)), type: 8 }, ".bss.counter can be written"],
])("%s is refused", (_, part, said) => {
  const parts = [code(".text.entrypoint", Buffer.concat([loadWide, exit])), part];
  const object = objectOf(parts, [entry, { name: "counter", part: 1 }], [{ part: 0, at: 0, type: 1, symbol: 1 }]);
  expect(() => link(object)).toThrow(said);
});

test.each([
  ["of 32 bits", 0x04],
  ["that jumps by 32 bits", 0x16],
  ["that is atomic", 0xdb],
])("an instruction %s is refused", (_, opcode) => {
  const object = objectOf([code(".text.entrypoint", Buffer.concat([instruction(opcode), exit]))], [entry]);
  expect(() => link(object)).toThrow(`0x${opcode.toString(16)}`);
});

test("an unknown relocation, a missing entry and a foreign file are refused", () => {
  const strange = objectOf([code(".text.entrypoint", exit)], [entry], [{ part: 0, at: 0, type: 99, symbol: 0 }]);
  expect(() => link(strange)).toThrow("relocation 99");
  expect(() => link(objectOf([code(".text.main", exit)], [{ name: "main", part: 0 }]))).toThrow("no entrypoint");
  expect(() => link(Buffer.from("no object at all"))).toThrow("no 64-bit little-endian ELF");
  const wrongMachine = objectOf([code(".text.entrypoint", exit)], [entry]);
  wrongMachine.writeUInt16LE(62, 18);
  expect(() => link(wrongMachine)).toThrow("no relocatable object for BPF");
});
