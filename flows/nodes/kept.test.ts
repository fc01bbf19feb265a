import { expect, test } from "vitest";
import { wiredTo } from "./around.contract";
import { checkExpressions } from "./check-expression";
import { Kept } from "./kept";
import { identityOf } from "./schema-identity";

test("what was asked for lately is not made again, and what was not is forgotten", () => {
  let made = 0;
  const kept = new Kept<number>(3);
  const ask = (key: string) => kept.get(key, () => made++);
  for (const key of ["a", "b", "c", "a", "b", "c"]) ask(key);
  expect(made).toBe(3);
  for (let other = 0; other < 3; other++) ask(`other ${other}`);
  expect(ask("c")).toBe(2);
  for (let other = 3; other < 20; other++) ask(`other ${other}`);
  expect(ask("c")).toBeGreaterThan(2);
});

test("schemas that say the same are one, however they are written", () => {
  expect(identityOf({ type: "string", maxLength: 3 })).toBe(identityOf({ maxLength: 3, type: "string" }));
  expect(identityOf({ type: "string" })).not.toBe(identityOf({ type: "number" }));
  expect(identityOf(true)).not.toBe(identityOf({}));
});

test("an expression is compiled once for what it reads, whatever else is wired", () => {
  const { around } = wiredTo();
  const check = (value: object, other: object) => {
    const variables = new Map([
      ["value", value as never],
      ["other", other as never],
    ]);
    const answer = checkExpressions(around, variables, [{ text: "{'is': value}", as: "json", field: "a" }]);
    return answer.ok ? answer.value.checked[0] : null;
  };
  const first = check({ type: "integer" }, { type: "string" });
  expect(first).toMatchObject({ gives: { properties: { is: { type: "integer" } } } });
  expect(check({ type: "integer" }, { type: "boolean" })).toBe(first);
  expect(check({ type: "number" }, { type: "string" })).not.toBe(first);
});
