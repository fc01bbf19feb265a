import { expect, test } from "vitest";
import { emptyDocument } from "@/flows/graph/edit";
import type { FlowDocument } from "@/flows/graph/graph";
import type { CompileAnswer } from "../store/compile-slice";
import { compileLoop } from "./compile-loop";
import type { ToCompiler } from "./compile-message";

const answer: CompileAnswer = { ports: {}, result: { ok: false, problems: [] } };

function loop() {
  const sent: Extract<ToCompiler, { say: "compile" }>[] = [];
  const frames: (() => void)[] = [];
  const answered: FlowDocument[] = [];
  const made = compileLoop({
    send: (message) => message.say === "compile" && sent.push(message),
    soon: (act) => frames.push(act),
    answered: (from) => answered.push(from),
    wantsMoney: () => false,
  });
  const frame = () => {
    for (const act of frames.splice(0)) act();
  };
  made.registry([]);
  return { ...made, sent, answered, frame };
}

test("edits within a frame are compiled once, the last of them", () => {
  const { compile, sent, frame } = loop();
  const last = { ...emptyDocument };
  for (const document of [{ ...emptyDocument }, { ...emptyDocument }, last]) compile(document);
  frame();
  expect(sent).toHaveLength(1);
  expect(sent[0]?.graph.nodes).toBe(last.nodes);
});

test("while the compiler works, only the newest drawing waits", () => {
  const { compile, received, sent, answered, frame } = loop();
  const [first, skipped, newest] = [{ ...emptyDocument }, { ...emptyDocument }, { ...emptyDocument }];
  compile(first);
  frame();
  compile(skipped);
  compile(newest);
  frame();
  expect(sent).toHaveLength(1);

  received({ ask: 1, answer });
  frame();
  received({ ask: 2, answer });
  expect(answered).toEqual([first, newest]);
  expect(answered[1]).toBe(newest);
});

test("nothing is compiled before the registry is known", () => {
  const sent: string[] = [];
  const { compile, registry } = compileLoop({
    send: ({ say }) => sent.push(say),
    soon: (act) => act(),
    answered: () => undefined,
    wantsMoney: () => false,
  });
  compile(emptyDocument);
  expect(sent).toEqual([]);
  registry([]);
  expect(sent).toEqual(["registry", "compile"]);
});

test("an answer to a question of another worker is not heard", () => {
  const { compile, received, answered, frame } = loop();
  compile({ ...emptyDocument });
  frame();
  received({ ask: 7, answer });
  expect(answered).toEqual([]);
});
