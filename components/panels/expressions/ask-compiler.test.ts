import { expect, test } from "vitest";
import type { AskedExpression, compilerLine, ExpressionQuestion } from "@/components/store/compiler-line";
import { NodeId } from "@/flows/basics/ids";
import { askerOf } from "./ask-compiler";

function line() {
  const sent: AskedExpression[] = [];
  const made: typeof compilerLine = { send: (message) => void sent.push(message), heard: () => undefined };
  const answer = (place: number) =>
    made.heard({ expression: sent[place]?.ask ?? -1, answer: { about: "call", found: null } });
  return { made, sent, answer };
}
const asked = (text: string): ExpressionQuestion => ({
  ...{ about: "call", node: NodeId.parse("n"), field: "condition" },
  ...{ text, offset: 0 },
});

test("one question is under way; of those that come meanwhile only the last is asked, and the others get nothing", async () => {
  const { made, sent, answer } = line();
  const { ask } = askerOf(made);
  const [first, second, third] = [ask(asked("1")), ask(asked("2")), ask(asked("3"))];
  expect(sent.map(({ question }) => question.text)).toEqual(["1"]);
  expect(await second).toBeNull();
  answer(0);
  expect(await first).toBeNull();
  expect(sent.map(({ question }) => question.text)).toEqual(["1", "3"]);
  answer(1);
  expect(await third).toEqual({ about: "call", found: null });
}, 5_000);

test("questions of different sorts do not wait for each other, and a new worker is asked at once", async () => {
  const { made, sent, answer } = line();
  const { ask } = askerOf(made);
  void ask(asked("1"));
  void ask({ ...asked("2"), about: "whole", values: null } as ExpressionQuestion);
  expect(sent).toHaveLength(2);
  made.send = (message) => void sent.push(message);
  const again = ask(asked("3"));
  expect(sent).toHaveLength(3);
  answer(2);
  expect(await again).not.toBeNull();
});

test("where there is no worker nothing is known", async () => {
  const { made } = line();
  made.send = null;
  expect(await askerOf(made).ask(asked("1"))).toBeNull();
});
