import { expect, test } from "vitest";
import { withoutRunWords } from "./without-run-words";

const expiry = 1_900_000_000;

test("each stage of an escrow without a run says where its money is and what happens to it", () => {
  const told = (stands: "waiting" | "open" | "settled" | "closed", notStarted: { code: string } | null = null) =>
    withoutRunWords({ stands, notStarted, expiry });
  expect(told("waiting").happens).toContain("starts by itself");
  expect(told("open")).toMatchObject({ word: "Starting", why: null });
  const refused = told("open", { code: "plan_changed" });
  expect(refused).toMatchObject({ word: "Not started", why: expect.stringContaining("changed after you agreed") });
  expect(refused.happens).toMatch(/goes back to your wallet.*anybody can close the escrow after Mar 17, 2030/);
  expect(told("settled", { code: "strange" })).toMatchObject({
    word: "Going back",
    why: expect.stringContaining("strange"),
  });
  expect(told("closed", { code: "plan_changed" })).toMatchObject({
    status: "done",
    happens: "The whole of it is back in your wallet.",
  });
});
