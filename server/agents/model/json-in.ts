/** The JSON that a model answered, with or without a fence of Markdown around it; null when there is none. */
export function jsonIn(text: string): unknown {
  const bare = text
    .trim()
    .replace(/^```(?:json)?\s*\n?/i, "")
    .replace(/\n?```$/, "");
  try {
    return JSON.parse(bare);
  } catch {
    return null; // fits no schema
  }
}
