/** Whether two values say the same as JSON, whatever the order of their fields. A field that is undefined is not there. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, at) => sameJson(each, b[at]))
    );
  const [left, right] = [fieldsOf(a), fieldsOf(b)];
  return (
    left.length === right.length &&
    left.every(([name, value]) => Object.hasOwn(b, name) && sameJson(value, at(b, name)))
  );
}

const fieldsOf = (value: object) => Object.entries(value).filter(([, field]) => field !== undefined);
const at = (value: object, name: string) => (value as Record<string, unknown>)[name];
