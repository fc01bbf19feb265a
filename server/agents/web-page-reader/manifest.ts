import { declareAgent } from "@/sdk/agent";

const text = { type: "string" };

export const webPageReaderManifest = declareAgent({
  agent: "studio/web-page-reader@1.0.0",
  title: "Web page reader",
  description:
    "Reads the article of a web page: title, author, day, language, text, headings and links. Runs no script; only addresses on the open internet.",
  capabilities: ["web", "html", "article"],
  effect: "safe",
  price: { currency: "microcredits", amount: "300000" },
  deadlineMs: 90_000,
  sends: [
    "The page's address, to the web site that it names",
    "HTML that is given, to this agent on the studio's own machine",
  ],
  input: {
    type: "object",
    properties: {
      address: { ...text, title: "Address", description: "As https://example.org/page." },
      html: {
        ...text,
        title: "HTML",
        description: "In place of fetching it. The address then says where its links lead from.",
        contentMediaType: "text/html",
        maxLength: 10_000_000,
      },
    },
    additionalProperties: false,
  },
  output: {
    type: "object",
    properties: {
      title: { ...text, title: "Title" },
      text: { ...text, title: "Text" },
      byline: { ...text, title: "Author", description: "Empty when the page does not say." },
      published: { ...text, title: "Published", description: "Empty when the page does not say." },
      language: { ...text, title: "Language", description: "Empty when the page does not say." },
      site: { ...text, title: "Site" },
      address: { ...text, title: "Address", description: "Where it was found in the end." },
      article: {
        type: "boolean",
        title: "Article",
        description: "False: no article was found, and all of the page is given.",
      },
      headings: {
        type: "array",
        title: "Headings",
        items: {
          type: "object",
          properties: { level: { type: "integer", minimum: 1, maximum: 6 }, text },
          required: ["level", "text"],
          additionalProperties: false,
        },
      },
      links: {
        type: "array",
        title: "Links",
        items: {
          type: "object",
          properties: { text, address: text },
          required: ["text", "address"],
          additionalProperties: false,
        },
      },
      documents: {
        type: "array",
        title: "As a document",
        description: "As an agent takes it that answers questions.",
        items: {
          type: "object",
          properties: { title: text, text },
          required: ["title", "text"],
          additionalProperties: false,
        },
      },
    },
    required: [
      "title",
      "text",
      "byline",
      "published",
      "language",
      "site",
      "address",
      "article",
      "headings",
      "links",
      "documents",
    ],
    additionalProperties: false,
  },
});
