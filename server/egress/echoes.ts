/**
 * Whether an answer says one of these secrets again, anywhere in it: as it is, or as software passes such things on by
 * itself, in base64, in hex or with percent signs. An agent that means to give it away can write it otherwise; it is the
 * one whom the person gave it to.
 */
export function echoes(said: unknown, secrets: readonly string[]): boolean {
  const forms = secrets.flatMap(formsOf);
  return textsIn(said).some((text) => {
    const folded = text.toLowerCase();
    return forms.some((form) => folded.includes(form));
  });
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const written = [secret, encodeURIComponent(secret), bytes.toString("hex"), JSON.stringify(secret).slice(1, -1)];
  // At the beginning of what was encoded, or behind one or two other bytes: the ends that depend on neighbours left out.
  const encoded = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64url");
    return text.slice(before === 0 ? 0 : before + 1, -2);
  });
  return [...written, ...encoded, ...encoded.map((text) => text.replaceAll("-", "+").replaceAll("_", "/"))].map(
    (form) => form.toLowerCase(),
  );
}

/** Every text in a value, names of properties too; level by level, since a hostile depth would exhaust the stack. */
function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  for (let level = [value]; level.length > 0; level = level.flatMap(insideOf))
    texts.push(...level.flatMap((item) => (typeof item === "string" ? [item] : namesOf(item))));
  return texts;
}

function insideOf(item: unknown): unknown[] {
  return typeof item === "object" && item !== null ? Object.values(item) : [];
}

function namesOf(item: unknown): string[] {
  return typeof item === "object" && item !== null && !Array.isArray(item) ? Object.keys(item) : [];
}
