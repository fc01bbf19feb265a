import { expect, test } from "vitest";
import { assignable } from "@/flows/types/assignable";
import { inProcess } from "./apart/in-process.contract";
import { documentExtractor } from "./document-extractor/agent";
import { imageCaptioner } from "./image-captioner/agent";
import { knowledgeQa } from "./knowledge-qa/agent";
import { languageTranslator } from "./language-translator/agent";
import { newsAggregator } from "./news-aggregator/agent";
import { spreadsheetAnalyst } from "./spreadsheet-analyst/agent";
import { webPageReader } from "./web-page-reader/agent";

const options = { apart: inProcess, fetching: { allowedOrigins: [] }, model: null };
const makers = [documentExtractor, imageCaptioner, knowledgeQa, languageTranslator];
const readers = [newsAggregator, spreadsheetAnalyst, webPageReader];
const manifests = [...makers, ...readers].map((make) => make(options).manifest);
const named = (name: string) => manifests.find(({ agent }) => agent.includes(`/${name}@`));

test.each(manifests)(
  "any text can be wired to $agent: what is too long is refused by the agent itself",
  ({ input }) => {
    for (const [name, property] of Object.entries(input.properties)) {
      if (property.type !== "string" || property.enum) continue;
      expect([name, assignable({ type: "string" }, property).answer]).not.toEqual([name, "no"]);
    }
  },
);

test.each(["document-extractor", "web-page-reader", "news-aggregator"])("the documents of %s fit the Q&A", (name) => {
  const given = named(name)?.output.properties.documents;
  const taken = named("knowledge-qa")?.input.properties.documents;
  expect(assignable(given ?? true, taken ?? false)).toEqual({ answer: "yes" });
});
