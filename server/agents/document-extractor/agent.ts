import { z } from "zod";
import { type Agent, done, type Outcome } from "@/sdk/agent";
import type { Apart, Care } from "../apart/apart";
import { documentExtractorManifest } from "./manifest";

const Input = z.object({
  file: z.string().optional(),
  text: z.string().optional(),
  name: z.string().optional(),
  mediaType: z.string().optional(),
  pages: z.string().optional(),
});

export function documentExtractor({ apart }: { apart: Apart }): Agent {
  return {
    manifest: documentExtractorManifest,
    execute: (input, care) => extract(Input.parse(input), apart, care),
  };
}

async function extract(input: z.infer<typeof Input>, apart: Apart, { signal, tell }: Care): Promise<Outcome> {
  const read = await apart("readDocument", input, { signal, tell });
  if (!read.ok) return read;
  const { format, counts } = read.value;
  return done({ output: read.value, detail: { format, ...counts } });
}
