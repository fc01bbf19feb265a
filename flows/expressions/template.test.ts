import fc from "fast-check";
import { expect, test } from "vitest";
import { environmentOf } from "./environment";
import { compileTemplate, expressionAt, renderTemplate } from "./template";

const environment = environmentOf({
  person: { type: "object", properties: { name: { type: "string" }, age: { type: "integer" } } },
  rest: true,
});

function render(text: string, values = {}) {
  const compiled = compileTemplate(text, environment);
  return compiled.ok ? renderTemplate(compiled.value, values) : compiled;
}

test("[E8] what stands between double braces is replaced by its text, and nothing that a value says is read again", () => {
  const person = { name: "{{ 1 + 1 }}", age: 41 };
  expect(render("Dear {{ person.name }}, {{person.age + 1}}!", { person })).toEqual({
    ok: true,
    value: "Dear {{ 1 + 1 }}, 42!",
  });
  expect(render("{{ {'a': {'b': '}}'}}['a']['b'] }} it's", {})).toEqual({ ok: true, value: "}} it's" });
  expect(render("no braces } { here")).toEqual({ ok: true, value: "no braces } { here" });
});

test("[E8] every fault of a template is reported, each at its place in the whole text", () => {
  expect(render("a {{ person.nmae }} b {{ 1 + }} c")).toMatchObject({
    error: [{ code: "expression_invalid", place: { from: 12, to: 16 } }, { code: "expression_invalid" }],
  });
  expect(render("a {{ person.name")).toMatchObject({ error: [{ code: "template_open" }] });
  expect(render("{{ person }}")).toMatchObject({ error: [{ code: "expression_invalid" }] });
  expect(render("{{1}}".repeat(200))).toMatchObject({ error: [{ code: "template_too_costly" }] });
  expect(render("{{ rest }}", { rest: [1] })).toMatchObject({ error: { code: "answer_invalid" } });
  expect(render("{{ rest + rest }}", { rest: "a".repeat(150_000) })).toMatchObject({
    error: { code: "steps_exceeded" },
  });
});

test("[E8] a text without double braces stays as it is, and any text ends in a text or in typed faults", () => {
  const texts = fc.array(fc.constantFrom("{{", "}}", "{", "}", "'", '"', "a", " ", "rest", "1"), { maxLength: 14 });
  fc.assert(
    fc.property(texts, (parts) => {
      const text = parts.join("");
      const rendered = render(text, { rest: "x" });
      if (!text.includes("{{")) expect(rendered).toEqual({ ok: true, value: text });
      else expect(rendered.ok ? typeof rendered.value : "faults").toMatch(/^(string|faults)$/);
    }),
  );
});

test("[E8] [E9] a place is in an expression only between the braces, closed or not", () => {
  const at = (marked: string) => expressionAt(marked.replace("|", ""), marked.indexOf("|"));
  expect(at("Dear {{ per|son }}, {{ a }}")).toEqual({ text: " person ", from: 7 });
  expect(at("Dear {{ a }}, {{ per|")).toEqual({ text: " per", from: 16 });
  expect(at("{{ '}}' + a| }}")).toEqual({ text: " '}}' + a ", from: 2 });
  for (const marked of ["De|ar {{ a }}", "{|{ a }}", "{{ a }}|", "{{ a }} and|"]) expect(at(marked)).toBeNull();
});
