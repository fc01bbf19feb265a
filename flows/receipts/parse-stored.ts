import { z } from "zod";
import { err, ok, type Result } from "../basics/result";
import { fromStored } from "../plan/stored";

/** Reads canonical JSON that came from anywhere: no JSON, or an amount below zero, is a value and not an exception. */
export function parseStored(text: string): Result<unknown, "unreadable"> {
  try {
    return ok(fromStored<unknown>(text));
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof z.ZodError) return err("unreadable");
    throw thrown;
  }
}
