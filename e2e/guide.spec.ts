import { readFileSync } from "node:fs";
import { expect, test } from "./fixtures/studio";
import { follow } from "./guide/follow.mjs";
import { readSteps } from "./guide/read-steps.mjs";

const README = readFileSync("README.md", "utf8");
const GUIDE = "Ten steps to a flow of your own";

test("who does what the README's ten steps say, by the names alone, ends with six agents that ran", async ({
  studio,
}) => {
  test.setTimeout(600_000);
  const { page } = studio;
  await page.emulateMedia({ reducedMotion: "reduce" });
  await studio.tryItNow();
  const steps = readSteps(README, GUIDE);
  for (const [place, deeds] of steps.entries())
    await test.step(`step ${place + 1}`, async () => {
      for (const deed of deeds) await follow(page, deed);
    });
  await studio.succeeded();
  await expect(page.getByRole("heading", { name: "Sales watch" })).toBeVisible();
});

const steps = (...lines: string[]) =>
  readSteps(`# Studio\n\n## Steps\n\n${lines.join("\n")}\n\n## More\n\n1. Or not.\n`, "Steps");

test("a step is read as what it says is done, in its order", () => {
  expect(
    steps(
      "1. Press *Run*, then *Yes*. Nothing is paid yet.",
      "2. Type “Any? Yes. One” into *Title* and “2” into *Sentences*: it is short.",
      "   Drag *Output Text* of *Input* onto nothing and pick *Loop*.",
    ),
  ).toEqual([
    [
      { do: "press", name: "Run" },
      { do: "press", name: "Yes" },
    ],
    [
      { do: "type", text: "Any? Yes. One", into: "Title" },
      { do: "type", text: "2", into: "Sentences" },
      { do: "grow", from: { port: "Output Text", node: "Input" }, pick: "Loop" },
    ],
  ]);
});

test("a sentence that names something and cannot be followed is refused, and so is an unknown verb", () => {
  expect(() => steps("1. Find *Run* and smile.")).toThrow("cannot be followed here: Find *Run*");
  expect(() => steps("1. Press *Run* quickly.")).toThrow("cannot be followed here:  quickly");
  expect(() => steps("1. Click around.")).toThrow("Click around");
  expect(() => steps("2. Press *Run*.")).toThrow("step 2 stands in place 1");
});

test("the README has ten steps, and each has its picture", () => {
  const read = readSteps(README, GUIDE);
  expect(read).toHaveLength(10);
  for (const place of read.keys())
    expect(README).toContain(`docs/pictures/guide-${String(place + 1).padStart(2, "0")}.png`);
});
