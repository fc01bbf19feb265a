import { TRPCError } from "@trpc/server";
import { getErrorShape } from "@trpc/server/unstable-core-do-not-import";
import { expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { appRouter } from "./root";
import { nobody } from "./services-of-nobody.contract";
import { type Context, createCallerFactory } from "./trpc";

/** What a stranger may ask. Every other procedure turns strangers away. */
const OPEN_TO_STRANGERS = ["account.me", "wallets.wordsToSignIn"];

const procedures = Object.keys(appRouter._def.procedures);
const caller = (user: Context["user"]) => createCallerFactory(appRouter)({ user, services: nobody });
const ada = { id: AccountId.parse("ada"), way: "browser" } as const;

type Callable = Record<string, Record<string, (input?: unknown) => Promise<unknown>>>;
function call(user: Context["user"], path: string, input?: unknown): Promise<unknown> {
  const [router = "", procedure = ""] = path.split(".");
  const found = (caller(user) as unknown as Callable)[router]?.[procedure];
  if (!found) throw new Error(`no procedure ${path}`);
  return found(input);
}

test.each(procedures.filter((path) => !OPEN_TO_STRANGERS.includes(path)))("%s turns a stranger away", async (path) => {
  await expect(call(null, path)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

test("a stranger is told nothing but words to sign, which name nobody", async () => {
  expect(await call(null, "account.me")).toBeNull();
  expect(await call(null, "wallets.wordsToSignIn")).toEqual({
    ...{ domain: "studio.example", uri: "https://studio.example", version: "1", chainId: "solana:mainnet" },
    ...{ nonce: "freshfresh", statement: "Sign in to Agent Labs Studio. This pays nothing." },
    ...{ issuedAt: "1970-01-01T00:00:00.000Z", expirationTime: "1970-01-01T00:05:00.000Z" },
  });
});

test("a domain error keeps its detail through tRPC", async () => {
  await expect(call(ada, "flows.get", { flow: "f" })).rejects.toMatchObject({
    code: "NOT_FOUND",
    cause: { detail: { code: "flow_not_found" } },
  });
});

test("what breaks inside is not told to the client in its own words", () => {
  const shapeOf = (error: TRPCError) => {
    const about = { error, type: "query", path: "runs.list", input: undefined, ctx: undefined } as const;
    return getErrorShape({ config: appRouter._def._config, ...about });
  };
  const broke = new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: new Error("password of studio@10.0.0.7") });
  expect(JSON.stringify(shapeOf(broke))).not.toContain("10.0.0.7");
  expect(shapeOf(broke).message).toBe("internal_error");
  expect(shapeOf(new TRPCError({ code: "UNAUTHORIZED", message: "Sign in." })).message).toBe("Sign in.");
});

test("a field that no procedure knows is refused, not ignored", async () => {
  const start = {
    flow: "f",
    run: "2b0f4f6e-3f0a-4c7e-9a57-2f0a3b1c9d10",
    plan: "0".repeat(64),
    currency: "microcredits",
    input: {},
  };
  await expect(call(ada, "runs.start", start)).rejects.toMatchObject({ code: "NOT_FOUND" });
  for (const extra of [{ nodes: [] }, { document: {} }, { payer: "eve" }, { budget: money("microcredits", 1n) }])
    await expect(call(ada, "runs.start", { ...start, ...extra })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("a trigger is turned on within the rails that a run can be paid on, and by nobody who says more than is asked", async () => {
  const mostPerDay = { currency: "microcredits", amount: 5n };
  const on = { flow: "f", node: "n", plan: "0".repeat(64), mostPerDay, input: {} };
  await expect(call(ada, "triggers.turnOn", on)).rejects.toMatchObject({ code: "NOT_FOUND" });
  for (const wrong of [
    { mostPerDay: { currency: "usdc_base", amount: 5n } },
    { mostPerDay: { currency: "microcredits", amount: -5n } },
    { owner: "eve" },
    { bound: mostPerDay },
    { missed: "twice" },
  ])
    await expect(call(ada, "triggers.turnOn", { ...on, ...wrong })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("nobody publishes an event that runs raise, nor what is no plain JSON", async () => {
  const event = { name: "order.paid", id: "o-1", data: {} };
  await expect(call(ada, "events.publish", event)).resolves.toEqual([]);
  await expect(call(ada, "events.publish", { ...event, name: "run.succeeded" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  const deep = JSON.parse(`${'{"a":'.repeat(5_000)}{}${"}".repeat(5_000)}`);
  for (const wrong of [{ id: "a b" }, { name: "Order Paid" }, { data: deep }, { data: [] }, { data: { a: 1n } }])
    await expect(call(ada, "events.publish", { ...event, ...wrong })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test.each([{}, { policy: undefined }, { policys: null }])(
  "rules are not taken away by a request that says %j",
  async (input) => {
    await expect(call(ada, "policies.set", input)).rejects.toThrow();
  },
);

test("rules are taken away by a null that is written", async () => {
  await expect(call(ada, "policies.set", { policy: null })).resolves.toEqual({ digest: null });
});

test("nobody has the studio look at servers and documents without end", async () => {
  const eager = { id: AccountId.parse("eager"), way: "browser" } as const;
  const asked = { text: "{}", publisher: "acme" };
  for (let times = 0; times < 20; times++)
    await expect(call(eager, "registry.importOpenApi", asked)).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  const server = { address: "https://tools.example/mcp", publisher: "acme" };
  await expect(call(eager, "registry.importOpenApi", asked)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  await expect(call(eager, "registry.importMcp", server)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  await expect(
    call({ id: AccountId.parse("calm"), way: "browser" }, "registry.importOpenApi", asked),
  ).rejects.toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
  });
});

test("what no database keeps is told to whoever types it, and is no fault of the studio's", async () => {
  const form = { title: "Shouter\u0000" };
  const asked = [
    ["publishing.createDraft", { form }],
    ["publishing.saveDraft", { draft: "d", revision: 1, form }],
    ["publishing.move", { agent: "acme/a@1.0.0", digest: "0".repeat(64), deed: "suspend", reason: "\u0000" }],
  ] as const;
  for (const [path, input] of asked)
    await expect(call(ada, path, input)).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("nobody uses the chain's servers up for all others", async () => {
  const eager = { id: AccountId.parse("eager-payer"), way: "browser" } as const;
  const offer = { flow: "f", plan: "0".repeat(64), run: "2b0f4f6e-3f0a-4c7e-9a57-2f0a3b1c9d10", input: {} };
  for (let times = 0; times < 20; times++)
    await expect(call(eager, "escrows.offer", offer)).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  await expect(call(eager, "escrows.offer", offer)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  for (const more of [{ payees: [] }, { cap: 1n }, { wallet: "eve" }, { transaction: "" }])
    await expect(
      call({ ...eager, id: AccountId.parse("sly") }, "escrows.offer", { ...offer, ...more }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
