import { expect, test } from "vitest";
import { AccountId } from "../basics/ids";
import { FlowDocument } from "../graph/graph";
import type { Question } from "../ports/approvals";
import { toldTurn } from "../run/told-turn";
import { viewOf } from "../run/view";
import {
  compiled,
  expectProved,
  READER,
  researchFlow,
  resultsOf,
  SEARCH,
  script,
  thinking,
} from "./model-flow.contract";
import { plainReply } from "./models";

const call = (tool: string, input: object) => plainReply("", { calls: [{ id: "c1", tool, input: input as never }] });

test("[M4] a branch and an approval understand what a model decided", async () => {
  const asks = researchFlow({ tools: [], maxCalls: 0, actions: ["send", "hold"] });
  const node = (id: string, kind: string, settings: object) => ({ id, kind, title: id, settings });
  const wire = (from: string, to: string) => {
    const [[source, output], [target, input]] = [from.split("."), to.split(".")];
    return { from: { node: source, output }, to: { node: target, input } };
  };
  const made = compiled(
    FlowDocument.parse({
      ...asks,
      nodes: [
        ...asks.nodes,
        node("sure", "branch", { condition: 'value.action == "send" && value.confidence > 0.8' }),
        node("look", "approval", { question: "Send it?", approvers: ["you"], timeoutMs: 60_000 }),
        node("sent", "output", { name: "sent" }),
        node("held", "output", { name: "held" }),
      ],
      wires: [
        ...asks.wires,
        wire("ask.decision", "sure.value"),
        wire("sure.yes", "look.subject"),
        wire("look.approved", "sent.value"),
        wire("sure.no", "held.value"),
      ],
    }),
  );
  const decides = (confidence: number) => {
    const decision = { action: "send", confidence, reasoning: "It is late." };
    return script(plainReply(JSON.stringify({ answer: "x", decision })));
  };
  const person = ({ about }: Question) => {
    expect(Object.keys(about.shows)).toEqual(["subject"]);
    return { by: AccountId.parse("you"), answer: "approved", atMs: 1 } as const;
  };
  const agreed = await thinking(made, decides(0.9), { person });
  expect(await resultsOf(agreed)).toMatchObject({ sent: { action: "send", confidence: 0.9 } });
  expectProved(made, agreed);
  expect(await resultsOf(await thinking(made, decides(0.5)))).toMatchObject({ held: { confidence: 0.5 } });
});

test("[M1] what each turn came to can be told, and an agent that was not called is shown as passed over", async () => {
  const made = compiled(researchFlow());
  const spoken = script(call("search", { query: "tides" }), plainReply("Twice a day."));
  const { world, events } = await thinking(made, spoken);
  const { steps } = viewOf(made.plan, events);
  const turns = steps.filter(({ op }) => op === "model");
  const told = await Promise.all(
    turns.map(async ({ output }) => toldTurn((output && (await world.ports.values.get(output))) ?? null)),
  );
  expect(told).toMatchObject([
    { said: "", asked: [{ tool: "search", problem: null }], answer: null },
    { answer: { answer: "Twice a day." } },
  ]);
  expect(toldTurn({ turn: 7 })).toBeNull();
  const status = (agent: string) => steps.flatMap((step) => (step.agent === agent ? [step.status] : []));
  expect([status(SEARCH), status(READER)]).toEqual([["done"], ["skipped"]]);
});
