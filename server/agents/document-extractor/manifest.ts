import { declareAgent } from "@/sdk/agent";

const text = { type: "string" };
const count = { type: "integer", minimum: 0 };

export const documentExtractorManifest = declareAgent({
  agent: "studio/document-extractor@1.0.0",
  title: "Document extractor",
  description:
    "Reads a PDF, Word document, HTML, Markdown or text: headings, paragraphs, lists and tables in reading order. Pictures of text are not read.",
  capabilities: ["pdf", "docx", "html", "tables", "text"],
  effect: "keyed",
  price: { currency: "microcredits", amount: "500000" },
  deadlineMs: 60_000,
  sends: ["The whole document, to this agent on the studio's own machine"],
  input: {
    type: "object",
    properties: {
      file: {
        ...text,
        title: "File",
        description: "A PDF, DOCX, HTML, Markdown or text file as base64.",
        contentEncoding: "base64",
        "x-studio-type": "file",
        maxLength: 10_000_000,
      },
      text: {
        ...text,
        title: "Text",
        description: "HTML, Markdown or plain text as it is, in place of a file.",
        maxLength: 10_000_000,
      },
      name: { ...text, title: "File name", description: "Its ending says what the file is." },
      mediaType: { ...text, title: "Media type", description: "As application/pdf or text/markdown." },
      pages: { ...text, title: "Pages", description: 'Of a PDF, as "1-3, 7". All when left out.' },
    },
    additionalProperties: false,
  },
  output: {
    type: "object",
    properties: {
      title: { ...text, title: "Title" },
      format: { ...text, title: "Format", enum: ["pdf", "docx", "html", "markdown", "text"] },
      text: { ...text, title: "Text", description: "Everything it says, with an empty line between two blocks." },
      documents: {
        type: "array",
        title: "Sections",
        description: "The same text from heading to heading, as an agent takes it that answers questions.",
        items: {
          type: "object",
          properties: { title: text, text },
          required: ["title", "text"],
          additionalProperties: false,
        },
      },
      blocks: {
        type: "array",
        title: "Blocks",
        items: {
          type: "object",
          properties: {
            kind: { ...text, enum: ["heading", "paragraph", "list", "table"] },
            text,
            page: { type: "integer", minimum: 1 },
            level: { type: "integer", minimum: 1, maximum: 6 },
            items: { type: "array", items: text },
            rows: { type: "array", items: { type: "array", items: text } },
          },
          required: ["kind", "text"],
          additionalProperties: false,
        },
      },
      counts: {
        type: "object",
        title: "Counts",
        properties: {
          pages: { ...count, description: "0 where the format has none." },
          words: count,
          headings: count,
          paragraphs: count,
          lists: count,
          tables: count,
        },
        required: ["pages", "words", "headings", "paragraphs", "lists", "tables"],
        additionalProperties: false,
      },
    },
    required: ["title", "format", "text", "documents", "blocks", "counts"],
    additionalProperties: false,
  },
});
