import { expect, test } from "vitest";
import { findChoices } from "./chooser";

const choices = [
  { id: "taken", label: "Find outliers · Outliers", about: "into Value", why: "Value has a wire already." },
  { id: "report", label: "Find outliers · Report", about: "into Value" },
  { id: "outliers", label: "Find outliers · Outliers", about: "into Value" },
];
const found = (wanted: string) => findChoices(choices, wanted).map(({ id }) => id);

test("every word counts, in any order; what cannot be chosen comes last", () => {
  expect(found("")).toEqual(["report", "outliers", "taken"]);
  expect(found("value report")).toEqual(["report"]);
  expect(found("summary")).toEqual([]);
});

test("what has the words side by side comes before what only has them", () => {
  expect(found("outliers into value")).toEqual(["outliers", "report", "taken"]);
});
