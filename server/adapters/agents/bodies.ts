import { z } from "zod";
import { Report } from "@/flows/ports/progress";
import { lineReader } from "./lines";

/** What an answer came to as it was read. `said` is JSON, undefined for what is not. */
export type Read =
  | { became: "answered"; status: number; said: unknown }
  | { became: "malformed"; problem: string }
  | { became: "lost"; reason: string };

/** Reads a body as it comes. `take` says what is wrong with it as soon as it is. */
export type Body = { take(chunk: Buffer): Read | null; end(): Read };

type Head = { status: number; contentType: string };

const LONGEST_LINE = 64 * 1024;
const MOST_LINES = 100_000; // reading one takes time, too, which others are waiting for

/** How an answer is to be read: line by line when the agent says so, else as one JSON value. */
export function bodyOf({ status, contentType }: Head, hear: (report: Report) => void): Body {
  return status === 200 && isType(contentType, "application/x-ndjson")
    ? streamedBody(hear)
    : wholeBody({ status, contentType });
}

function wholeBody({ status, contentType }: Head): Body {
  const chunks: Buffer[] = [];
  return {
    take(chunk) {
      chunks.push(chunk);
      return null;
    },
    end() {
      const said = isType(contentType, "application/json") ? parse(Buffer.concat(chunks).toString("utf8")) : undefined;
      return { became: "answered", status, said };
    },
  };
}

const Last = z.strictObject({ status: z.number().int().min(200).max(599), answer: z.unknown() });
const Line = z.union([Report, Last]);

/**
 * Lines of what the agent says while it works, and exactly one last line with its answer and the status that it would
 * have had by itself. Nothing else counts: a stream that ends without one is a lost answer, whatever was said. [P7]
 */
function streamedBody(hear: (report: Report) => void): Body {
  const lines = lineReader();
  let last: z.infer<typeof Last> | null = null;
  let count = 0;

  function read(line: string): Read | null {
    if (line === "" || line.trim() === "") return null; // keeps the connection awake
    if (last) return malformed("there is more behind the answer");
    const { data, success } = Line.safeParse(parse(line));
    if (!success) return malformed(`a line is none of progress, delta and answer: ${line.slice(0, 80)}`);
    if ("status" in data) last = data;
    else if (Buffer.byteLength(line) > LONGEST_LINE) return malformed(`a line has more than ${LONGEST_LINE} bytes`);
    else hear(data);
    return null;
  }

  return {
    take(chunk) {
      const whole = lines.take(chunk);
      count += whole.length;
      if (count > MOST_LINES) return malformed(`it has more than ${MOST_LINES} lines`);
      for (const line of whole) {
        const fault = read(line);
        if (fault) return fault;
      }
      return null;
    },
    end() {
      const rest = lines.rest();
      if (rest.trim() !== "" && parse(rest) === undefined)
        return { became: "lost", reason: "the stream was cut short" };
      const fault = read(rest);
      if (fault) return fault;
      if (!last) return { became: "lost", reason: "the stream ended without an answer" };
      return { became: "answered", status: last.status, said: last.answer };
    },
  };
}

function malformed(problem: string): Read {
  return { became: "malformed", problem };
}

function isType(contentType: string, wanted: string): boolean {
  return contentType.split(";", 1)[0]?.trim().toLowerCase() === wanted;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined;
    throw problem;
  }
}
