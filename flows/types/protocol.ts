import { z } from "zod";
import { Digest } from "../basics/ids";

/** A tool of an MCP server. `declares` is the digest of its schemas as they were: a tool that declares others by now is not called. */
export const McpTool = z.strictObject({ kind: z.literal("mcp"), tool: z.string().min(1).max(200), declares: Digest });
export type McpTool = z.infer<typeof McpTool>;

/** Where an input goes. What is `in` the body is a property of it, or all of it when `name` is empty. `joined`: a list is
 * one text with commas, and else it is named again for each of its items. */
const OperationInput = z.strictObject({
  port: z.string().min(1).max(100),
  name: z.string().max(100),
  in: z.enum(["path", "query", "header", "body"]),
  joined: z.literal(true).optional(),
});
export type OperationInput = z.infer<typeof OperationInput>;

/**
 * One operation of an API that an OpenAPI document describes. `path` has its parameters in braces. What it gives: the
 * object that it answers with, or whatever it answers as `result`, or its text with the status.
 */
export const OpenApiOperation = z.strictObject({
  kind: z.literal("openapi"),
  method: z.enum(["get", "post", "put", "patch", "delete"]),
  path: z.string().min(1).max(500).startsWith("/"),
  inputs: z.array(OperationInput).max(200),
  gives: z.enum(["object", "result", "text"]),
});
export type OpenApiOperation = z.infer<typeof OpenApiOperation>;

/** A version of somebody's flow, and the plan that it came to when it was published: a call of it is a run of that plan. */
export const PublishedFlow = z.strictObject({
  kind: z.literal("flow"),
  flow: z.string().min(1).max(64),
  version: z.number().int().positive(),
  plan: Digest,
});
export type PublishedFlow = z.infer<typeof PublishedFlow>;

/** How an agent is called that does not speak the studio's own HTTP contract. */
export const Protocol = z.discriminatedUnion("kind", [McpTool, OpenApiOperation, PublishedFlow]);
export type Protocol = z.infer<typeof Protocol>;
