import { declareAgent } from "@/sdk/agent";

const text = { type: "string" };

export const newsAggregatorManifest = declareAgent({
  agent: "studio/news-aggregator@1.0.0",
  title: "News aggregator",
  description:
    "Reads feeds (RSS, Atom, JSON Feed), the newest first and each story once. A source that fails is named beside the others.",
  capabilities: ["news", "rss", "atom", "feeds"],
  effect: "safe",
  price: { currency: "microcredits", amount: "300000" },
  deadlineMs: 120_000,
  sends: [
    "The address of each feed, to the web site that it names",
    "Feeds that are given, to this agent on the studio's own machine",
  ],
  input: {
    type: "object",
    properties: {
      addresses: { type: "array", title: "Addresses of feeds", items: text },
      feeds: {
        type: "array",
        title: "Feeds",
        description: "The text of feeds, in place of fetching them.",
        items: {
          type: "object",
          properties: { name: text, text },
          required: ["name", "text"],
          additionalProperties: false,
        },
      },
      since: {
        ...text,
        title: "Since",
        description: 'A day, as "2024-05-01". What has no day is left out then.',
      },
      most: { type: "integer", title: "Stories at most", minimum: 1, maximum: 200, default: 50 },
    },
    additionalProperties: false,
  },
  output: {
    type: "object",
    properties: {
      items: {
        type: "array",
        title: "Stories",
        items: {
          type: "object",
          properties: {
            ...{ title: text, link: text, summary: text, author: text, source: text },
            published: { ...text, description: "A moment of UTC; empty when the feed does not say." },
            also: { type: "array", description: "Other sources that tell the same.", items: text },
          },
          required: ["title", "link", "summary", "author", "source", "published", "also"],
          additionalProperties: false,
        },
      },
      text: { ...text, title: "As a text", contentMediaType: "text/markdown" },
      documents: {
        type: "array",
        title: "As documents",
        description: "As an agent takes them that answers questions.",
        items: {
          type: "object",
          properties: { title: text, text },
          required: ["title", "text"],
          additionalProperties: false,
        },
      },
      sources: {
        type: "array",
        title: "Sources",
        items: {
          type: "object",
          properties: { source: text, title: text, items: { type: "integer", minimum: 0 } },
          required: ["source", "title", "items"],
          additionalProperties: false,
        },
      },
      faults: {
        type: "array",
        title: "Sources that failed",
        items: {
          type: "object",
          properties: { source: text, code: text, message: text },
          required: ["source", "code", "message"],
          additionalProperties: false,
        },
      },
    },
    required: ["items", "text", "documents", "sources", "faults"],
    additionalProperties: false,
  },
});
