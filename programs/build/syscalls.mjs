/**
 * The system calls that a program may make. Version 3 of the byte code is not checked for unknown ones when it is
 * deployed, so this list is the only guard: a misspelt name would fail in the middle of a payment.
 */
const KNOWN = new Set([
  "abort",
  "sol_panic_",
  "sol_log_",
  "sol_log_64_",
  "sol_log_compute_units_",
  "sol_log_pubkey",
  "sol_log_data",
  "sol_create_program_address",
  "sol_try_find_program_address",
  "sol_sha256",
  "sol_keccak256",
  "sol_get_clock_sysvar",
  "sol_get_rent_sysvar",
  "sol_get_sysvar",
  "sol_memcpy_",
  "sol_memmove_",
  "sol_memcmp_",
  "sol_memset_",
  "sol_invoke_signed_c",
  "sol_invoke_signed_rust",
  "sol_set_return_data",
  "sol_get_return_data",
  "sol_get_stack_height",
  "sol_remaining_compute_units",
]);

/** @param {string} name */
export const isSyscall = (name) => KNOWN.has(name);

/** @param {number} word @param {number} by */
const rotate = (word, by) => (word << by) | (word >>> (32 - by));

/** @param {number} hash @param {number} word */
const scramble = (hash, word) => hash ^ Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);

/**
 * The number by which byte code of version 3 calls a system call: MurmurHash3 (32 bit, seed 0) of its name.
 *
 * @param {string} name
 * @returns {number} signed, as an instruction holds it
 */
export function syscallNumber(name) {
  const bytes = Buffer.from(name, "latin1");
  const whole = bytes.length & ~3;
  let hash = 0;
  for (let at = 0; at < whole; at += 4)
    hash = (Math.imul(rotate(scramble(hash, bytes.readInt32LE(at)), 13), 5) + 0xe6546b64) | 0;
  if (whole < bytes.length) hash = scramble(hash, bytes.readIntLE(whole, bytes.length - whole) & 0xffffff);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
