import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/sdk/types.js";
import type { Json } from "@/flows/basics/json";
import { err, ok, type Result } from "@/flows/basics/result";
import { unreachable } from "@/flows/basics/unreachable";
import { measure } from "@/flows/types/measure";

const LIMITS = { values: 1_000_000, depth: 64, characters: 50_000_000 };
const LONGEST_WORDS = 500;

/**
 * What a tool's answer is as the output of an agent: the structured content of a tool that declares what it gives, and
 * else its blocks, as `contentSchema` says, with all that is text among them as one text. A tool that calls its own answer
 * an error refused the work.
 */
export function outputOf(answer: CallToolResult, isStructured: boolean): Result<Json, string> {
  if (answer.isError) return err(`tool_failed: ${textIn(answer.content).slice(0, LONGEST_WORDS) || "it says no more"}`);
  if (isStructured && !answer.structuredContent) return err("answer_malformed: it has no structured content");
  const output = isStructured
    ? answer.structuredContent
    : { text: textIn(answer.content), content: answer.content.map(plain) };
  return measure(output, LIMITS).ok ? ok(output as Json) : err("answer_malformed: it is no JSON, or nests too deep");
}

function textIn(content: readonly ContentBlock[]): string {
  return content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("\n");
}

/** A block in our own words. What a server says beside them, for whom it is and how it is drawn, is left out. */
function plain(block: ContentBlock): Json {
  switch (block.type) {
    case "text":
      return { type: "text", text: block.text };
    case "image":
    case "audio":
      return { type: block.type, mediaType: block.mimeType, file: block.data };
    case "resource_link": {
      const { uri, name, description, mimeType } = block;
      return { type: "link", uri, name, ...(description ? { description } : {}), ...mediaType(mimeType) };
    }
    case "resource": {
      const { resource } = block;
      const held = "text" in resource ? { text: resource.text } : { file: resource.blob };
      return { type: "resource", uri: resource.uri, ...mediaType(resource.mimeType), ...held };
    }
    default:
      return unreachable(block);
  }
}

function mediaType(mimeType: string | undefined): { mediaType?: string } {
  return mimeType ? { mediaType: mimeType } : {};
}
