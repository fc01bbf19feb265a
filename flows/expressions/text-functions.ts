import { type Definition, defined, method } from "./definition";
import { EXHAUSTED, type Meter } from "./meter";
import { matches } from "./pattern";
import { Fault, List, type Outcome } from "./values";

const found = { takes: ["string", "string"], gives: "bool" } as const;
const outside = new Fault("argument_invalid", "This place lies outside the text.");

/** Everything about texts. Places count code points, as CEL does, so that no character is cut in half. */
export const textFunctions: readonly Definition[] = [
  method("contains", { ...found, doc: "Whether the text has this part." }, ([text, part], meter) =>
    searchPaid(text, part, meter) ? text.includes(part) : EXHAUSTED,
  ),
  method("startsWith", { ...found, doc: "Whether the text begins so." }, ([text, part]) => text.startsWith(part)),
  method("endsWith", { ...found, doc: "Whether the text ends so." }, ([text, part]) => text.endsWith(part)),
  method("matches", { ...found, doc: "Whether an RE2 pattern is found in the text." }, ([text, pattern], meter) =>
    matches(text, pattern, meter),
  ),
  defined("matches", { ...found, doc: "Whether an RE2 pattern is found in the text." }, ([text, pattern], meter) =>
    matches(text, pattern, meter),
  ),
  method("lowerAscii", { takes: ["string"], gives: "string", doc: "A to Z in small letters." }, ([text]) =>
    text.replace(/[A-Z]+/g, (part) => part.toLowerCase()),
  ),
  method("upperAscii", { takes: ["string"], gives: "string", doc: "a to z in capitals." }, ([text]) =>
    text.replace(/[a-z]+/g, (part) => part.toUpperCase()),
  ),
  method("trim", { takes: ["string"], gives: "string", doc: "Without white space at both ends." }, ([text]) =>
    text.trim(),
  ),
  method("charAt", { takes: ["string", "int"], gives: "string", doc: "The character at a place." }, (values, meter) =>
    cut([values[0], values[1], values[1] + 1n], meter, "end_allowed"),
  ),
  method("substring", { takes: ["string", "int"], gives: "string", doc: "From a place to the end." }, (values, meter) =>
    cut([values[0], values[1], null], meter),
  ),
  method(
    "substring",
    { takes: ["string", "int", "int"], gives: "string", doc: "From a place up to, not with, another." },
    (values, meter) => cut(values, meter),
  ),
  method(
    "indexOf",
    { takes: ["string", "string"], gives: "int", doc: "Where a part is first found, or -1." },
    ([text, part], meter) => {
      if (!(searchPaid(text, part, meter) && meter.spend(text.length))) return EXHAUSTED;
      const place = text.indexOf(part);
      return BigInt(place === -1 ? -1 : [...text.slice(0, place)].length);
    },
  ),
  method(
    "lastIndexOf",
    { takes: ["string", "string"], gives: "int", doc: "Where a part is last found, or -1." },
    ([text, part], meter) => {
      if (!(searchPaid(text, part, meter) && meter.spend(text.length))) return EXHAUSTED;
      const place = text.lastIndexOf(part);
      return BigInt(place === -1 ? -1 : [...text.slice(0, place)].length);
    },
  ),
  method(
    "replace",
    { takes: ["string", "string", "string"], gives: "string", doc: "Every such part replaced by another." },
    ([text, part, by], meter) => {
      if (!(searchPaid(text, part, meter) && meter.spend(text.length))) return EXHAUSTED;
      const pieces = part === "" ? ["", ...text, ""] : text.split(part);
      return meter.read(text.length + pieces.length * by.length) ? pieces.join(by) : EXHAUSTED;
    },
  ),
  method(
    "split",
    { takes: ["string", "string"], gives: "list<string>", doc: "The pieces between separators." },
    ([text, by], meter) => {
      if (!(searchPaid(text, by, meter) && meter.spend(text.length))) return EXHAUSTED;
      return List.of(by === "" ? [...text] : text.split(by));
    },
  ),
  method("join", { takes: ["list"], gives: "string", doc: "The texts of a list in one." }, ([list], meter) =>
    joined(list, "", meter),
  ),
  method(
    "join",
    { takes: ["list", "string"], gives: "string", doc: "The texts of a list in one, with this between them." },
    ([list, by], meter) => joined(list, by, meter),
  ),
];

// What the engine's own search may cost at worst: it looks back at most 250 characters of the part.
function searchPaid(text: string, part: string, meter: Meter): boolean {
  return meter.read(text.length * (1 + (Math.min(part.length, 250) >>> 3)));
}

function cut(
  [text, from, to]: readonly [string, bigint, bigint | null],
  meter: Meter,
  rule: "inside" | "end_allowed" = "inside",
): Outcome {
  if (!meter.spend(text.length)) return EXHAUSTED;
  const points = [...text];
  const last = BigInt(points.length);
  if (rule === "end_allowed" && from === last) return "";
  const end = to ?? last;
  if (from < 0n || from > last || end < from || end > last) return outside;
  return points.slice(Number(from), Number(end)).join("");
}

function joined(list: List, by: string, meter: Meter): Outcome {
  let text = "";
  for (let place = 0; place < list.size; place++) {
    const item = list.at(place);
    if (typeof item !== "string") return new Fault("overload_missing", "Only texts can be joined.");
    if (!meter.read(item.length + by.length)) return EXHAUSTED;
    text += place === 0 ? item : by + item;
  }
  return text;
}
