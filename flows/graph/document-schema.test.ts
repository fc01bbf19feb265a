import { type Schema, validate } from "@cfworker/json-schema";
import fc from "fast-check";
import { expect, test } from "vitest";
import { documentSchema } from "./document-schema";
import { FlowDocument } from "./graph";
import { brokenDocuments, randomDocuments } from "./random-documents.contract";

const schema = documentSchema();
const fits = (document: unknown) => validate(document, schema as Schema, "2020-12").valid;

test("the published schema is the one that documents are held against (npm run schema writes it)", async () => {
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot("../../public/flow.schema.json");
});

test("the published schema takes every document that the studio draws", () => {
  fc.assert(
    fc.property(randomDocuments, (document) => {
      expect(fits(document)).toBe(true);
    }),
  );
});

test("the published schema and the studio agree about documents in which something is wrong", () => {
  const verdicts = new Set<boolean>();
  fc.assert(
    fc.property(brokenDocuments, (document) => {
      const taken = FlowDocument.safeParse(document).success;
      expect(fits(document)).toBe(taken);
      verdicts.add(taken);
    }),
  );
  expect(verdicts).toEqual(new Set([true, false]));
});
