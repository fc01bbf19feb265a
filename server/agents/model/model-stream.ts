import { z } from "zod";

const Chunk = z.object({
  choices: z.array(
    z.object({
      delta: z.object({ content: z.string().nullish() }).optional(),
      finish_reason: z.string().nullish(),
    }),
  ),
});

/**
 * Puts a model's answer together as it is written, piece by piece, and passes each piece on. Null when it breaks off
 * before the model says that it has finished, or is none.
 */
export function modelStream(hear: (piece: string) => void) {
  const decoder = new TextDecoder();
  let [line, text, isFinished, isBroken] = ["", "", false, false];

  function read(event: string): void {
    const data = /^data:\s*(.*)$/.exec(event)?.[1]?.trim();
    if (!data) return; // a comment, or the empty line between events
    if (data === "[DONE]") isFinished = true;
    else readChunk(data);
  }

  function readChunk(data: string): void {
    const [choice] = Chunk.safeParse(parsed(data)).data?.choices ?? [];
    if (!choice && !parsed(data)) isBroken = true;
    if (choice?.finish_reason) isFinished = true;
    const piece = choice?.delta?.content ?? "";
    if (piece === "") return;
    text += piece;
    hear(piece);
  }

  return {
    take(bytes: Uint8Array): void {
      const lines = (line + decoder.decode(bytes, { stream: true })).split("\n");
      line = lines.pop() ?? "";
      for (const each of lines) read(each.trimEnd());
    },
    end: () => (isFinished && !isBroken ? text : null),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // fits no schema
  }
}
