import { type Definition, defined } from "./definition";
import { EXHAUSTED } from "./meter";
import { formatDuration, formatTimestamp, parseDuration, parseTimestamp, timestamp } from "./time";
import { decodeUtf8, encodeUtf8 } from "./utf8";
import { DURATION, Fault, int, type Outcome, TIMESTAMP, TypeName, typeOf, uint } from "./values";

const SECOND = 1_000_000_000n;
const noNumber = new Fault("argument_invalid", "This text is no such number.");
const tooLarge = new Fault("number_overflow", "This number is too large.");

/** From one type to another. What does not fit is a fault; nothing is rounded but double to whole, towards zero. */
export const conversions: readonly Definition[] = [
  defined("int", { takes: ["int"], gives: "int", doc: "The same whole number." }, ([value]) => value),
  defined("int", { takes: ["uint"], gives: "int", doc: "As a signed whole number." }, ([{ value }]) => int(value)),
  defined("int", { takes: ["double"], gives: "int", doc: "Without what stands after the point." }, ([value]) =>
    // The bounds themselves are no doubles that fit: 2^63 rounds up.
    Math.abs(value) < 2 ** 63 ? int(BigInt(Math.trunc(value))) : tooLarge,
  ),
  defined("int", { takes: ["string"], gives: "int", doc: "Reads a whole number." }, ([text]) =>
    /^[+-]?\d{1,20}$/.test(text) ? int(BigInt(text.replace(/^\+/, ""))) : noNumber,
  ),
  defined("int", { takes: [TIMESTAMP], gives: "int", doc: "Seconds since 1970." }, ([{ nanos }]) =>
    nanos < 0n ? -((-nanos + SECOND - 1n) / SECOND) : nanos / SECOND,
  ),
  defined("uint", { takes: ["uint"], gives: "uint", doc: "The same number." }, ([value]) => value),
  defined("uint", { takes: ["int"], gives: "uint", doc: "As an unsigned whole number." }, ([value]) => uint(value)),
  defined("uint", { takes: ["double"], gives: "uint", doc: "Without what stands after the point." }, ([value]) =>
    value > -1 && value < 2 ** 64 ? uint(BigInt(Math.trunc(value))) : tooLarge,
  ),
  defined("uint", { takes: ["string"], gives: "uint", doc: "Reads an unsigned whole number." }, ([text]) =>
    /^\+?\d{1,20}$/.test(text) ? uint(BigInt(text.replace(/^\+/, ""))) : noNumber,
  ),
  defined("double", { takes: ["double"], gives: "double", doc: "The same number." }, ([value]) => value),
  defined("double", { takes: ["int"], gives: "double", doc: "The nearest double." }, ([value]) => Number(value)),
  defined("double", { takes: ["uint"], gives: "double", doc: "The nearest double." }, ([{ value }]) => Number(value)),
  defined("double", { takes: ["string"], gives: "double", doc: "Reads a number." }, ([text]) => parseDouble(text)),
  defined("string", { takes: ["string"], gives: "string", doc: "The same text." }, ([text]) => text),
  defined("string", { takes: ["bool"], gives: "string", doc: "true or false." }, ([value]) => String(value)),
  defined("string", { takes: ["int"], gives: "string", doc: "The digits." }, ([value]) => String(value)),
  defined("string", { takes: ["uint"], gives: "string", doc: "The digits." }, ([{ value }]) => String(value)),
  defined("string", { takes: ["double"], gives: "string", doc: "The shortest that reads back." }, ([value]) =>
    formatDouble(value),
  ),
  defined("string", { takes: ["bytes"], gives: "string", doc: "Reads UTF-8." }, ([bytes], meter) =>
    meter.spend(bytes.length) ? decodeUtf8(bytes) : EXHAUSTED,
  ),
  defined("string", { takes: [TIMESTAMP], gives: "string", doc: "As in 2026-11-20T09:30:00Z." }, ([value]) =>
    formatTimestamp(value),
  ),
  defined("string", { takes: [DURATION], gives: "string", doc: "Seconds, as in 90.5s." }, ([value]) =>
    formatDuration(value),
  ),
  defined("bytes", { takes: ["bytes"], gives: "bytes", doc: "The same bytes." }, ([value]) => value),
  defined("bytes", { takes: ["string"], gives: "bytes", doc: "The text in UTF-8." }, ([text], meter) =>
    meter.spend(text.length) ? encodeUtf8(text) : EXHAUSTED,
  ),
  defined("bool", { takes: ["bool"], gives: "bool", doc: "The same." }, ([value]) => value),
  defined("bool", { takes: ["string"], gives: "bool", doc: "Reads true or false." }, ([text]) => {
    if (["1", "t", "true", "TRUE", "True"].includes(text)) return true;
    if (["0", "f", "false", "FALSE", "False"].includes(text)) return false;
    return new Fault("argument_invalid", "This text is neither true nor false.");
  }),
  defined("timestamp", { takes: [TIMESTAMP], gives: TIMESTAMP, doc: "The same." }, ([value]) => value),
  defined("timestamp", { takes: ["string"], gives: TIMESTAMP, doc: "Reads 2026-11-20T09:30:00Z." }, ([text]) =>
    parseTimestamp(text),
  ),
  defined("timestamp", { takes: ["int"], gives: TIMESTAMP, doc: "Seconds since 1970." }, ([value]) =>
    timestamp(value * SECOND),
  ),
  defined("duration", { takes: [DURATION], gives: DURATION, doc: "The same." }, ([value]) => value),
  defined("duration", { takes: ["string"], gives: DURATION, doc: "Reads 1h30m or 1.5s." }, ([text]) =>
    parseDuration(text),
  ),
  defined("dyn", { takes: ["dyn"], gives: "dyn", doc: "The value, its type left to the run." }, ([value]) => value),
  defined(
    "type",
    { takes: ["dyn"], gives: "type", doc: "The type of a value." },
    ([value]) => new TypeName(typeOf(value)),
  ),
];

function parseDouble(text: string): Outcome {
  const sign = text.startsWith("-") ? -1 : 1;
  const body = text.replace(/^[+-]/, "").toLowerCase();
  if (body === "inf" || body === "infinity") return sign * Number.POSITIVE_INFINITY;
  if (body === "nan") return Number.NaN;
  return text.length <= 400 && /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(body) ? sign * Number(body) : noNumber;
}

export function formatDouble(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  if (value === Number.NEGATIVE_INFINITY) return "-Inf";
  return String(value);
}
