import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { err, ok, type Result } from "../flows/basics/result";
import { deeperThan } from "./fingerprint";
import { type Reply, refuse } from "./reply";

const BODY_LIMIT = 10 * 1024 * 1024;
const DRAIN_LIMIT = 5 * BODY_LIMIT;
const DEPTH_LIMIT = 64;

const Work = z.strictObject({ input: z.record(z.string(), z.unknown()), executionId: z.string().min(1).max(200) });
/** What `POST /<name>/execute` carries. */
export type Work = z.infer<typeof Work>;

export async function readWork(request: IncomingMessage): Promise<Result<Work, Reply>> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? "")) {
    return err(
      refuse("content_type_unknown", "Send the body as JSON, with the header Content-Type: application/json."),
    );
  }
  const text = await readText(request);
  if (text === null) return err(refuse("body_too_large", "The body is larger than 10 MB. Send less at once."));
  return parseWork(text);
}

function parseWork(text: string): Result<Work, Reply> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return err(refuse("input_invalid", 'The body is not JSON. Send {"input": {...}, "executionId": "..."}.'));
  }
  if (deeperThan(DEPTH_LIMIT, parsed)) {
    return err(refuse("input_invalid", `The body nests more than ${DEPTH_LIMIT} levels. Send flatter values.`));
  }
  const work = Work.safeParse(parsed);
  if (work.success) return ok(work.data);
  const faults = work.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`).join(". ");
  return err(refuse("input_invalid", `${faults}. Send {"input": {...}, "executionId": "..."} and nothing else.`));
}

/** Null when there is more than the limit. What is over it is read and dropped, so that the caller gets to the answer. */
async function readText(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT) chunks.push(chunk);
      else chunks.length = 0;
      if (size > DRAIN_LIMIT) resolve(null);
    });
    request.on("end", () => resolve(size > BODY_LIMIT ? null : Buffer.concat(chunks).toString("utf8")));
    request.on("error", reject);
  });
}
