const NAMES: Readonly<Record<string, string>> = {
  dyn: "anything",
  null: "null",
  map: "map",
  list: "list",
  "google.protobuf.Timestamp": "timestamp",
  "google.protobuf.Duration": "duration",
};

/** A type by CEL's name, for people: `list<studio.order.line>` is "list of object". */
export function typeWords(type: string): string {
  const named = Object.hasOwn(NAMES, type) ? NAMES[type] : undefined;
  if (named !== undefined) return named;
  if (type.startsWith("studio.")) return "object";
  const [, item] = /^list<(.*)>$/.exec(type) ?? [];
  if (item !== undefined) return item === "dyn" ? "list" : `list of ${typeWords(item)}`;
  const [, value] = /^map<\w+, (.*)>$/.exec(type) ?? [];
  if (value !== undefined) return value === "dyn" ? "map" : `map of ${typeWords(value)}`;
  return type;
}
