// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { FlowId } from "@/flows/basics/ids";
import type { Deed } from "@/flows/graph/deed";
import { browserJournal } from "./journal";

const flow = FlowId.parse("f1");
const deed: Deed = { id: "deed-0001", name: "Rename", edits: [] };

beforeEach(() => localStorage.clear());

test("one entry that cannot be read hides none of the others", async () => {
  const kept = { flow, tab: "gone", id: deed.id, at: 1, count: 1, deed };
  localStorage.setItem(`studio:deed:${flow}:gone:half`, '{"flow":"');
  localStorage.setItem(`studio:deed:${flow}:gone:null`, "null");
  localStorage.setItem(`studio:deed:${flow}:gone:other`, '{"id":"x","deed":{}}');
  localStorage.setItem(`studio:deed:${flow}:gone:${deed.id}`, JSON.stringify(kept));
  const { deeds } = await browserJournal(flow, async () => null).recover();
  expect(deeds).toEqual([deed]);
});
