import { expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { Manifest } from "@/flows/plan/manifest";
import { isNewer, newestOnly, upgradeOf } from "../studio/agent-versions";
import { manifestChanges } from "./manifest-changes";

const [first] = [...sampleManifests.values()];
if (!first) throw new Error("the samples have an agent");
const version = (agent: string): Manifest => ({ ...first, agent: agent as Manifest["agent"] });

test("versions are compared by their numbers, and only with versions of the same agent", () => {
  expect(isNewer("acme/a@1.10.0", "acme/a@1.9.9")).toBe(true);
  expect(isNewer("acme/a@1.9.9", "acme/a@1.10.0")).toBe(false);
  expect(isNewer("acme/a@2.0.0", "acme/a@2.0.0")).toBe(false);
  expect(isNewer("acme/b@2.0.0", "acme/a@1.0.0")).toBe(false);
  const all = ["acme/a@1.0.0", "acme/a@1.2.0", "acme/b@1.0.0", "acme/a@1.10.0"].map(version);
  expect(newestOnly(all).map(({ agent }) => agent)).toEqual(["acme/b@1.0.0", "acme/a@1.10.0"]);
  expect(upgradeOf(all, "acme/a@1.2.0")?.agent).toBe("acme/a@1.10.0");
  expect(upgradeOf(all, "acme/a@1.10.0")).toBeNull();
  expect(upgradeOf(all, "acme/gone@1.0.0")).toBeNull();
});

test("what a newer version declares otherwise is said in words, money first", () => {
  const before = Manifest.parse({
    ...first,
    price: money("microcredits", 400_000n),
    sends: ["The text."],
    input: { type: "object", properties: { text: { type: "string" }, old: {} }, required: [] },
    output: { type: "object", properties: { summary: { type: "string" } }, required: ["summary"] },
  });
  const after: Manifest = {
    ...before,
    price: { kind: "per_call", price: money("microcredits", 550_000n) },
    payee: AccountId.parse("somebody"),
    sends: ["The text.", "Your name."],
    input: { type: "object", properties: { text: { type: "string" }, tone: {} }, required: ["text", "tone"] },
    output: { type: "object", properties: { summary: { type: "array" } }, required: [] },
    effect: "once",
  };
  expect(manifestChanges(before, before)).toEqual([]);
  expect(manifestChanges(before, after)).toEqual([
    "Price: 0.40 credits a call, now 0.55 credits a call",
    `Paid to: ${before.payee}, now somebody`,
    "Leaves now: Your name.",
    "Input tone is new, and required",
    "Input old is gone",
    "Input text is required now",
    "Output summary takes another form",
    "Output summary is no longer required",
    ...(before.effect === "once" ? [] : ["When its answer is lost: it is asked again, now a person is asked"]),
  ]);
});
