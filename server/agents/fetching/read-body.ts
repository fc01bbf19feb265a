import type { IncomingMessage } from "node:http";
import type { Transform } from "node:stream";
import { createBrotliDecompress, createGunzip } from "node:zlib";
import { done, type Outcome, refused } from "@/sdk/agent";

const MOST_BYTES = 10 * 1024 * 1024;

/** What all the answers of one call may still hold together, unpacked. */
export type Budget = { left: number };

/** What an answer holds, unpacked. It is counted while it comes: what is over a limit is not read. */
export async function readBody(answer: IncomingMessage, budget?: Budget): Promise<Outcome<Uint8Array>> {
  const packed = (answer.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  const unpack = unpackerOf(packed);
  if (unpack === undefined) {
    answer.destroy();
    return refused(
      "page_unreadable",
      "The page is packed in a way that nobody asked for. Give its HTML in place of the address.",
    );
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of unpack ? answer.on("error", (problem) => unpack.destroy(problem)).pipe(unpack) : answer) {
      size += (chunk as Buffer).length;
      if (size > MOST_BYTES) {
        return refused("page_too_large", "The page is larger than 10 MB. Give the part of its HTML that counts.");
      }
      if (budget) {
        budget.left -= (chunk as Buffer).length;
        if (budget.left < 0) return budgetSpent();
      }
      chunks.push(chunk as Buffer);
    }
  } catch (problem) {
    return {
      ok: false,
      error: {
        code: "page_broken",
        message: `The page breaks off: ${wordsOf(problem)}. Try again later.`,
        class: "transient",
      },
    };
  } finally {
    answer.destroy();
  }
  return done(Buffer.concat(chunks));
}

export function budgetSpent(): Outcome<never> {
  return refused("pages_too_large", "Together with the others it is too large. Ask for fewer addresses at once.");
}

/** Null when nothing is packed; undefined when it cannot be unpacked. */
function unpackerOf(packed: string): Transform | null | undefined {
  switch (packed) {
    case "identity":
      return null;
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "br":
      return createBrotliDecompress();
    default:
      return undefined;
  }
}

function wordsOf(problem: unknown): string {
  return problem instanceof Error ? ((problem as NodeJS.ErrnoException).code ?? problem.name) : "unknown";
}
