import { afterEach, expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import type { ModelCall } from "@/flows/ports/models";
import type { Scripted } from "@/flows/ports/models.contract";
import { compiled, finds, MODEL, manifests, models, researchFlow } from "@/flows/simulator/model-flow.contract";
import { openAccount } from "@/server/adapters/credits/grants";
import { openAiCompatibleModels } from "@/server/adapters/models/openai-compatible";
import { scriptedModel } from "@/server/adapters/models/scripted-model.contract";
import { eachWithRig, expectSound } from "./fresh-rig.contract";
import type { Rig } from "./rig.contract";

let studio: Rig;
eachWithRig((fresh) => {
  studio = fresh;
});
let close: (() => Promise<void>) | null = null;
afterEach(() => close?.());

/** A studio whose model answers over the wire. */
async function withModel(script: (place: number) => Scripted) {
  const server = await scriptedModel((_, place) => script(place));
  close = server.close;
  const owners = ["studio", ...[...manifests.values()].map(({ payee }) => payee)];
  for (const owner of owners) await openAccount(studio.pool, AccountId.parse(owner), "microcredits");
  const [name = "", known = ""] = MODEL.split("/");
  const rates = models.get(MODEL)?.rates;
  if (rates?.read.currency !== "microcredits" || rates.written.currency !== "microcredits") throw new Error("no rates");
  const priced = { name: known, asks: known, input: rates.read.amount, output: rates.written.amount };
  const provider = { name, address: server.address, stream: true, models: [priced] };
  const { ports, performed } = studio.portsWith(finds);
  await studio.drive({ ...ports, models: openAiCompatibleModels({ providers: [provider], keys: {} }) });
  return { performed, heard: server.heard };
}

const asks = (...calls: readonly [tool: string, query: string][]): Scripted => ({
  answers: {
    text: "",
    calls: calls.map(([tool, query], place): ModelCall => ({ id: `c${place}`, tool, input: { query } })),
    cut: false,
    tokens: { input: 100, output: 20 },
  },
});
const says = (text: string): Scripted => ({
  answers: { text, calls: [], cut: false, tokens: { input: 50, output: 50 } },
});

test("a research with two tools under a cap of 5 credits stops at the cap in the middle of a turn, with a clear result", async () => {
  const { performed } = await withModel(() => asks(["reader", "tides"], ["search", "moon"], ["reader", "ebb"]));
  const { plan } = compiled(researchFlow({}, { stopped: true }));
  const run = await studio.start(plan, undefined, { given: { topic: "tides" } });
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "3000120" });
  const { moves, state } = await expectSound(studio, run);
  expect(performed()).toHaveLength(2);
  expect(moves).toMatchObject({ "ask.turn@0.0/capture": 1, reserve: 1, release: 1 });
  expect(state?.ending).toMatchObject({
    result: "succeeded",
    results: {
      stopped: {
        value: {
          code: "cap_reached",
          reason: "The cap of ask.cap has 1.99988 credits left, and this may cost 2.00 credits.",
        },
      },
    },
  });
});

test("a model that calls both its tools and answers: each is paid once, and the receipts prove it", async () => {
  const { heard } = await withModel((place) =>
    place === 0 ? asks(["reader", "tides"], ["search", "moon"]) : says("Twice a day."),
  );
  const { plan } = compiled(researchFlow());
  const run = await studio.start(plan, undefined, { given: { topic: "tides" } });
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "3000220" });
  const { verdict } = await expectSound(studio, run);
  expect(verdict.receipts).toBeGreaterThan(8);
  expect(heard[1]?.body.messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "tool", "tool"]);
});
