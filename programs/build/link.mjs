import { writeExecutable } from "./executable.mjs";
import { layOut } from "./layout.mjs";
import { readObject } from "./object-file.mjs";
import { relocate } from "./relocate.mjs";

/**
 * Turns one relocatable BPF object into a program for Solana, version 3 of its byte code.
 *
 * @param {Buffer} object
 * @returns {{ file: Buffer; instructions: number; syscalls: string[] }}
 */
export function link(object) {
  const layout = layOut(readObject(object));
  const { code, data, syscalls } = relocate(layout);
  return { file: writeExecutable({ code, data, entry: layout.entry }), instructions: code.length / 8, syscalls };
}
