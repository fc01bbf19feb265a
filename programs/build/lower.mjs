// LLVM's BPF backend knows neither the system calls of Solana nor division with a sign. Both are put in as text,
// between the optimiser and the code generator.

const INLINE_BYTES = 64; // the backend copies up to so many bytes by itself

const COPY =
  /^(.*call void )@llvm\.(memcpy|memmove|memset)\.p0(?:\.p0)?\.i64(\(.*), i64 (?:\w+ )*(%?[\w.$-]+), i1 (?:false|true)\)(.*)$/gm;
const DIVISION = /^(\s*)(%[\w.$-]+) = (sdiv|srem)(?: exact)? i(8|16|32|64) ([^,]+), ([^,\n]+)(.*)$/gm;

/** @type {Record<string, string>} */
const DECLARED = {
  memcpy: "declare void @sol_memcpy_(ptr, ptr, i64)",
  memmove: "declare void @sol_memmove_(ptr, ptr, i64)",
  memset: "declare void @sol_memset_(ptr, i8, i64)",
};

/**
 * @param {string} module LLVM's intermediate language, as text
 * @returns {string}
 */
export const lower = (module) => lowerDivisions(lowerCopies(module));

/** @param {string} module */
function lowerCopies(module) {
  /** @type {Set<string>} */
  const used = new Set();
  const lowered = module.replace(COPY, (...match) => {
    const [whole = "", call, kind = "", args, length = "", rest = ""] = match.map(String);
    if (/^\d+$/.test(length) && Number(length) <= INLINE_BYTES) return whole;
    used.add(kind);
    return `${call}@sol_${kind}_${args}, i64 ${length})${rest.replace(/ #\d+/, "")}`;
  });
  const missing = [...used].filter((kind) => !lowered.includes(`declare void @sol_${kind}_(`));
  return [lowered, ...missing.map((kind) => `${DECLARED[kind]}\n`)].join("\n");
}

/** @param {string} module */
function lowerDivisions(module) {
  /** @type {Set<string>} */
  const used = new Set();
  let count = 0;
  const lowered = module.replace(DIVISION, (...match) => {
    const [, indent, result, kind = "", width, left, right] = match.map(String);
    used.add(kind);
    count += 1;
    if (width === "64") return `${indent}${result} = call i64 @signed_${kind}(i64 ${left}, i64 ${right})`;
    const name = `%signed${count}`;
    return [
      `${name}.left = sext i${width} ${left} to i64`,
      `${name}.right = sext i${width} ${right} to i64`,
      `${name}.wide = call i64 @signed_${kind}(i64 ${name}.left, i64 ${name}.right)`,
      `${result} = trunc i64 ${name}.wide to i${width}`,
    ]
      .map((line) => `${indent}${line}`)
      .join("\n");
  });
  return [lowered, ...[...used].map(signedDivision)].join("\n");
}

/** By the magnitudes; a quotient is negative when the signs differ, a remainder has the sign of what is divided. @param {string} kind */
function signedDivision(kind) {
  const [operation, sign] = kind === "sdiv" ? ["udiv", "xor i64 %as, %bs"] : ["urem", "or i64 %as, 0"];
  return `
define internal i64 @signed_${kind}(i64 %a, i64 %b) noinline {
  %as = ashr i64 %a, 63
  %ax = xor i64 %a, %as
  %am = sub i64 %ax, %as
  %bs = ashr i64 %b, 63
  %bx = xor i64 %b, %bs
  %bm = sub i64 %bx, %bs
  %q = ${operation} i64 %am, %bm
  %s = ${sign}
  %qx = xor i64 %q, %s
  %r = sub i64 %qx, %s
  ret i64 %r
}
`;
}
