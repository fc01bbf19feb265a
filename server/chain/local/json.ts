/** What an answer is made of. Whole numbers of any size are written as JSON numbers, as Solana's servers write them. */
export type Wire =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Wire[]
  | { readonly [name: string]: Wire | undefined };

/** JSON without losing a digit: `JSON.stringify` refuses a bigint, and a lamport count may be one. */
export function writeJson(value: Wire): string {
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(writeJson).join(",")}]`;
  const fields = Object.entries(value).flatMap(([name, field]) =>
    field === undefined ? [] : [`${JSON.stringify(name)}:${writeJson(field)}`],
  );
  return `{${fields.join(",")}}`;
}

const isList = (value: Exclude<Wire, string>): value is readonly Wire[] => Array.isArray(value);
