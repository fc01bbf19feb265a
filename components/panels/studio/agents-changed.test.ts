import { expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { agentsChanged } from "./agents-changed";

const before = [...sampleManifests.values()];
const used = new Set(["studio/summariser@1.0.0", "studio/knowledge-qa@1.0.0"]);

test("regression 27: what changed since a plan was shown is said of the agents that the flow calls, in sentences", () => {
  expect(agentsChanged(used, { before, after: before })).toEqual([]);
  const page = { kind: "metered" as const, unit: "page", price: money("microcredits", 200_000n), maxPerCall: 40 };
  const after = before
    .filter(({ agent }) => agent !== "studio/knowledge-qa@1.0.0")
    .map((manifest) => ({ ...manifest, price: page, payee: AccountId.parse("mallory") }));
  expect(agentsChanged(used, { before, after })).toEqual([
    "Summariser, price: 0.40 credits a call, now 0.20 credits a page, at most 40 pages a call.",
    "Summariser, paid to: studio, now mallory.",
    "Knowledge Q&A cannot be called any more.",
  ]);
});
