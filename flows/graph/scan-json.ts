import {
  type DocumentFault,
  type DocumentFaultCode,
  documentFault,
  MOST_FAULTS,
  pointerStep,
  quoted,
} from "./document-fault";
import { LARGEST } from "./limits";
import { isForbiddenKey, isStorable } from "./plain-json";

/**
 * A list or an object that the scan is inside of. `keys` are those that an object had so far: a list while they are few,
 * because making a set for each of a hundred thousand small objects is most of the work.
 */
type Open = { keys: string[] | Set<string> | null; key: string; index: number };

const FEW = 12;

type Scan = {
  readonly text: string;
  at: number;
  values: number;
  readonly open: Open[];
  readonly faults: DocumentFault[];
};

/**
 * Goes through a text once, before anything is built from it, and finds what `JSON.parse` would hide or choke on: depth,
 * repeated and forbidden keys, numbers that change when they are read. Reads as JSON what `JSON.parse` does, in time and
 * memory linear in the text. Each function below answers whether the scan can go on. [G6]
 */
export function scanJson(text: string): readonly DocumentFault[] {
  const scan: Scan = { text, at: 0, values: 0, open: [], faults: [] };
  let goesOn = enterValue(scan);
  while (goesOn && scan.open.length > 0) goesOn = scan.faults.length < MOST_FAULTS && nextPart(scan);
  if (goesOn) {
    skipSpace(scan);
    if (scan.at < text.length) notJson(scan);
  }
  return scan.faults;
}

/** Inside a list or an object: what comes next in it, or its end. */
function nextPart(scan: Scan): boolean {
  const inside = scan.open.at(-1) as Open;
  skipSpace(scan);
  if (scan.text[scan.at] === (inside.keys ? "}" : "]")) {
    scan.at += 1;
    scan.open.pop();
    return true;
  }
  if (inside.index >= 0 && !pass(scan, ",")) return false;
  inside.index += 1;
  return (!inside.keys || enterKey(scan, inside)) && enterValue(scan);
}

function enterKey(scan: Scan, inside: Open): boolean {
  skipSpace(scan);
  if (scan.text[scan.at] !== '"') return notJson(scan);
  const key = readText(scan);
  if (key === null) return false;
  inside.key = key;
  if (isForbiddenKey(key)) report(scan, "key_forbidden", `The name ${quoted(key)} is not allowed.`);
  if (!isNewKey(inside, key)) report(scan, "key_repeated", `The name ${quoted(key)} stands here twice.`);
  if (inside.index >= LARGEST.names)
    return stop(scan, "too_large", `The file has an object of more than ${LARGEST.names} names.`);
  skipSpace(scan);
  return pass(scan, ":");
}

/** Notes the key. False: the object had it already. */
function isNewKey(inside: Open, key: string): boolean {
  const { keys } = inside;
  if (keys instanceof Set) return keys.size < keys.add(key).size;
  if (!keys || keys.includes(key)) return false;
  if (keys.push(key) > FEW) inside.keys = new Set(keys);
  return true;
}

function enterValue(scan: Scan): boolean {
  skipSpace(scan);
  scan.values += 1;
  if (scan.values > LARGEST.values)
    return stop(scan, "too_large", `The file holds more than ${LARGEST.values} values.`);
  const first = scan.text[scan.at];
  if (first === "{" || first === "[") return openPart(scan, first);
  if (first === '"') return readText(scan) !== null;
  if (first === "-" || isDigit(scan.text.charCodeAt(scan.at))) return readNumber(scan);
  return readWord(scan);
}

function openPart(scan: Scan, first: "{" | "["): boolean {
  if (scan.open.length >= LARGEST.depth)
    return stop(scan, "too_deep", `The file has more than ${LARGEST.depth} levels inside one another.`);
  scan.at += 1;
  scan.open.push({ keys: first === "{" ? [] : null, key: "", index: -1 });
  return true;
}

function readWord(scan: Scan): boolean {
  const word = ["true", "false", "null"].find((each) => scan.text.startsWith(each, scan.at));
  if (!word) return notJson(scan);
  scan.at += word.length;
  return true;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function readNumber(scan: Scan): boolean {
  NUMBER.lastIndex = scan.at;
  const [digits] = NUMBER.exec(scan.text) ?? [];
  if (digits === undefined) return notJson(scan);
  scan.at += digits.length;
  if (!isKept(digits))
    report(scan, "number_out_of_range", `The number ${quoted(digits).slice(1, -1)} cannot be kept exactly.`);
  return true;
}

/**
 * Whether a number is still the same once it is read. One that this studio wrote always is, however large. A zero below
 * zero is none: it would be written as 0, and what divides by it would come to something else.
 */
function isKept(digits: string): boolean {
  const value = Number(digits);
  if (Object.is(value, -0)) return false;
  const isWhole = !/[.eE]/.test(digits);
  return Number.isFinite(value) && (!isWhole || Number.isSafeInteger(value) || String(value) === digits);
}

/** Reads a text from its opening quote to behind its closing one. Null: the scan cannot go on. */
function readText(scan: Scan): string | null {
  const { text } = scan;
  const start = scan.at;
  let isPlain = true;
  for (scan.at += 1; ; scan.at += 1) {
    const code = text.charCodeAt(scan.at);
    if (code === QUOTE) break;
    const isEscape = code === BACKSLASH;
    // Behind the end the code is NaN, which is not 0x20 or more either.
    if (!(code >= 0x20) || (isEscape && !skipEscape(scan))) {
      notJson(scan);
      return null;
    }
    isPlain &&= !isEscape;
  }
  scan.at += 1;
  const said = isPlain ? text.slice(start + 1, scan.at - 1) : String(JSON.parse(text.slice(start, scan.at)));
  if (!isStorable(said)) report(scan, "text_unstorable", `${quoted(said)} has a character that cannot be stored.`);
  return said;
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Leaves the scan on the last character of the escape. */
function skipEscape(scan: Scan): boolean {
  ESCAPE.lastIndex = scan.at;
  const isEscape = ESCAPE.test(scan.text);
  if (isEscape) scan.at = ESCAPE.lastIndex - 1;
  return isEscape;
}

function skipSpace(scan: Scan): void {
  while (isSpace(scan.text.charCodeAt(scan.at))) scan.at += 1;
}

function pass(scan: Scan, mark: "," | ":"): boolean {
  if (scan.text[scan.at] !== mark) return notJson(scan);
  scan.at += 1;
  return true;
}

function report(scan: Scan, code: DocumentFaultCode, message: string): void {
  const at = scan.open.map(({ keys, key, index }) => pointerStep(keys ? key : Math.max(index, 0))).join("");
  scan.faults.push(documentFault(code, at, message));
}

function stop(scan: Scan, code: DocumentFaultCode, message: string): false {
  scan.faults.push(documentFault(code, "", message));
  return false;
}

/** Says the place in lines and columns, both from 1, as editors count. */
function notJson(scan: Scan): false {
  const { text, at } = scan;
  let line = 1;
  for (let end = text.indexOf("\n"); end >= 0 && end < at; end = text.indexOf("\n", end + 1)) line += 1;
  const column = at - (at === 0 ? -1 : text.lastIndexOf("\n", at - 1));
  const found = at < text.length ? `${quoted(text.slice(at, at + 1))} cannot stand there` : "the file ends there";
  return stop(scan, "not_json", `This is not JSON at line ${line}, column ${column}: ${found}.`);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
