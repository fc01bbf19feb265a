import { z } from "zod";
import { Digest } from "../basics/ids";

/** A tool of an MCP server. `declares` is the digest of its schemas as they were: a tool that declares others by now is not called. */
export const McpTool = z.strictObject({ kind: z.literal("mcp"), tool: z.string().min(1).max(200), declares: Digest });
export type McpTool = z.infer<typeof McpTool>;

/** Where an input of an operation goes. What is `in` the body is a property of it, or all of it when `name` is empty. */
const OperationInput = z.strictObject({
  port: z.string().min(1).max(100),
  name: z.string().max(100),
  in: z.enum(["path", "query", "header", "body"]),
});

/** One operation of an API that an OpenAPI document describes. `path` has its parameters in braces. */
export const OpenApiOperation = z.strictObject({
  kind: z.literal("openapi"),
  method: z.enum(["get", "post", "put", "patch", "delete"]),
  path: z.string().min(1).max(500).startsWith("/"),
  inputs: z.array(OperationInput).max(200),
});
export type OpenApiOperation = z.infer<typeof OpenApiOperation>;

/** How an agent is called that does not speak the studio's own HTTP contract. */
export const Protocol = z.discriminatedUnion("kind", [McpTool, OpenApiOperation]);
export type Protocol = z.infer<typeof Protocol>;
