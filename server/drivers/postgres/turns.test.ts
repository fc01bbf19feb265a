import { expect, test } from "vitest";
import { type AtOnce, type For, fairGate } from "./turns";

/** A gate with work that ends when it is told to, and the order in which it began. */
function open(atOnce: Partial<AtOnce>) {
  const gate = fairGate({ room: 2, eachOwner: 2, eachAgent: 2, ...atOnce });
  const began: string[] = [];
  const under = new Map<string, () => void>();
  return {
    began,
    put(name: string, of: For) {
      void gate(of, () => {
        began.push(name);
        return new Promise<void>((end) => under.set(name, end));
      });
    },
    async end(...names: string[]) {
      for (const name of names) {
        under.get(name)?.();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

const of = (owner: string, agent: string | null = null) => ({ owner, agent });

test("owners come in by turns, however many of one stand there first", async () => {
  const { put, end, began } = open({ room: 1 });
  for (const name of ["a1", "a2", "a3", "a4"]) put(name, of("ada"));
  put("b1", of("bob"));
  put("b2", of("bob"));
  put("c1", of("cyd"));
  await end("a1", "a2", "b1", "c1", "a3", "b2");
  expect(began).toEqual(["a1", "a2", "b1", "c1", "a3", "b2", "a4"]);
});

test("nobody has more inside than an owner may, and the room that is left is for others", async () => {
  const { put, end, began } = open({ room: 3, eachOwner: 2 });
  for (const name of ["a1", "a2", "a3"]) put(name, of("ada"));
  expect(began).toEqual(["a1", "a2"]);
  put("b1", of("bob"));
  expect(began).toEqual(["a1", "a2", "b1"]);
  await end("b1");
  expect(began).not.toContain("a3");
  await end("a1");
  expect(began).toContain("a3");
});

test("calls to one agent wait for each other, and keep no other call of their owner waiting", async () => {
  const { put, end, began } = open({ room: 9, eachOwner: 9, eachAgent: 1 });
  for (const name of ["slow1", "slow2", "slow3"]) put(name, of("ada", "slow"));
  put("quick", of("ada", "quick"));
  put("bobs", of("bob", "slow"));
  expect(began).toEqual(["slow1", "quick"]);
  await end("slow1", "slow2", "bobs");
  expect(began).toEqual(["slow1", "quick", "slow2", "bobs", "slow3"]);
});

test("work that throws leaves its place", async () => {
  const gate = fairGate({ room: 1, eachOwner: 1, eachAgent: 1 });
  await expect(gate(of("ada"), () => Promise.reject(new Error("broke")))).rejects.toThrow("broke");
  expect(await gate(of("ada"), async () => "in")).toBe("in");
});
