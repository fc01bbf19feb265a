import { join, resolve } from "node:path";
import { z } from "zod";
import type { ModelAddress } from "./model/ask-model";

export type AgentsEnvironment = {
  port: number;
  answers: string;
  model: ModelAddress | null;
  /** Origins that agents may fetch from although they are not on the open internet. */
  allowedOrigins: readonly string[];
};

const blank = z.literal("").transform(() => undefined); // an empty line in .env means "not set"
const isOrigin = (text: string) =>
  URL.canParse(text) && /^https?:\/\/[a-z0-9.:[\]-]+$/.test(text) && new URL(text).origin === text;
const Origins = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((origin) => origin !== ""))
  .refine((origins) => origins.every(isOrigin), "give exact origins, as http://intranet.example:8080, with commas");

const Environment = z.object({
  AGENTS_URL: z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost)$/ }),
  STUDIO_DATA: z.string().min(1),
  OPENAI_BASE_URL: blank.or(z.url({ protocol: /^https?$/ })).optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_MODEL: z.string().optional(),
  AGENTS_ALLOWED_ORIGINS: Origins.optional(),
});

const MODEL = "gpt-4o-mini";

/** Read once, at start. The problem names each variable that is wrong, and never shows a value: one of them is a key. */
export function readEnvironment(
  variables: Record<string, string | undefined>,
): AgentsEnvironment | { problem: string } {
  const parsed = Environment.safeParse(variables);
  if (!parsed.success) {
    return { problem: parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join(". ") };
  }
  const { AGENTS_URL, STUDIO_DATA, OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_MODEL, AGENTS_ALLOWED_ORIGINS } =
    parsed.data;
  const model = { apiKey: OPENAI_API_KEY || undefined, model: OPENAI_MODEL || MODEL };
  return {
    port: Number(new URL(AGENTS_URL).port || 80),
    answers: join(resolve(STUDIO_DATA), "agents", "answers"),
    model: OPENAI_BASE_URL ? { baseUrl: OPENAI_BASE_URL, ...model } : null,
    allowedOrigins: AGENTS_ALLOWED_ORIGINS ?? [],
  };
}
