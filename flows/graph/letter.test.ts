import { expect, test } from "vitest";
import type { Deed, DeedEdit } from "./deed";
import { AnyLetter } from "./edit-schema";
import { LETTER, letterOf } from "./letter";

const gone = { edit: "remove_wires", wires: [] } satisfies DeedEdit;
const deed = (place: number, edits: readonly DeedEdit[] = [gone]): Deed => ({
  id: `deed-${place}-x`,
  name: "x",
  edits,
});
const many = (count: number, edits?: readonly DeedEdit[]) =>
  Array.from({ length: count }, (_, place) => deed(place, edits));
const typed = (characters: number): DeedEdit => ({
  edit: "change_setting",
  node: "a" as never,
  field: "text",
  value: "x".repeat(characters),
});

test("a letter takes deeds in their order up to its number, edits and characters", () => {
  expect(letterOf(many(3))).toHaveLength(3);
  expect(letterOf(many(LETTER.deeds + 5))).toEqual(many(LETTER.deeds));
  const half = new Array(LETTER.edits / 2).fill(gone);
  expect(letterOf(many(4, half))).toHaveLength(2);
  expect(letterOf(many(4, [typed(LETTER.characters / 3)]))).toHaveLength(2);
});

test("a deed that is too large for any letter goes alone", () => {
  expect(letterOf([deed(0, [typed(LETTER.characters)]), deed(1)])).toHaveLength(1);
});

test("what a tab sends as one letter, a server takes as one; more edits than that it refuses", () => {
  const half = new Array(LETTER.edits / 2).fill(gone);
  expect(AnyLetter.safeParse(letterOf(many(4, half))).success).toBe(true);
  expect(AnyLetter.safeParse(many(3, half)).error?.issues[0]?.message).toContain("send it in several");
});
