import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allCommands, commandOf } from "./all-commands";
import { chordWords, isChord } from "./chord";

const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  ({
    key,
    code: `Key${key.toUpperCase()}`,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...held,
  }) as KeyboardEvent;

test("no two commands have an id, a title or a shortcut in common", () => {
  for (const all of [
    allCommands.map(({ id }) => id),
    allCommands.map(({ title }) => title),
    allCommands.flatMap(({ keys }) => keys ?? []),
  ])
    expect(new Set(all).size).toBe(all.length);
});

test("the table in the guide to the canvas names every command with its shortcuts, in the order of the list", () => {
  const rows = allCommands.map(({ title, keys, group }) => {
    const written = (keys ?? []).map((chord) => `\`${chordWords(chord)}\``).join(" or ");
    return `| ${group} | ${title} | ${written} |`;
  });
  const guide = readFileSync("docs/guides/canvas.md", "utf8").split("\n");
  expect(guide.filter((line) => /^\| (Edit|Connect|Arrange|View|Run) \|/.test(line))).toEqual(rows);
});

test("keys ask for the command that is written beside them", () => {
  expect(commandOf(press("z", { ctrlKey: true }))?.id).toBe("undo");
  expect(commandOf(press("Z", { metaKey: true, shiftKey: true }))?.id).toBe("redo");
  expect(commandOf(press("Delete", { shiftKey: true }))?.id).toBe("delete-leaving-gap");
  expect(commandOf(press("f"))?.id).toBe("fit");
  expect(commandOf(press("F", { shiftKey: true }))?.id).toBe("zoom-to-selection");
  expect(commandOf(press("q"))).toBeNull();
});

test("a sign counts as it is typed, wherever it lies; a letter under Alt by its key", () => {
  expect(isChord(press("/", { shiftKey: true }), "/")).toBe(true);
  expect(isChord(press("+", { shiftKey: true }), "+")).toBe(true);
  expect(isChord(press("ø", { altKey: true, shiftKey: true, code: "KeyL" }), "Alt+Shift+L")).toBe(true);
  expect(isChord(press("l", { ctrlKey: true, altKey: true, shiftKey: true }), "Alt+Shift+L")).toBe(false);
});
