const LONGEST_TEXT = 240;
const LONGEST_LIST = 20;

/** Indented JSON; big integers as their digits. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? part.toString() : part), 2) ?? "null";
}

/** The same value with long texts and lists cut, each saying how much is missing. */
export function shortened(value: unknown): unknown {
  if (typeof value === "string") return shortText(value);
  if (Array.isArray(value)) {
    const kept = value.slice(0, LONGEST_LIST).map(shortened);
    return value.length > LONGEST_LIST ? [...kept, `… ${value.length - LONGEST_LIST} more`] : kept;
  }
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shortened(part)]));
  return value;
}

function shortText(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  return `${text.slice(0, LONGEST_TEXT)}… ${text.length - LONGEST_TEXT} more characters`;
}
