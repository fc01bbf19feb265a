import { z } from "zod";
import { isRecord } from "@/flows/types/json-schema";
import { atPointer } from "@/flows/types/pointer";

/** As much of an OpenAPI document, 3.0 and 3.1, as agents are made of. What else stands in it is nobody's concern here. */
export const OpenApiShape = z.looseObject({
  openapi: z.string().regex(/^3\.[01]\.\d+/, "is a version 3.0 or 3.1"),
  info: z.looseObject({ title: z.string().default("") }),
  servers: z
    .array(z.looseObject({ url: z.string(), variables: z.record(z.string(), z.unknown()).optional() }))
    .optional(),
  paths: z.record(z.string(), z.unknown()).default({}),
});

const Media = z.record(z.string(), z.looseObject({ schema: z.unknown().optional() }));

export const Parameter = z.looseObject({
  name: z.string().min(1).max(100),
  in: z.enum(["path", "query", "header", "cookie"]),
  required: z.boolean().default(false),
  schema: z.unknown().optional(),
  style: z.string().optional(),
  explode: z.boolean().optional(),
});
export type Parameter = z.infer<typeof Parameter>;

export const Body = z.looseObject({ required: z.boolean().default(false), content: Media.default({}) });
export type Body = z.infer<typeof Body>;

const Answer = z.looseObject({ content: Media.optional() });

export const Operation = z.looseObject({
  operationId: z.string().optional(),
  summary: z.string().optional(),
  description: z.string().optional(),
  parameters: z.array(z.unknown()).default([]),
  requestBody: z.unknown().optional(),
  responses: z.record(z.string(), z.unknown()).default({}),
  servers: z.unknown().optional(),
  security: z.array(z.record(z.string(), z.unknown())).optional(),
});
export type Operation = z.infer<typeof Operation>;

/** What a place of the document says, also where it only says in which other place it stands. */
export function said(document: unknown, value: unknown): unknown {
  let found = value;
  for (let steps = 0; steps < 10 && isRecord(found) && typeof found.$ref === "string"; steps++)
    found = atPointer(document, found.$ref);
  return found;
}

/** The schema of what goes as JSON; undefined where nothing does. */
export function jsonSchemaIn(content: z.infer<typeof Media>): unknown {
  const [, media] = Object.entries(content).find(([type]) => /^application\/(.+\+)?json(;|$)/i.test(type)) ?? [];
  return media ? (media.schema ?? {}) : undefined;
}

/** The JSON of the first answer that says that it went well; undefined where none is promised. */
export function answerSchemaOf(document: unknown, responses: Operation["responses"]): unknown {
  const good = Object.keys(responses)
    .filter((status) => /^2(\d\d|XX)$/i.test(status))
    .sort();
  for (const status of good.length > 0 ? good : ["default"]) {
    const answer = Answer.safeParse(said(document, responses[status]));
    const schema = jsonSchemaIn(answer.data?.content ?? {});
    if (schema !== undefined) return schema;
  }
  return undefined;
}
